"""The library answers as a usual site does, and knows nothing of us."""

from __future__ import annotations

import asyncio
import importlib.util
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import uvicorn

HERE = Path(__file__).parent
CLUB = {"Host": "club.localhost:3001"}


@pytest.fixture
async def visitor() -> AsyncIterator[aiohttp.ClientSession]:
    spec = importlib.util.spec_from_file_location("foreign_site_app", HERE / "app.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    server = uvicorn.Server(uvicorn.Config(module.app, port=0, log_level="warning", lifespan="off"))
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
        await asyncio.sleep(0)
    address = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(address, headers={"Host": "library.localhost:3001"}, cookie_jar=jar) as visitor:
        yield visitor
    server.should_exit = True
    await serving


async def read(visitor: aiohttp.ClientSession, path: str, **options: object) -> str:
    async with visitor.get(path, **options) as answer:  # type: ignore[arg-type]
        return await answer.text()


def test_library_carries_no_script_of_ours() -> None:
    words = " ".join(file.read_text() for file in (HERE / "pages").iterdir())
    assert "Upscope" not in words
    assert "twinpane" not in words.lower()


async def test_reader_logs_in_reserves_and_logs_out(visitor: aiohttp.ClientSession) -> None:
    async with visitor.post("/book/lamp/reserve") as answer:
        assert answer.status == 403
    async with visitor.post("/log-in", data={"reader": "<Zoë>", "password": "x"}, allow_redirects=False) as answer:
        assert answer.status == 303
    async with visitor.post("/book/lamp/reserve", allow_redirects=False) as answer:
        assert answer.headers["Location"] == "/book/lamp"
    home = await read(visitor, "/")
    assert "&lt;Zoë&gt;" in home
    assert "The Lamp Room" in home
    async with visitor.post("/log-out", allow_redirects=False):
        assert "Logged in" not in await read(visitor, "/")


async def test_catalogue_is_searched_and_lists_are_taken(visitor: aiohttp.ClientSession) -> None:
    async with visitor.get("/search?q=novels") as answer:
        assert [book["key"] for book in await answer.json()] == ["lamp", "ferry"]
    async with visitor.post("/propose", data=b"One\n\nTwo\n") as answer:
        assert await answer.json() == {"books": 2}
    async with visitor.get("/cover/lamp") as answer:
        assert answer.content_type == "image/svg+xml"


async def test_the_two_hosts_link_to_each_other(visitor: aiohttp.ClientSession) -> None:
    assert 'href="http://club.localhost:3001/?from=library"' in await read(visitor, "/")
    assert 'href="http://library.localhost:3001/"' in await read(visitor, "/", headers=CLUB)
