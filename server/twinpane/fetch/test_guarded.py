"""The fetcher against real servers on this machine."""

from __future__ import annotations

import gzip
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer

from twinpane.errors import FetchFailedError, FetchRefusedError
from twinpane.fetch.guarded import GuardedFetch


async def logo(request: web.Request) -> web.Response:
    return web.Response(body=b"logo", content_type="image/png")


async def inside(request: web.Request) -> web.Response:
    to = request.query["to"]
    raise web.HTTPFound("/to?to=loop" if to == "loop" else to)


async def bomb(request: web.Request) -> web.Response:
    headers = {"Content-Encoding": "gzip", "Content-Type": "text/css"}
    return web.Response(body=gzip.compress(bytes(5_000_000)), headers=headers)


async def echo_cookie(request: web.Request) -> web.Response:
    answer = web.Response(text=request.headers.get("Cookie", "none"))
    answer.set_cookie("track", "1")
    return answer


@pytest_asyncio.fixture
async def site() -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_get("/logo.png", logo)
    app.router.add_get("/to", inside)
    app.router.add_get("/bomb", bomb)
    app.router.add_get("/cookie", echo_cookie)
    async with TestServer(app) as server:
        yield f"http://127.0.0.1:{server.port}"


async def test_p5_this_machine_is_not_fetched_by_number_or_by_name(site: str) -> None:
    async with GuardedFetch() as fetch:
        for host in ("127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]"):
            with pytest.raises((FetchRefusedError, FetchFailedError)) as refused:
                await fetch.get(site.replace("127.0.0.1", host) + "/logo.png", 1000)
            if host in ("127.0.0.1", "localhost", "[::1]"):
                assert refused.type is FetchRefusedError, host


async def test_f11_what_the_operator_allows_is_fetched(site: str) -> None:
    for allow in ("127.0.0.0/8", "127.0.0.1"):
        async with GuardedFetch([allow]) as fetch:
            fetched = await fetch.get(site + "/logo.png", 1000)
            assert (fetched.status, fetched.body, fetched.content_type) == (200, b"logo", "image/png")
    async with GuardedFetch(["localhost"]) as fetch:
        by_name = site.replace("127.0.0.1", "localhost") + "/logo.png"
        assert (await fetch.get(by_name, 1000)).body == b"logo"
        with pytest.raises(FetchRefusedError):
            await fetch.get(site + "/logo.png", 1000)


async def test_p5_every_redirect_is_checked_again(site: str) -> None:
    async with GuardedFetch(["localhost"]) as fetch:
        start = site.replace("127.0.0.1", "localhost") + "/to"
        with pytest.raises(FetchRefusedError):
            await fetch.get(f"{start}?to={site}/logo.png", 1000)
        with pytest.raises(FetchRefusedError):
            await fetch.get(f"{start}?to=file:///etc/passwd", 1000)
        fetched = await fetch.get(f"{start}?to=/logo.png", 1000)
        assert fetched.body == b"logo"
        assert fetched.url.endswith("/logo.png")
        with pytest.raises(FetchFailedError):
            await fetch.get(f"{start}?to=loop", 1000)


async def test_p5_a_body_over_the_limit_is_refused_also_when_it_unpacks_to_that(site: str) -> None:
    async with GuardedFetch(["127.0.0.1"]) as fetch:
        with pytest.raises(FetchFailedError):
            await fetch.get(site + "/logo.png", 3)
        with pytest.raises(FetchFailedError):
            await fetch.get(site + "/bomb", 1_000_000)


async def test_p5_nothing_is_remembered_from_one_request_to_the_next(site: str) -> None:
    async with GuardedFetch(["127.0.0.1"]) as fetch:
        for _ in range(2):
            assert (await fetch.get(site + "/cookie", 1000)).body == b"none"


async def test_f11_who_does_not_answer_is_a_failure_not_a_crash() -> None:
    async with GuardedFetch(["127.0.0.1"]) as fetch:
        for url in ("http://127.0.0.1:1025/", "http://[bad/", "nonsense", "http://127.0.0.1:999999/"):
            with pytest.raises((FetchFailedError, FetchRefusedError)):
                await fetch.get(url, 1000)
