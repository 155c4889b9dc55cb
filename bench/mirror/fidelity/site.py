"""The site that is looked at: pages as they are asked for, and files of every kind, from two origins."""

from __future__ import annotations

import struct
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

STRICT = (
    "default-src 'self' {sdk}; script-src 'self' 'unsafe-inline' {sdk}; style-src 'self' 'unsafe-inline'; "
    "connect-src 'self' {sdk} {socket}; img-src 'self' data:"
)
WIDTHS = {"imported": ("s69", 109), "linked": ("s70", 110), "foreign": ("s71", 111), "later": ("s72", 112)}
WIDTHS |= {"alternate": ("s74", 113), "once": ("s76", 115)}


def png(size: int) -> bytes:
    """Paint a square picture, red."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + b"\xff\0\0" * size) * size
    head = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def wav(seconds: int) -> bytes:
    """Make silence of 8,000 samples a second."""
    data = b"\x80" * (8000 * seconds)
    head = struct.pack(
        "<4sI4s4sIHHIIHH4sI", b"RIFF", 36 + len(data), b"WAVE", b"fmt ", 16, 1, 1, 8000, 8000, 1, 8, b"data", len(data)
    )
    return head + data


def font() -> bytes:
    """Take any font of the machine."""
    found = next(Path("/usr/share/fonts").rglob("*.ttf"), None)
    return found.read_bytes() if found else b""


class Site:
    """What the two origins serve. `head` stands in every page before anything else."""

    def __init__(self) -> None:
        self.head = ""
        self.embedded_head = ""
        self.sdk = ""
        self.pages: dict[str, str] = {}
        self.asked_once: set[str] = set()
        frame = "<!doctype html><body style='height:2000px'><p id=x>framed</p><input>"
        self.files: dict[str, tuple[str, bytes]] = {
            "frame.html": ("text/html", frame.encode()),
            "second.html": ("text/html", b"<!doctype html><p id=y>second</p>"),
            "stranger.html": ("text/html", b"<!doctype html><p id=x>a stranger</p>"),
            "red.png": ("image/png", png(2)),
            "big.png": ("image/png", png(4)),
            "private.png": ("image/png", png(2)),
            "tone.wav": ("audio/wav", wav(20)),
            "font.ttf": ("font/ttf", font()),
        }
        for name, (element, width) in WIDTHS.items():
            css = f"#{element}{{width:{width}px;background:url(red.png)}}"
            self.files[f"{name}.css"] = ("text/css", css.encode())

    def answer(self, path: str, cookie: str) -> tuple[int, str, bytes]:
        """Give status, type and body."""
        name = path.removeprefix("/files/")
        if path == "/favicon.ico":
            return 200, "image/png", png(1)
        if name == "embedded.html":
            return 200, "text/html", f"<!doctype html>{self.embedded_head}<p id=x>elsewhere</p>".encode()
        if name == "private.png" and "inside=1" not in cookie:
            return 403, "text/plain", b""
        if name == "once.css" and name in self.asked_once:
            return 404, "text/plain", b""
        self.asked_once.add(name)
        if name in self.files:
            kind, body = self.files[name]
            return (
                200,
                kind,
                body.replace(b"<!doctype html>", b"<!doctype html>" + self.head.encode() * (name == "second.html")),
            )
        page = self.pages.get(path)
        return (404, "text/plain", b"") if page is None else (200, "text/html; charset=utf-8", page.encode())


class Handler(BaseHTTPRequestHandler):
    """Answers for a site."""

    def __init__(self, site: Site, *arguments: Any) -> None:
        self.site = site
        super().__init__(*arguments)

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        status, kind, body = self.site.answer(path, self.headers.get("Cookie", ""))
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if path.startswith("/files/"):
            self.send_header("Cache-Control", "max-age=3600")
        else:
            self.send_header("Set-Cookie", "inside=1; SameSite=Lax")
        if path == "/strict":
            sdk = self.site.sdk
            self.send_header("Content-Security-Policy", STRICT.format(sdk=sdk, socket=sdk.replace("http", "ws")))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: Any) -> None:
        """Say nothing."""


@contextmanager
def serving(site: Site, other: str = "localhost") -> Iterator[tuple[str, str]]:
    """Serve a site on two free ports, as two sites; gives both origins. `other` is the second one's host."""
    servers = [ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, site)) for _ in range(2)]
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        first, second = servers
        yield f"http://127.0.0.1:{first.server_port}", f"http://{other}:{second.server_port}"
    finally:
        for server in servers:
            server.shutdown()
            server.server_close()
