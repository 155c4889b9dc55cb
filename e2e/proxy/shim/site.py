"""Sites under `*.localhost` that can be visited directly and as the proxy would serve them, both on one port.

A stand-in for the server's part: it injects the shim and keeps cookies, and rewrites nothing else.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import uvicorn
from twinpane.rewrite.address import ProxyBase, Site, decode_host, encode_url

from e2e.flow import ROOT, until

SID = "abcdefgh2345"
HOSTS = ("www.shop.localhost", "api.other.localhost")
Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


def bundled(entry: str, folder: Path) -> bytes:
    target = folder / "out.js"
    command = ["npx", "esbuild", entry, "--bundle", "--format=iife", "--target=es2022", f"--outfile={target}"]
    subprocess.run([*command, "--log-level=warning"], cwd=ROOT, check=True)
    return target.read_bytes()


@dataclass
class Sites:
    """Pages by path, the same on every host; what was asked for."""

    folder: Path
    port: int = 0
    pages: dict[str, str] = field(default_factory=dict)
    jars: dict[str, dict[str, str]] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    """Path and real site of every request that came through the proxy's hosts."""
    scripts: dict[str, bytes] = field(default_factory=dict)

    @property
    def base(self) -> ProxyBase:
        return ProxyBase("http", "px.localhost", self.port)

    def direct(self, path: str, host: str = HOSTS[0]) -> str:
        return f"http://{host}:{self.port}{path}"

    def proxied(self, path: str, host: str = HOSTS[0]) -> str:
        return encode_url(self.base, SID, self.direct(path, host), {})

    # ---- HTTP ------------------------------------------------------------------------------------

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            return
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        found = decode_host(self.base, headers["host"], {})
        if scope["type"] == "websocket":
            await self.echo_socket(receive, send, headers)
            return
        body = b""
        while True:
            message = await receive()
            body += message.get("body", b"")
            if not message.get("more_body"):
                break
        query = scope["query_string"].decode()
        target = scope["raw_path"].decode() + (f"?{query}" if query else "")
        site = found[1] if found else None
        if site:
            self.asked.append((target, site.origin))
        kind, content, extra = self.answer(site, scope["method"], target, headers, body)
        head = [("content-type", kind), ("content-length", str(len(content))), ("cache-control", "no-store"), *extra]
        origin = headers.get("origin")
        if origin:
            head += [("access-control-allow-origin", origin), ("access-control-allow-credentials", "true")]
        encoded = [(name.encode(), value.encode()) for name, value in head]
        await send({"type": "http.response.start", "status": 200, "headers": encoded})
        await send({"type": "http.response.body", "body": content})

    def answer(
        self, site: Site | None, method: str, target: str, headers: dict[str, str], body: bytes
    ) -> tuple[str, bytes, list[tuple[str, str]]]:
        path = urlsplit(target).path
        extra = self.take_writes(site, headers) if site else []
        if path in self.scripts:
            return "text/javascript", self.scripts[path], extra
        if site and path == "/__tp/cookies":
            for write in json.loads(body)["writes"] if body else []:
                self.write(site, write)
            return "application/json", json.dumps(self.cookies(site)).encode(), extra
        if path == "/echo":
            return "application/json", self.echo(site, method, target, headers, body), extra
        if path == "/events":
            return "text/event-stream", b"data: one\n\n", extra
        page = self.pages.get(path, "")
        if path.endswith(".js"):
            return "text/javascript", self.worker(site, page, headers), extra
        if path.endswith(".png"):
            return "image/svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>", extra
        if path.endswith(".css"):
            return "text/css", page.encode(), extra
        return "text/html;charset=utf-8", self.document(site, page, headers), extra

    def echo(self, site: Site | None, method: str, target: str, headers: dict[str, str], body: bytes) -> bytes:
        cookie = "; ".join(f"{n}={v}" for n, v in self.jars.get(site.origin, {}).items()) if site else None
        seen = {
            "method": method,
            "target": target,
            "site": site.origin if site else f"http://{headers['host']}",
            "cookie": headers.get("cookie", "") if cookie is None else cookie,
            "type": headers.get("content-type", "").partition(";")[0],
            "body": body.decode() if "multipart" not in headers.get("content-type", "") else "",
            "has_file": b"filename=" in body,
        }
        return json.dumps(seen).encode()

    def config(self, site: Site, headers: dict[str, str]) -> str:
        jar = self.cookies(site)
        config = {
            "sid": SID,
            "base": {"scheme": "http", "host": "px.localhost", "port": self.port},
            "site": site.origin,
            **jar,
            "api": f"http://localhost:{self.port}",
            "key": "ShimTest01",
            "worker": "/__tp/worker.js",
            "visitor": None,
            "uniqueId": None,
            "top": headers.get("sec-fetch-dest", "document") == "document",
        }
        return json.dumps(config)

    def document(self, site: Site | None, page: str, headers: dict[str, str]) -> bytes:
        shim = ""
        if site:
            config = f"self.__tp$={self.config(site, headers)}"
            shim = f'<script>{config}</script><script src="/__tp/shim.js"></script>'
        title = "" if "<title>" in page else "<title>A page</title>"
        return f"<!DOCTYPE html><html><head>{shim}{title}</head><body>{page}</body></html>".encode()

    def worker(self, site: Site | None, script: str, headers: dict[str, str]) -> bytes:
        if site and headers.get("sec-fetch-dest") in ("worker", "sharedworker", "serviceworker"):
            return (
                f"self.__tp$={self.config(site, headers)};\n".encode()
                + self.scripts["/__tp/worker.js"]
                + script.encode()
            )
        return script.encode()

    # ---- cookies ---------------------------------------------------------------------------------

    def cookies(self, site: Site) -> dict[str, Any]:
        jar = self.jars.get(site.origin, {})
        text = "; ".join(f"{name}={value}" for name, value in jar.items())
        return {"cookies": text, "version": self.versions.get(site.origin, 0)}

    def write(self, site: Site, text: str) -> None:
        pair, *attributes = [part.strip() for part in text.split(";")]
        name, _, value = pair.partition("=")
        jar = self.jars.setdefault(site.origin, {})
        if "path=/away" in attributes:
            return
        if any(part.lower() == "max-age=0" for part in attributes):
            jar.pop(name, None)
        else:
            jar[name] = value
        self.versions[site.origin] = self.versions.get(site.origin, 0) + 1

    def take_writes(self, site: Site, headers: dict[str, str]) -> list[tuple[str, str]]:
        pairs = [pair.partition("=") for pair in headers.get("cookie", "").split("; ")]
        writes = sorted((name, value) for name, _, value in pairs if name.startswith(f"tpw_{SID}_"))
        for _, value in writes:
            self.write(site, unquote(value))
        gone = [("set-cookie", f"{n}=; Path=/; Max-Age=0; Secure; SameSite=None; Partitioned") for n, _ in writes]
        version = f"tpv_{SID}={self.versions.get(site.origin, 0)}; Path=/; SameSite=Lax"
        return [*gone, ("set-cookie", version)] if writes else []

    # ---- WebSocket -------------------------------------------------------------------------------

    async def echo_socket(self, receive: Receive, send: Send, headers: dict[str, str]) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        while (message := await receive())["type"] == "websocket.receive":
            await send({"type": "websocket.send", "text": f"echo {message.get('text')}"})


@contextmanager
def served(folder: Path) -> Iterator[Sites]:
    """Serve until left."""
    sites = Sites(folder)
    sites.scripts = {f"/__tp/{name}.js": bundled(f"shim/{name}.ts", folder) for name in ("shim", "worker")}
    server = uvicorn.Server(uvicorn.Config(sites, port=0, log_level="warning", lifespan="off", ws="websockets-sansio"))
    thread = threading.Thread(target=lambda: asyncio.run(server.serve()))
    thread.start()
    try:
        until(lambda: server.started, what="the sites' server")
        sites.port = server.servers[0].sockets[0].getsockname()[1]
        yield sites
    finally:
        server.should_exit = True
        thread.join()
