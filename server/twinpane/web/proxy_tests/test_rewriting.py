"""Pages, scripts and sheets on their way to the browser; what scripts fetch stays as it is (P3)."""

from __future__ import annotations

import asyncio
import gzip
import json
import re
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
PAGE = f'<!doctype html><html><head><title>ä</title><img src="{CDN}/a.png"></head><body>text</body></html>'


def typed(body: str | bytes, kind: str, **headers: str) -> Any:
    async def answer(request: web.Request) -> web.Response:
        raw = body.encode() if isinstance(body, str) else body
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        return web.Response(body=raw, headers={"Content-Type": kind, **names})

    return answer


def config_in(html: str) -> Any:
    found = re.search(r"self\.__tp\$=(\{.*?\})</script>", html)
    assert found, html
    return json.loads(found[1])


async def test_p3_a_page_begins_with_the_shim_and_carries_the_loader(open_house: Any, serve_site: Any) -> None:
    async with serve_site({"/p": typed(PAGE, "text/html")}) as site, open_house() as house:
        origin = await house.open(f"{site}/", unique_id="u<1>")
        answer = await house.ask(f"{origin}/p", headers=NAVIGATION)
        assert answer.text.startswith("<!doctype html><html><head><script>self.__tp$={")
        assert '<script src="/__tp/shim-1.js"></script>' in answer.text
        assert f'<script async="" src="{house.api}/abcdef1234.js"></script>' in answer.text
        assert f'<img src="{house.proxied(origin, CDN)}/a.png">' in answer.text
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
        config = config_in(answer.text)
        assert config["base"] == {"scheme": "http", "host": "px.localhost", "port": house.port}
        assert (config["site"], config["top"], config["uniqueId"]) == (site, True, "u<1>")
        assert (config["api"], config["key"]) == (house.api, "abcdef1234")
        assert re.fullmatch("[A-Z2-9]{8}", config["visitor"]["short_id"])
        policy = answer.headers["Content-Security-Policy"]
        assert f"http://*.px.localhost:{house.port}" in policy
        assert "report-uri /__tp/csp" in policy
        assert "noindex" in answer.headers["X-Robots-Tag"]
        framed = await house.ask(f"{origin}/p", headers={**NAVIGATION, "Sec-Fetch-Dest": "iframe"})
        assert config_in(framed.text)["top"] is False
        assert "abcdef1234.js" not in framed.text
        other = config_in((await house.ask(f"{origin}/p", headers=NAVIGATION)).text)
        assert other["visitor"] == config["visitor"]


async def test_p3_what_scripts_fetch_is_not_touched(open_house: Any, serve_site: Any) -> None:
    sheet, script = f"a{{background:url({CDN}/x)}}", "location.href"
    handlers = {
        "/p": typed(PAGE, "text/html"),
        "/s.css": typed(sheet, "text/css"),
        "/s.js": typed(script, "text/javascript"),
    }
    async with serve_site(handlers) as site, open_house() as house:
        origin = await house.open(f"{site}/")
        for path, body in (("/p", PAGE), ("/s.css", sheet), ("/s.js", script)):
            answer = await house.ask(f"{origin}{path}", headers=FETCH)
            assert answer.text == body
            assert answer.headers["Content-Length"] == str(len(body.encode()))


async def test_p3_scripts_sheets_and_workers_are_rewritten_for_what_they_are(open_house: Any, serve_site: Any) -> None:
    handlers = {
        "/s.css": typed(f"a{{background:url({CDN}/x)}}", "text/css"),
        "/s.js": typed("go(location.href)", "text/javascript", ETag='"1"'),
        "/plain.js": typed("1+1", "text/javascript"),
        "/data.json": typed('{"location": 1}', "application/json"),
        "/w.js": typed('"use strict";go()', "text/javascript"),
        "/m.js": typed('import "./a.js";go()', "text/javascript"),
    }
    async with serve_site(handlers) as site, open_house() as house:
        origin = await house.open(f"{site}/")
        sheet = await house.ask(f"{origin}/s.css", headers=SHEET)
        assert sheet.text == f"a{{background:url({house.proxied(origin, CDN)}/x)}}"
        script = await house.ask(f"{origin}/s.js", headers=SCRIPT)
        assert "go(__tp$L(location).href)" in script.text
        assert script.headers["ETag"] == 'W/"1;tp-shim-1.js"'
        assert (await house.ask(f"{origin}/plain.js", headers=SCRIPT)).text == "1+1"
        assert (await house.ask(f"{origin}/data.json", headers={**SCRIPT, "Sec-Fetch-Dest": "json"})).text.startswith(
            "{"
        )
        worker = (await house.ask(f"{origin}/w.js", headers=WORKER)).text
        assert worker.startswith('"use strict";self.__tp$={')
        assert f'importScripts("{origin}/__tp/worker-1.js")' in worker
        module = (await house.ask(f"{origin}/m.js", headers=WORKER)).text
        assert module.startswith('import "data:text/javascript,self.__tp%24%3D')
        assert (await house.ask(f"{origin}/w.js", headers=WORKER)).text == worker


async def test_p3_a_rewritten_body_that_did_not_change_is_not_sent_again(open_house: Any, serve_site: Any) -> None:
    seen: list[str | None] = []

    async def tagged(request: web.Request) -> web.Response:
        seen.append(request.headers.get("If-None-Match"))
        same = request.headers.get("If-None-Match") == 'W/"v1"'
        body = "" if same else "location"
        headers = {"ETag": '"v1"', "Content-Type": "text/javascript"}
        return web.Response(status=304 if same else 200, text=body, headers=headers)

    async with serve_site({"/s.js": tagged}) as site, open_house() as house:
        origin = await house.open(f"{site}/")
        tag = (await house.ask(f"{origin}/s.js", headers=SCRIPT)).headers["ETag"]
        again = await house.ask(f"{origin}/s.js", headers={**SCRIPT, "If-None-Match": tag})
        assert (again.status, again.headers["ETag"]) == (304, tag)
        older = await house.ask(f"{origin}/s.js", headers={**SCRIPT, "If-None-Match": 'W/"v1;tp-older.js"'})
        assert older.status == 200
        assert seen == [None, 'W/"v1"', None]


@pytest.mark.parametrize(
    ("coding", "pack"),
    [("gzip", gzip.compress), ("br", brotli.compress), ("zstd", zstandard.compress), ("identity", bytes)],
)
async def test_p3_packed_pages_are_unpacked(open_house: Any, serve_site: Any, coding: str, pack: Any) -> None:
    page = typed(pack(PAGE.encode()), "text/html", Content_Encoding=coding)
    async with serve_site({"/p": page}) as site, open_house() as house:
        origin = await house.open(f"{site}/")
        answer = await house.ask(f"{origin}/p", headers=NAVIGATION)
        assert "<title>ä</title>" in answer.text
        assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize(
    ("body", "coding", "code", "status"),
    [
        (b"not gzip at all", "gzip", "unreachable", 502),
        (PAGE.encode(), "br", "unreachable", 502),
        (PAGE.encode(), "made-up", "unreachable", 502),
        (gzip.compress(b"<p>" + bytes(3_000_000)), "gzip", "too_large", 413),
    ],
)
async def test_p5_a_page_that_lies_about_its_coding_or_is_a_bomb_is_told(
    open_house: Any, serve_site: Any, body: bytes, coding: str, code: str, status: int
) -> None:
    handlers = {"/p": typed(body, "text/html", Content_Encoding=coding)}
    async with serve_site(handlers) as site, open_house(max_page_bytes=1_000_000) as house:
        origin = await house.open(f"{site}/")
        answer = await house.ask(f"{origin}/p", headers=NAVIGATION)
        assert (answer.status, answer.headers.get("X-Twinpane-Error")) == (status, code)


async def test_p5_a_page_that_unpacks_to_much_lets_others_have_their_turn(open_house: Any, serve_site: Any) -> None:
    page = gzip.compress(b"<p>" + b"<b>words</b> " * 300_000)
    async with serve_site({"/p": typed(page, "text/html", Content_Encoding="gzip")}) as site, open_house() as house:
        origin = await house.open(f"{site}/")
        turns = 0

        async def count() -> None:
            nonlocal turns
            while True:
                await asyncio.sleep(0)
                turns += 1

        async with house.request(f"{origin}/p", headers=NAVIGATION) as response:
            others, before = asyncio.create_task(count()), turns
            assert (await response.read()).count(b"words") == 300_000
            others.cancel()
        assert turns - before >= 3_900_000 // 65_536


async def test_p3_a_page_shows_before_its_end(open_house: Any, serve_site: Any) -> None:
    proceed = asyncio.Event()

    async def slow(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse(headers={"Content-Type": "text/html; charset=utf-8"})
        await answer.prepare(request)
        await answer.write(b"<!doctype html><p>first</p>")
        await proceed.wait()
        await answer.write(b"<p>second</p>")
        return answer

    async with serve_site({"/p": slow}) as site, open_house() as house:
        origin = await house.open(f"{site}/")
        async with house.request(f"{origin}/p", headers=NAVIGATION) as response:
            assert b"first" in await response.content.readuntil(b"</p>")
            proceed.set()
            assert b"second" in await response.content.read()


async def test_p3_a_head_of_a_page_has_no_body(open_house: Any, serve_site: Any) -> None:
    async with serve_site({"/p": typed(PAGE, "text/html")}) as site, open_house() as house:
        origin = await house.open(f"{site}/")
        answer = await house.ask(f"{origin}/p", method="HEAD", headers=NAVIGATION)
        assert (answer.status, answer.body) == (200, b"")


async def test_p3_ranges_of_what_is_rewritten_are_not_asked_for(open_house: Any, serve_site: Any) -> None:
    ranges: list[str | None] = []

    async def note(request: web.Request) -> web.Response:
        ranges.append(request.headers.get("Range"))
        return web.Response(text="x", content_type="text/javascript")

    async with serve_site({"/s.js": note}) as site, open_house() as house:
        origin = await house.open(f"{site}/")
        await house.ask(f"{origin}/s.js", headers={**SCRIPT, "Range": "bytes=0-5"})
        await house.ask(f"{origin}/s.js", headers={**FETCH, "Range": "bytes=0-5"})
        assert ranges == [None, "bytes=0-5"]


async def test_p3_a_page_to_be_saved_is_saved_as_it_is(open_house: Any, serve_site: Any) -> None:
    page = typed(PAGE, "text/html", Content_Disposition='attachment; filename="a.html"')
    async with serve_site({"/p": page}) as site, open_house() as house:
        origin = await house.open(f"{site}/")
        assert (await house.ask(f"{origin}/p", headers=NAVIGATION)).text == PAGE
