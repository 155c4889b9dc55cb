"""Several sites with TLS and a CA of their own, on loopback addresses of their own; each answers for every host."""

from __future__ import annotations

import asyncio
import gzip
import json
import socket
import ssl
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any
from urllib.parse import quote

import trustme
from aiohttp import WSMsgType, web

from e2e.proxy.conformance.shop import shop_routes

HOSTS = {
    "www.shop.test": "127.0.0.2",
    "api.shop.test": "127.0.0.2",
    "idp.test": "127.0.0.3",
    "cdn.test": "127.0.0.4",
    # Too long for a label of the proxy: it gets an alias.
    "a-host-with-a-name-that-is-much-too-long.shop.test": "127.0.0.4",
}
OWN, API, IDP, CDN, LONG = HOSTS
SIX = "[::1]"
# Firefox has a list of names that are 127.0.0.1, and nothing for other addresses.
ADDRESSES = ("127.0.0.1", *sorted(set(HOSTS.values())))
ECHOED = (
    "host origin referer cookie range if-range content-type authorization last-event-id x-one x-two "
    "sec-fetch-site sec-fetch-mode sec-fetch-dest"
).split()
FILM = bytes(range(256)) * 100
FILM_TAG = '"film-1"'
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63f8cfc0f01f00050001ff"
    "56c72f0d0000000049454e44ae426082"
)
MAX_UPLOAD_BYTES = 200_000_000


@dataclass
class Sites:
    """Where the sites are, what pages they have, and what they were told."""

    ca_file: Path
    port: int = 0
    plain_port: int = 0
    pages: dict[str, tuple[str, dict[str, str]]] = field(default_factory=dict)
    """Body and headers by name; `/page/NAME` shows it."""
    files: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    """Bytes and type by path; `/file/…` gives them, in ranges and packed if asked."""
    ranges: list[int] = field(default_factory=list)
    """Where the ranges of files that were asked for began."""
    notes: dict[str, asyncio.Future[dict[str, object]]] = field(default_factory=dict)
    gates: dict[str, asyncio.Event] = field(default_factory=dict)
    story: int = 0
    told: SimpleQueue[Any] = field(default_factory=SimpleQueue)
    """What pages of this story told of themselves, as `tell` lets them."""

    def begin(self) -> None:
        """Begin another story: what pages of the last one still tell is not heard."""
        self.story += 1
        self.told = SimpleQueue()

    def heard(self, wait_s: float = 20) -> Any:
        """Wait for a page to tell of itself. No driver is asked: where a page leads on by itself it may not follow."""
        try:
            return self.told.get(timeout=wait_s)
        except Empty:
            raise AssertionError(f"waited {wait_s:g} s in vain for a page to tell of itself") from None

    def url(self, path: str = "", host: str = OWN) -> str:
        return f"https://{host}:{self.port}{path}"

    def settings(self) -> dict[str, str]:
        """What the server must be told to reach the sites."""
        return {
            "TWINPANE_FETCH_ALLOW": ",".join([*HOSTS, "::1"]),
            "TWINPANE_FETCH_RESOLVE": ",".join(f"{host}={address}" for host, address in HOSTS.items()),
            "TWINPANE_FETCH_CA_FILE": str(self.ca_file),
        }

    def filled(self, text: str) -> str:
        """Put in `OWN`, `API`, `IDP`, `CDN`, `LONG`, `SIX`, `PLAIN`, which are sites, and `STORY`, in double braces."""
        hosts = {"OWN": OWN, "API": API, "IDP": IDP, "CDN": CDN, "LONG": LONG, "SIX": SIX}
        names = {name: self.url(host=host) for name, host in hosts.items()}
        for name, url in (names | {"PLAIN": f"http://{OWN}:{self.plain_port}"}).items():
            text = text.replace("{{" + name + "}}", url)
        return text.replace("{{STORY}}", str(self.story))


def tell(what: str) -> str:
    """What a page runs to tell its site the value of an expression; see `Sites.heard`."""
    return f"fetch('/told?story={{{{STORY}}}}', {{method: 'POST', body: JSON.stringify({what})}})"


def allow_origin(request: web.Request) -> dict[str, str]:
    """The headers that let the asking page read everything."""
    origin = request.headers.get("Origin")
    if origin is None:
        return {}
    return {
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Allow-Credentials": "true",
        "Access-Control-Allow-Methods": "GET, POST, PUT, PATCH, DELETE",
        "Access-Control-Allow-Headers": request.headers.get("Access-Control-Request-Headers", ""),
        "Timing-Allow-Origin": "*",
    }


def _app(sites: Sites) -> web.Application:
    async def page(request: web.Request) -> web.Response:
        body, headers = sites.pages[request.match_info["name"]]
        type_ = {"Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store"}
        filled = {name: sites.filled(value) for name, value in headers.items()}
        return web.Response(body=sites.filled(body).encode(), headers=type_ | filled)

    async def note(request: web.Request) -> web.Response:
        told = {"method": request.method, "body": await request.text(), "type": request.content_type}
        told |= {name: request.headers.get(name) for name in ("origin", "cookie", "sec-fetch-site")}
        _noted(sites, request.query["key"]).set_result(told)
        return web.Response(status=204, headers=allow_origin(request))

    async def noted(request: web.Request) -> web.Response:
        told = await asyncio.wait_for(_noted(sites, request.query["key"]), 20)
        return web.json_response(told, headers=allow_origin(request))

    async def slow(request: web.Request) -> web.StreamResponse:
        """Half a page, and the rest once `/go` was asked for."""
        answer = web.StreamResponse(headers={"Content-Type": "text/html; charset=utf-8"})
        await answer.prepare(request)
        await answer.write(b"<title>slow</title><p>one<script>parent.postMessage('first', '*')</script>")
        await asyncio.wait_for(_gate(sites, request.query["key"]).wait(), 20)
        await answer.write(b"<p>two<script>parent.postMessage('second', '*')</script>")
        return answer

    async def go(request: web.Request) -> web.Response:
        _gate(sites, request.query["key"]).set()
        return web.Response(text="ok")

    app = web.Application(client_max_size=MAX_UPLOAD_BYTES)
    app.router.add_get("/page/{name}", page)
    app.router.add_get("/file/{name:.*}", partial(_file, sites))
    app.router.add_post("/told", partial(_told, sites))
    for path, handler in {"/note": note, "/noted": noted, "/slow": slow, "/go": go, **_ROUTES, **shop_routes()}.items():
        app.router.add_route("*", path, handler)
    return app


async def _file(sites: Sites, request: web.Request) -> web.Response:
    body, kind = sites.files[f"/{request.match_info['name']}"]
    headers = {"Accept-Ranges": "bytes", "Content-Type": kind, **allow_origin(request)}
    if request.query.get("way") == "gzip":
        return web.Response(body=gzip.compress(body), headers=headers | {"Content-Encoding": "gzip"})
    if "Range" not in request.headers:
        return web.Response(body=body, headers=headers)
    start, stop, _ = request.http_range.indices(len(body))
    sites.ranges.append(start)
    headers["Content-Range"] = f"bytes {start}-{stop - 1}/{len(body)}"
    return web.Response(status=206, body=body[start:stop], headers=headers)


async def _told(sites: Sites, request: web.Request) -> web.Response:
    told = json.loads(await request.text())
    if request.query["story"] == str(sites.story):
        sites.told.put(told)
    return web.Response(status=204)


def _noted(sites: Sites, key: str) -> asyncio.Future[dict[str, object]]:
    return sites.notes.setdefault(key, asyncio.get_running_loop().create_future())


def _gate(sites: Sites, key: str) -> asyncio.Event:
    return sites.gates.setdefault(key, asyncio.Event())


async def _serve(request: web.Request) -> web.Response:
    """What the query says: `body`, `type`, `status`, any number of header lines `h`."""
    query = request.query
    answer = web.Response(body=query.get("body", "").encode(), status=int(query.get("status", "200")))
    answer.headers["Content-Type"] = query.get("type", "text/html; charset=utf-8")
    for line in query.getall("h", []):
        name, _, value = line.partition(": ")
        answer.headers.add(name, value)
    return answer


async def _echo(request: web.Request) -> web.Response:
    headers = {name: request.headers[name] for name in ECHOED if name in request.headers}
    body = (await request.read()).decode("latin-1")
    told = {"method": request.method, "target": request.raw_path, "headers": headers, "body": body[:2000]}
    return web.json_response(told, headers=allow_origin(request) | {"X-Hidden": "1"})


async def _shown(request: web.Request) -> web.Response:
    """A page that carries what it was asked with."""
    headers = {name: request.headers[name] for name in ECHOED if name in request.headers}
    headers.pop("content-type", None)
    form = {name: value if isinstance(value, str) else value.filename for name, value in (await request.post()).items()}
    told = json.dumps({"method": request.method, "headers": headers, "form": form})
    return web.Response(text=f"<title>shown</title><pre id=told>{told}</pre>", content_type="text/html")


async def _redirect(request: web.Request) -> web.Response:
    headers = {"Location": request.query["to"]} | allow_origin(request)
    return web.Response(status=int(request.query.get("status", "302")), headers=headers)


async def _film(request: web.Request) -> web.Response:
    headers = {"Accept-Ranges": "bytes", "ETag": FILM_TAG, "Content-Type": "video/mp4", "Cache-Control": "no-store"}
    headers |= allow_origin(request)
    if "Range" not in request.headers or request.headers.get("If-Range", FILM_TAG) != FILM_TAG:
        return web.Response(body=FILM, headers=headers)
    start, stop, _ = request.http_range.indices(len(FILM))
    headers["Content-Range"] = f"bytes {start}-{stop - 1}/{len(FILM)}"
    return web.Response(status=206, body=FILM[start:stop], headers=headers)


async def _tagged(request: web.Request) -> web.Response:
    headers = {"ETag": '"t1"', "Cache-Control": "no-cache", "Content-Type": "text/javascript"}
    if request.headers.get("If-None-Match", "").replace("W/", "") == '"t1"':
        return web.Response(status=304, headers=headers)
    return web.Response(text="self.tagged = (self.tagged || 0) + 1; self.taggedAt = location.host", headers=headers)


async def _events(request: web.Request) -> web.StreamResponse:
    """One event a connection, numbered on from the last that the page has."""
    answer = web.StreamResponse(headers={"Content-Type": "text/event-stream"} | allow_origin(request))
    await answer.prepare(request)
    last = int(request.headers.get("Last-Event-ID", "0"))
    await answer.write(f"retry: 20\nid: {last + 1}\ndata: number {last + 1}\n\n".encode())
    return answer


async def _upload(request: web.Request) -> web.Response:
    count = 0
    async for chunk in request.content.iter_chunked(1 << 18):
        count += len(chunk)
    return web.json_response({"bytes": count}, headers=allow_origin(request))


async def _image(_: web.Request) -> web.Response:
    return web.Response(body=PNG, content_type="image/png")


async def _charset(request: web.Request) -> web.Response:
    name, text = request.query["name"], request.query["text"]
    way = request.query["way"]
    meta = f"<meta charset='{name}'>" if way == "meta" else ""
    body = f"{meta}<title>{text}</title><p>{text}".encode(name)
    type_ = f"text/html; charset={name}" if way == "header" else "text/html"
    return web.Response(body=b"\xef\xbb\xbf" + body if way == "bom" else body, headers={"Content-Type": type_})


async def _download(_: web.Request) -> web.Response:
    named = f"attachment; filename*=UTF-8''{quote('Übersicht.csv')}"
    return web.Response(body=b"a;b\n1;2\n", headers={"Content-Disposition": named, "Content-Type": "text/csv"})


async def _socket(request: web.Request) -> web.WebSocketResponse:
    opened = web.WebSocketResponse(protocols=("second",))
    await opened.prepare(request)
    async for message in opened:
        if message.type == WSMsgType.BINARY:
            await opened.send_bytes(message.data)
        elif message.data == "who":
            told = {name: request.headers.get(name, "") for name in ("origin", "host", "cookie")}
            await opened.send_str(json.dumps(told))
        elif message.data == "bye":
            await opened.close(code=4001, message=b"so long")
        else:
            await opened.send_str(f"echo {message.data}")
    return opened


Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
_ROUTES: dict[str, Handler] = {
    "/serve": _serve,
    "/echo": _echo,
    "/shown": _shown,
    "/redirect": _redirect,
    "/film": _film,
    "/tagged.js": _tagged,
    "/events": _events,
    "/upload": _upload,
    "/a.png": _image,
    "/dir/a.png": _image,
    "/charset": _charset,
    "/download": _download,
    "/ws": _socket,
}


@contextmanager
def served(folder: Path) -> Iterator[Sites]:
    """Serve until left."""
    authority = trustme.CA()
    ca_file = folder / "ca.pem"
    authority.cert_pem.write_to_path(str(ca_file))
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(*HOSTS, SIX.strip("[]")).configure_cert(tls)
    sites = Sites(ca_file)
    loop = asyncio.new_event_loop()
    runner = web.AppRunner(_app(sites), access_log=None, shutdown_timeout=0.5)

    async def open_doors() -> None:
        await runner.setup()
        sites.port = await _listen(runner, tls)
        sites.plain_port = await _listen(runner, None)

    loop.run_until_complete(open_doors())
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield sites
    finally:
        asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _listen(runner: web.AppRunner, tls: ssl.SSLContext | None) -> int:
    """Listen at one port of all addresses."""
    first = socket.create_server((ADDRESSES[0], 0))
    port = int(first.getsockname()[1])
    six = socket.create_server((SIX.strip("[]"), port), family=socket.AF_INET6)
    for opened in (first, six, *(socket.create_server((address, port)) for address in ADDRESSES[1:])):
        await web.SockSite(runner, opened, ssl_context=tls).start()
    return port
