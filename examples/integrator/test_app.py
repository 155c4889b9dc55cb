"""The integrator against a small server of its own that answers like the REST API."""

from __future__ import annotations

import asyncio
import importlib.util
from collections.abc import AsyncIterator
from pathlib import Path
from types import ModuleType
from typing import Any

import aiohttp
import pytest
import uvicorn
from aiohttp import web

HERE = Path(__file__).parent


class Api:
    """Remembers what it was asked; answers as it is told."""

    def __init__(self) -> None:
        self.online = True
        self.asked: list[Any] = []

    async def search(self, request: web.Request) -> web.Response:
        self.asked.append((request.headers["X-Api-Key"], request.query["search"]))
        return web.json_response({"status": "ok", "visitors": [{"short_id": "ABCD2345"}] if self.online else []})

    async def watch(self, request: web.Request) -> web.Response:
        self.asked.append((request.match_info["id"], await request.json()))
        return web.json_response({"status": "ok", "watch_url": "http://watch.example/watch/token"})

    async def proxy(self, request: web.Request) -> web.Response:
        self.asked.append((request.headers["X-Api-Key"], await request.json()))
        return web.json_response({"status": "ok", "url": "http://site.px.example/__tp/start?t=token&to=/"})


@pytest.fixture
async def api() -> AsyncIterator[tuple[Api, str]]:
    api = Api()
    app = web.Application()
    app.router.add_get("/v1.4/list", api.search)
    app.router.add_post("/v1.4/visitors/{id}/watch_url", api.watch)
    app.router.add_post("/v1.4/proxy_sessions", api.proxy)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    yield api, f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


@pytest.fixture
async def shop(api: tuple[Api, str], monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[tuple[ModuleType, str]]:
    monkeypatch.setenv("TWINPANE_URL", api[1])
    monkeypatch.setenv("TWINPANE_PUBLIC_KEY", "PublicKey1")
    monkeypatch.setenv("TWINPANE_REST_KEY", "secret")
    spec = importlib.util.spec_from_file_location("integrator_app", HERE / "app.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    server = uvicorn.Server(uvicorn.Config(module.app, port=0, log_level="warning", lifespan="off"))
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
        await asyncio.sleep(0)
    yield module, f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    await serving


async def test_visitor_page_carries_the_snippet_and_our_own_id(shop: tuple[ModuleType, str]) -> None:
    async with aiohttp.ClientSession() as browser, browser.get(f"{shop[1]}/visitor?id=<b>&name=Ada") as answer:
        page = await answer.text()
    assert "/PublicKey1.js" in page
    assert '"uniqueId": "\\u003cb>"' in page
    assert "secret" not in page


async def test_agent_is_led_to_the_watch_url_in_one_request(api: tuple[Api, str], shop: tuple[ModuleType, str]) -> None:
    async with (
        aiohttp.ClientSession() as browser,
        browser.get(f"{shop[1]}/agent?id=case-7&agent=Mika", allow_redirects=False) as answer,
    ):
        assert answer.status == 302
        assert answer.headers["Location"] == "http://watch.example/watch/token"
    assert api[0].asked[0] == ("secret", "id:case-7 online")
    short_id, body = api[0].asked[1]
    assert short_id == "ABCD2345"
    assert body["agent"] == {"id": "mika", "name": "Mika"}


async def test_agent_reads_in_words_that_nobody_is_there(api: tuple[Api, str], shop: tuple[ModuleType, str]) -> None:
    api[0].online = False
    shop[0].VISITOR_WAIT_S = 0.0
    async with aiohttp.ClientSession() as browser, browser.get(f"{shop[1]}/agent?id=case-7") as answer:
        assert answer.status == 404
        assert "case-7 is not on the page" in await answer.text()


async def test_agent_reads_in_words_that_the_server_is_down(shop: tuple[ModuleType, str]) -> None:
    shop[0].TWINPANE_URL = "http://127.0.0.1:9"
    async with aiohttp.ClientSession() as browser, browser.get(f"{shop[1]}/agent") as answer:
        assert answer.status == 502
        assert "does not answer" in await answer.text()


async def test_r18_visitor_is_led_to_a_foreign_site_in_one_request(
    api: tuple[Api, str], shop: tuple[ModuleType, str]
) -> None:
    shop[0].FOREIGN_URL = "https://library.example/"
    async with (
        aiohttp.ClientSession() as browser,
        browser.get(
            f"{shop[1]}/visitor-proxied?uniqueId=case-7&url=http://evil.example/", allow_redirects=False
        ) as answer,
    ):
        assert answer.status == 302
        assert answer.headers["Location"] == "http://site.px.example/__tp/start?t=token&to=/"
    key, body = api[0].asked[0]
    assert key == "secret"
    assert body == {"initial_url": "https://library.example/", "unique_id": "case-7", "identities": ["Ada"]}
