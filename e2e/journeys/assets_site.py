"""A site that uses files in every way that a page can, served under two names: its own, and that of a stranger."""

from __future__ import annotations

import struct
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

PAGE = """<!doctype html><html><head><title>every address</title>
<script>
window.Upscope = window.Upscope || function () { (Upscope.q = Upscope.q || []).push(arguments); };
Upscope("init", { requireAuthorizationForSession: false });
</script><script src="SDK"></script>
<link rel=stylesheet href="/files/a.css"><link rel=stylesheet href="STRANGER/files/far.css">
<link rel=icon href="/files/i0.png"><link rel=preload as=image href="/files/i1.png">
<link rel=prefetch href="/files/i2.png">
<link rel=dns-prefetch href="STRANGER"><link rel=preconnect href="STRANGER"><link rel=manifest href="/files/m.json">
<link rel=modulepreload href="/files/m.js"><meta property="og:image" content="STRANGER/files/i3.png">
<style>
@import "/files/c.css";
@font-face { font-family: F; src: url(/files/font.ttf) }
#f { font-family: F }
#b1 { background: url("files/i4.png") } #b2 { background-image: image-set("files/i5.png" 1x, url(files/i6.png) 2x) }
#b3 { cursor: url(files/i7.png), auto; mask: url(files/i8.png); list-style: url(files/i9.png) }
#b4 { border-image: url(files/i10.png) 1; shape-outside: url(files/i11.png); filter: url(files/s.svg#none) }
#b5::before { content: url(files/i12.png) } #b6 { background: url(STRANGER/files/i13.png) }
</style></head><body background="files/i14.png">
<p id=css>sheet</p><p id=imported>imported</p><p id=own>imported by style</p><p id=f>font</p>
<p id=b1>1</p><p id=b2>2</p><p id=b3>3</p><p id=b4>4</p><p id=b5>5</p><p id=b6>6</p>
<p style="background:url('files/i15.png')">7</p>
<img id=relative src="files/i16.png"><img id=cookie src="/cookie/i17.png"><img id=blob>
<img id=far src="STRANGER/files/i18.png">
<img id=data src="data:image/png;base64,DATA"><img id=set srcset="/files/i19.png 1x, /files/i20.png 2x">
<picture><source srcset="/files/i21.png" media="(min-width: 1px)"><img id=picture src="/files/i22.png"></picture>
<img id=lazy loading=lazy src="/files/i23.png" usemap="#map"><input id=image type=image src="/files/i24.png">
<svg id=svg width=9 height=9><image id=svgimage href="/files/i25.png" width=5 height=5 />
<use id=use href="/files/s.svg#shape" />
<filter id=fi><feImage href="/files/i26.png" /></filter><a href="STRANGER/files/x"><text>a</text></a>
<image xlink:href="STRANGER/files/i27.png" width=1 height=1 /></svg>
<video id=video poster="/files/i28.png" src="/files/film.webm" muted></video>
<video><source src="/files/film2.webm"><track default src="/files/t.vtt"></video>
<audio id=audio src="/files/tone.wav" preload=auto></audio>
<object data="/files/i29.png" type="image/png"></object><embed src="/files/i30.png" type="image/png">
<iframe srcdoc="<img src='/files/i31.png'><link rel=stylesheet href='/files/a.css'>"></iframe>
<iframe src="STRANGER/files/frame"></iframe>
<a id=link href="STRANGER/files/y" ping="STRANGER/files/z">link</a><form action="STRANGER/files/w"><button>go
</button></form>
<template><img src="STRANGER/files/i32.png"></template><noscript><img src="STRANGER/files/i33.png"></noscript>
<canvas id=canvas width=20 height=20></canvas><table background="/files/i34.png"><tr><td>t</table><div id=host></div>
<script>
  fetch("/files/i35.png").then((answer) => answer.blob()).then(async (picture) => {
    blob.src = URL.createObjectURL(picture);
    await blob.decode();
    URL.revokeObjectURL(blob.src);
    document.body.dataset.ready = "";
  });
  const root = host.attachShadow({ mode: "open" });
  root.innerHTML = "<style>:host { background: url(/files/i36.png) }</style><img src='/files/i37.png'>";
  canvas.getContext("2d").fillRect(0, 0, 20, 20);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("#b1 { outline-color: red; list-style: url(/files/i38.png) }");
  document.adoptedStyleSheets = [sheet];
  document.styleSheets[2].insertRule("#own { background: url(/files/i39.png) }", 1);
  document.fonts.add(new FontFace("G", "url(/files/font.ttf)"));
  css.animate({ backgroundImage: ["url(/files/i40.png)", "url(/files/i41.png)"] }, { duration: 1e6 });
</script></body></html>"""
SHAPE = b'<svg xmlns="http://www.w3.org/2000/svg"><rect id="shape" width="7" height="7"/></svg>'


def png() -> bytes:
    """A red picture of 3 by 2 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head, rows = struct.pack(">IIBBBBB", 3, 2, 8, 2, 0, 0, 0), (b"\0" + b"\xff\0\0" * 3) * 2
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def wav() -> bytes:
    """Ten seconds of silence."""
    data = b"\x80" * 80_000
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, 8000, 8000, 1, 8)
    return b"RIFF" + struct.pack("<I", 36 + len(data)) + b"WAVE" + form + struct.pack("<4sI", b"data", len(data)) + data


def font() -> bytes:
    """Any font of this machine; nothing where there is none."""
    found = next(Path("/usr/share/fonts").rglob("*.ttf"), None)
    return found.read_bytes() if found else b""


class Site:
    """`removed` holds the paths that are no longer there; `hosts` who asked, by the name they asked for."""

    def __init__(self, page: str) -> None:
        self.page = page
        self.removed: set[str] = set()
        self.files = {
            "/files/a.css": ("text/css", b'@import "b.css"; #css { width: 111px }'),
            "/files/b.css": ("text/css", b"#imported { width: 112px; background: url(i50.png) }"),
            "/files/c.css": ("text/css", b"#own { width: 113px; background: url('i51.png') }"),
            "/files/far.css": ("text/css", b"#far { border: 1px solid }"),
            "/files/s.svg": ("image/svg+xml", SHAPE),
            "/files/tone.wav": ("audio/wav", wav()),
            "/files/font.ttf": ("font/ttf", font()),
            "/files/t.vtt": ("text/vtt", b"WEBVTT\n\n00:00.000 --> 00:09.000\nhello\n"),
        }

    def answer(self, path: str, cookie: str) -> tuple[int, str, bytes]:
        """Status, type and body."""
        if path in self.removed or (path.startswith("/cookie/") and "visitor=1" not in cookie):
            return 403, "text/plain", b""
        if path in self.files:
            return 200, *self.files[path]
        if path.endswith(".png"):
            return 200, "image/png", png()
        return (200, "text/html", self.page.encode()) if path == "/" else (404, "text/plain", b"")


@contextmanager
def serving(site: Site) -> Iterator[tuple[str, str]]:
    """Serve a site; gives its address, and the stranger's."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, kind, body = site.answer(self.path.partition("?")[0], self.headers.get("Cookie", ""))
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "max-age=600")
            if self.path == "/":
                self.send_header("Set-Cookie", "visitor=1; SameSite=Lax")
            self.end_headers()
            # Browsers hang up on sounds that they read in parts.
            with suppress(BrokenPipeError, ConnectionResetError):
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        port = server.server_address[1]
        try:
            yield f"http://127.0.0.1:{port}", f"http://localhost:{port}"
        finally:
            server.shutdown()
            thread.join()
