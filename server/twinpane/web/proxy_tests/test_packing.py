"""Rewritten bodies are packed again for the browser if the site packed them; all others pass as they are (P3)."""

from __future__ import annotations

import asyncio
import gzip
import zlib
from typing import Any

import brotli
import pytest
import zstandard
from aiohttp import web

from .conftest import FETCH, NAVIGATION

CDN = "https://cdn.example.com"
SCRIPT = {**FETCH, "Sec-Fetch-Dest": "script", "Sec-Fetch-Mode": "no-cors"}
SHEET = {**SCRIPT, "Sec-Fetch-Dest": "style"}
WORKER = {**SCRIPT, "Sec-Fetch-Dest": "worker", "Sec-Fetch-Mode": "same-origin"}
BODIES = {
    "/p": ("text/html", f"<!doctype html><title>x</title><img src='{CDN}/a.png'>{'words ' * 500}".encode()),
    "/s.js": ("text/javascript", b"self.where = location.href;" * 100),
    "/s.css": ("text/css", f"a{{background:url({CDN}/a.png)}}".encode() * 100),
}
PLAIN = {"/p": NAVIGATION, "/s.js": SCRIPT, "/s.css": SHEET}


def unzstd(body: bytes) -> bytes:
    return zstandard.ZstdDecompressor().decompressobj().decompress(body)


UNPACK = {"gzip": gzip.decompress, "br": brotli.decompress, "zstd": unzstd}


async def packing(request: web.Request) -> web.Response:
    """A site that packs with gzip whatever is asked for with it."""
    kind, body = BODIES[request.path]
    headers = {"Content-Type": kind, "ETag": '"1"'}
    if request.headers.get("If-None-Match") in ('"1"', 'W/"1"'):
        return web.Response(status=304, headers=headers)
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        return web.Response(body=gzip.compress(body), headers={**headers, "Content-Encoding": "gzip"})
    return web.Response(body=body, headers=headers)


@pytest.mark.parametrize("path", BODIES)
@pytest.mark.parametrize(
    ("accept", "coding"),
    [("gzip, deflate, br, zstd", "zstd"), ("gzip, deflate, br", "br"), ("gzip, deflate", "gzip"), ("deflate", None)],
)
async def test_p3_a_rewritten_body_is_packed_as_the_browser_takes_it(
    open_house: Any, serve_site: Any, path: str, accept: str, coding: str | None
) -> None:
    async with serve_site({path: packing}) as site, open_house() as house:
        origin = await house.open(f"{site}/")
        plain = await house.ask(f"{origin}{path}", headers=PLAIN[path])
        assert "Content-Encoding" not in plain.headers
        for _ in range(2):  # The second time from what is kept.
            answer = await house.ask(f"{origin}{path}", headers={**PLAIN[path], "Accept-Encoding": accept})
            assert answer.headers.get("Content-Encoding") == coding
            body = UNPACK[coding](answer.body) if coding else answer.body
            # A page carries the visitor's secret of this answer; all of the rest is the same.
            assert body[-100:] == plain.body[-100:]
            assert len(body) == len(plain.body) != len(BODIES[path][1])
            if coding:
                assert answer.headers["Vary"] == "Accept-Encoding"
                assert len(answer.body) < len(body)
            assert answer.headers["ETag"].startswith('W/"1;tp-')
        tag = {"If-None-Match": answer.headers["ETag"], "Accept-Encoding": accept}
        again = await house.ask(f"{origin}{path}", headers={**PLAIN[path], **tag})
        assert (again.status, again.body, again.headers.get("Content-Encoding")) == (304, b"", None)
        head = await house.ask(f"{origin}{path}", method="HEAD", headers={**PLAIN[path], "Accept-Encoding": accept})
        assert (head.status, head.body) == (200, b"")


async def test_p3_a_worker_is_packed_with_its_prelude(open_house: Any, serve_site: Any) -> None:
    async with serve_site({"/s.js": packing}) as site, open_house() as house:
        origin = await house.open(f"{site}/")
        answer = await house.ask(f"{origin}/s.js", headers={**WORKER, "Accept-Encoding": "br"})
        assert answer.headers.get("Content-Encoding") is None  # The site knows no br.
        answer = await house.ask(f"{origin}/s.js", headers={**WORKER, "Accept-Encoding": "br, gzip"})
        assert b"/__tp/worker-1.js" in brotli.decompress(answer.body)


async def test_p3_what_is_not_rewritten_passes_as_the_site_packed_it(open_house: Any, serve_site: Any) -> None:
    async with serve_site({"/s.js": packing}) as site, open_house() as house:
        origin = await house.open(f"{site}/")
        answer = await house.ask(f"{origin}/s.js", headers={**FETCH, "Accept-Encoding": "gzip, br"})
        assert answer.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(answer.body) == BODIES["/s.js"][1]
        assert answer.headers["ETag"] == '"1"'


async def test_p3_a_packed_page_streams(open_house: Any, serve_site: Any) -> None:
    """What the site has sent so far can be shown before the rest is there."""
    more = asyncio.Event()

    async def slowly(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse(headers={"Content-Type": "text/html; charset=utf-8", "Content-Encoding": "gzip"})
        await answer.prepare(request)
        packer = zlib.compressobj(wbits=31)
        await answer.write(packer.compress(b"<!doctype html><p id=first>") + packer.flush(zlib.Z_SYNC_FLUSH))
        await more.wait()
        await answer.write(packer.compress(b"<p id=last>") + packer.flush())
        return answer

    async with serve_site({"/p": slowly}) as site, open_house() as house:
        origin = await house.open(f"{site}/")
        async with house.request(f"{origin}/p", headers={**NAVIGATION, "Accept-Encoding": "br"}) as answer:
            assert answer.headers["Content-Encoding"] == "br"
            unpacker, seen = brotli.Decompressor(), b""
            while b"<p id=first>" not in seen:
                seen += unpacker.process(await answer.content.readany())
            more.set()
            async for piece in answer.content.iter_any():
                seen += unpacker.process(piece)
            assert seen.endswith(b"<p id=first><p id=last>")
