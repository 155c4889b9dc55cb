"""Sites that are down, stall, break off or lie: a clear page, and nothing left hanging (P5)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest

from .conftest import FETCH, NAVIGATION

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"


@asynccontextmanager
async def raw_site(*pieces: bytes, then: str = "close") -> AsyncIterator[str]:
    """A site that sends these bytes to whatever is asked, then closes, resets or waits."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await reader.readuntil(b"\r\n\r\n")
            for piece in pieces:
                writer.write(piece)
            await writer.drain()
            if then == "wait":
                await reader.read()
            if then == "reset":
                writer.transport.abort()
        finally:
            writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        server.close()


@pytest.mark.parametrize(
    ("pieces", "then", "status", "code"),
    [
        ([], "close", 502, "unreachable"),
        ([], "reset", 502, "unreachable"),
        ([], "wait", 504, "timeout"),
        ([b"HTTP/1.1 200 OK\r\nContent-"], "wait", 504, "timeout"),
        ([b"nonsense\r\n\r\n"], "close", 502, "unreachable"),
        ([HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n"], "close", 502, "unreachable"),
        ([b"HTTP/1.1 200 OK\r\nX: " + b"a" * 100_000 + b"\r\n\r\n"], "close", 502, "unreachable"),
    ],
)
async def test_p5_a_site_that_does_not_answer_is_told_as_a_page(
    open_house: Any, pieces: list[bytes], then: str, status: int, code: str
) -> None:
    async with raw_site(*pieces, then=then) as site, open_house(idle_s=0.3) as house:
        origin = await house.open(f"{site}/")
        answer = await house.ask(f"{origin}/page?x=1", headers=NAVIGATION)
        assert (answer.status, answer.headers["X-Twinpane-Error"]) == (status, code)
        assert "text/html" in answer.headers["Content-Type"]
        assert '<a class="button" href="">Try again</a>' in answer.text
        bare = await house.ask(f"{origin}/x.png", headers=FETCH)
        assert (bare.status, bare.headers["Content-Type"].partition(";")[0]) == (status, "text/plain")
        assert browsing_of(house, origin).requests == 0


@pytest.mark.parametrize(
    ("pieces", "then"),
    [
        ([HEAD + b"Content-Length: 100\r\n\r\n", b"short"], "close"),
        ([HEAD + b"Content-Length: 100\r\n\r\n", b"short"], "reset"),
        ([HEAD + b"Content-Length: 100\r\n\r\n", b"short"], "wait"),
        ([HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"5\r\nshort\r\n"], "close"),
    ],
)
async def test_p5_an_answer_that_breaks_off_breaks_off_for_the_browser_too(
    open_house: Any, pieces: list[bytes], then: str
) -> None:
    async with raw_site(*pieces, then=then) as site, open_house(idle_s=0.3) as house:
        origin = await house.open(f"{site}/")
        with pytest.raises((aiohttp.ClientPayloadError, aiohttp.ClientOSError)):
            await house.ask(f"{origin}/file", headers=FETCH)
        assert browsing_of(house, origin).requests == 0


async def test_p5_more_than_the_said_length_is_cut(open_house: Any) -> None:
    more = b"rightHTTP/1.1 200 OK\r\n\r\n"
    async with raw_site(HEAD + b"Content-Length: 5\r\n\r\n", more) as site, open_house() as house:
        origin = await house.open(f"{site}/")
        assert (await house.ask(f"{origin}/file", headers=FETCH)).body == b"right"


async def test_p5_nobody_there_is_told(open_house: Any) -> None:
    async with open_house() as house:
        origin = await house.open("http://127.0.0.1:1025/")
        answer = await house.ask(f"{origin}/", headers=NAVIGATION)
        assert (answer.status, answer.headers["X-Twinpane-Error"]) == (502, "unreachable")
        assert "does not take connections" in answer.text


async def test_p1_the_end_of_a_session_ends_what_still_runs(open_house: Any) -> None:
    head = HEAD + b"Content-Length: 100\r\n\r\n"
    async with raw_site(head, b"short", then="wait") as site, open_house() as house:
        origin = await house.open(f"{site}/")
        async with house.request(f"{origin}/file", headers=FETCH) as response:
            assert await response.content.readany() == b"short"
            house.clock.advance(3601)
            with pytest.raises(aiohttp.ClientPayloadError):
                await response.read()


def browsing_of(house: Any, origin: str) -> Any:
    return house.live.browsings.get(origin.removeprefix("http://")[:12])


async def test_p3_odd_statuses_and_headers_do_no_harm(open_house: Any) -> None:
    odd = b"HTTP/1.1 999 Denied\r\nContent-Length: 2\r\nX-Fine: 1\r\nX-Latin: caf\xe9\r\n\r\nno"
    async with raw_site(odd) as site, open_house() as house:
        origin = await house.open(f"{site}/")
        answer = await house.ask(f"{origin}/", headers=FETCH)
        assert (answer.status, answer.body, answer.headers["X-Fine"]) == (500, b"no", "1")
    unchanged = b'HTTP/1.1 304 Not Modified\r\nContent-Length: 100\r\nETag: "1"\r\n\r\n'
    async with raw_site(unchanged) as site, open_house() as house:
        origin = await house.open(f"{site}/")
        answer = await house.ask(f"{origin}/", headers={**FETCH, "If-None-Match": '"1"'})
        assert (answer.status, answer.body) == (304, b"")


async def test_p5_trace_is_not_passed_on(open_house: Any) -> None:
    async with open_house() as house:
        origin = await house.open("https://www.example.com/")
        for method in ("TRACE", "TRACK"):
            assert (await house.ask(f"{origin}/", method=method)).status == 400
