"""Sites that stall, reset or lie, at each moment and for each kind of body: told clearly, and nothing is left (P5)."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import gzip
import hashlib
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest

from .conftest import FETCH, NAVIGATION

SCRIPT = {**FETCH, "Sec-Fetch-Dest": "script", "Sec-Fetch-Mode": "no-cors"}
SHEET = {**FETCH, "Sec-Fetch-Dest": "style", "Sec-Fetch-Mode": "no-cors"}
KINDS = {"page": NAVIGATION, "script": SCRIPT, "sheet": SHEET, "fetch": FETCH}
TYPES = {
    "page": b"text/html; charset=utf-8",
    "script": b"text/javascript",
    "sheet": b"text/css",
    "fetch": b"application/json",
}


PLAIN = b"<p>" + b"words " * 2000


@dataclass
class Rude:
    """A site that sends what it likes and then closes, resets or waits; counts who is still connected."""

    pieces: tuple[bytes, ...]
    then: str
    url: str = ""
    asked: int = 0
    connected: set[asyncio.StreamWriter] = field(default_factory=set)

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connected.add(writer)
        try:
            await reader.readuntil(b"\r\n\r\n")
            self.asked += 1
            for piece in self.pieces:
                writer.write(piece)
            await writer.drain()
            if self.then == "wait":
                await reader.read()
            if self.then == "reset":
                writer.transport.abort()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()
            self.connected.discard(writer)


@asynccontextmanager
async def rude(*pieces: bytes, then: str) -> AsyncIterator[Rude]:
    site = Rude(pieces, then)
    server = await asyncio.start_server(site.talk, "127.0.0.1", 0)
    async with server:
        site.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        yield site
        server.close()


def head(kind: str, *lines: bytes) -> bytes:
    return b"\r\n".join((b"HTTP/1.1 200 OK", b"Content-Type: " + TYPES[kind], *lines, b"", b""))


async def nothing_hangs(house: Any, site: Rude, tasks: int) -> None:
    """No request counted, no connection to the site, no task of ours."""
    async with asyncio.timeout(5):
        while True:
            open_requests = sum(browsing.requests for browsing in house.live.browsings.all())
            if not open_requests and not site.connected and len(asyncio.all_tasks()) <= tasks:
                return
            await asyncio.sleep(0)


async def answer_of(house: Any, url: str, kind: str) -> tuple[int | str, str, bytes]:
    """Status, our code and body; `broken off` for an answer that ends before its end."""
    try:
        answer = await house.ask(url, headers=KINDS[kind])
    except (aiohttp.ClientPayloadError, aiohttp.ClientOSError, aiohttp.ServerDisconnectedError):
        return "broken off", "", b""
    return answer.status, answer.headers.get("X-Twinpane-Error", ""), answer.body


async def compare(open_house: Any, kind: str, expected: Any, *pieces: bytes, then: str) -> None:
    async with rude(*pieces, then=then) as site, open_house(idle_s=0.3) as house:
        origin = await house.open(f"{site.url}/")
        await house.ask(f"{origin}/__tp/shim-1.js")
        tasks = len(asyncio.all_tasks())
        status, code, body = await answer_of(house, f"{origin}/it", kind)
        assert (status, code) == expected, body
        # A lost connection is tried once more for what asks and changes nothing, as browsers do.
        assert site.asked <= 2
        if code:
            assert (b"<h1>" in body) == (kind == "page")
        await nothing_hangs(house, site, tasks)
        metrics = await house.http.get(f"{house.api}/metrics")
        assert b"\ntwinpane_proxy_requests_open 0.0\n" in await metrics.read()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("pieces", "then", "expected"),
    [
        ((), "wait", (504, "timeout")),
        ((), "reset", (502, "unreachable")),
        ((), "close", (502, "unreachable")),
        ((b"HTTP/1.1 200 OK\r\nContent-Ty",), "wait", (504, "timeout")),
        ((b"HTTP/1.1 200 OK\r\nContent-Ty",), "reset", (502, "unreachable")),
        ((b"\0\0\0\r\n\r\n",), "close", (502, "unreachable")),
        ((b"HTTP/1.1 200 OK\r\n", b"X-A: 1\r\n" * 200_000), "wait", (502, "unreachable")),
        ((b"HTTP/1.1 103 Early Hints\r\n\r\n" * 5000,), "wait", (504, "timeout")),
        ((b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello",), "close", (502, "unreachable")),
        ((b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\nhello",), "close", (502, "unreachable")),
        ((b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",), "close", (502, "unreachable")),
        ((b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello",), "close", (502, "unreachable")),
    ],
)
async def test_p5_a_site_that_fails_before_its_body_is_told(
    open_house: Any, kind: str, pieces: tuple[bytes, ...], then: str, expected: tuple[int, str]
) -> None:
    await compare(open_house, kind, expected, *pieces, then=then)


@pytest.mark.parametrize("then", ["wait", "reset", "close"])
@pytest.mark.parametrize("framing", ["length", "chunked"])
@pytest.mark.parametrize("kind", KINDS)
async def test_p5_a_site_that_fails_in_its_body_breaks_the_answer_off(
    open_house: Any, kind: str, framing: str, then: str
) -> None:
    """What is rewritten in one piece is not begun yet: there is still a status to tell it by."""
    body = b"<!doctype html><title>x</title>" + PLAIN if kind == "page" else b"/* beginning */ "
    if framing == "length":
        pieces = (head(kind, b"Content-Length: 100000"), body)
    else:
        pieces = (head(kind, b"Transfer-Encoding: chunked"), b"%x\r\n%b\r\n" % (len(body), body))
    told = (504, "timeout") if then == "wait" else (502, "unreachable")
    is_begun = kind in ("page", "fetch")
    await compare(open_house, kind, ("broken off", "") if is_begun else told, *pieces, then=then)


LIES = {
    "plain text said to be gzip": (b"gzip", PLAIN),
    "plain text said to be br": (b"br", PLAIN),
    "plain text said to be zstd": (b"zstd", PLAIN),
    "gzip said to be br": (b"br", gzip.compress(PLAIN, mtime=0)),  # at some times of day it would begin well
    "an unknown coding": (b"lzma", PLAIN),
    "gzip with a wrong sum": (b"gzip", gzip.compress(b"x")[:-8] + b"\0" * 8),
}


@pytest.mark.parametrize("lie", LIES)
@pytest.mark.parametrize("kind", ["page", "script", "sheet"])
async def test_p5_a_body_that_is_not_what_it_says_is_told(open_house: Any, kind: str, lie: str) -> None:
    coding, body = LIES[lie]
    lines = (b"Content-Encoding: " + coding, b"Content-Length: %d" % len(body))
    await compare(open_house, kind, (502, "unreachable"), head(kind, *lines), body, then="close")


@pytest.mark.parametrize("kind", ["page", "script", "sheet"])
async def test_p5_a_packed_body_without_its_end_is_shown_as_browsers_do(open_house: Any, kind: str) -> None:
    deflater = zlib.compressobj(wbits=31)
    body = deflater.compress(PLAIN) + deflater.flush(zlib.Z_SYNC_FLUSH)
    lines = (b"Content-Encoding: gzip", b"Content-Length: %d" % len(body))
    await compare(open_house, kind, (200, ""), head(kind, *lines), body, then="close")


@pytest.mark.parametrize("kind", KINDS)
async def test_p5_a_body_of_another_length_than_said_is_cut_or_broken_off(open_house: Any, kind: str) -> None:
    """Longer: the rest is none of this answer, and the connection is not used again."""
    pieces = (head(kind, b"Content-Length: 5"), b"/*1*/HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil")
    async with rude(*pieces, then="wait") as site, open_house(idle_s=2.0) as house:
        origin = await house.open(f"{site.url}/")
        for _ in range(2):
            status, code, body = await answer_of(house, f"{origin}/it", kind)
            assert (status, code) == (200, "")
            assert b"/*1*/" in body
            assert b"evil" not in body


@pytest.mark.parametrize("then", ["close", "reset"])
async def test_p5_a_request_that_changes_something_is_sent_once(open_house: Any, then: str) -> None:
    async with rude(then=then) as site, open_house() as house:
        origin = await house.open(f"{site.url}/")
        tasks = len(asyncio.all_tasks())
        answer = await house.ask(f"{origin}/it", method="POST", data=b"order=1")
        assert (answer.status, answer.headers["X-Twinpane-Error"], site.asked) == (502, "unreachable", 1)
        await nothing_hangs(house, site, tasks)


async def test_p5_a_browser_that_goes_lets_go_of_the_site(open_house: Any) -> None:
    async with rude(head("fetch", b"Content-Length: 1000"), b"begun", then="wait") as site, open_house() as house:
        origin = await house.open(f"{site.url}/")
        tasks = len(asyncio.all_tasks())
        async with house.request(f"{origin}/it") as response:
            assert await response.content.readany() == b"begun"
            response.close()
        await nothing_hangs(house, site, tasks)


async def test_p5_an_upload_that_the_site_does_not_read_ends_with_the_wait(open_house: Any) -> None:
    """The site answers nothing and reads nothing: both ways stall."""

    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield bytes(100_000)

    answered = asyncio.Event()
    is_let_go = asyncio.Event()

    async def deaf(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        reader._transport.pause_reading()  # type: ignore[attr-defined]
        await answered.wait()
        reader._transport.resume_reading()  # type: ignore[attr-defined]
        with contextlib.suppress(ConnectionError):
            while await reader.read(1 << 20):
                pass
        is_let_go.set()
        writer.close()

    server = await asyncio.start_server(deaf, "127.0.0.1", 0)
    async with server, open_house(idle_s=0.3) as house:
        origin = await house.open(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/")
        with contextlib.suppress(aiohttp.ClientError):
            answer = await house.ask(f"{origin}/it", method="POST", data=endless())
            assert (answer.status, answer.headers["X-Twinpane-Error"]) == (504, "timeout")
        answered.set()
        async with asyncio.timeout(5):
            await is_let_go.wait()
        assert not sum(browsing.requests for browsing in house.live.browsings.all())
        server.close()


@pytest.mark.parametrize("hint", [b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"])
async def test_p5_a_websocket_that_the_site_does_not_answer_is_refused(open_house: Any, hint: bytes) -> None:
    async with rude(hint, then="wait") as site, open_house(idle_s=0.3) as house:
        origin = await house.open(f"{site.url}/")
        tasks = len(asyncio.all_tasks())
        cookie = "; ".join(f"{name}={value}" for name, value in house.cookies.items())
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await house.http.ws_connect(f"{origin}/ws", headers={"Cookie": cookie})
        assert refused.value.status == 504
        await nothing_hangs(house, site, tasks)
        assert sum(browsing.sockets for browsing in house.live.browsings.all()) == 0


async def test_p5_a_websocket_that_is_reset_by_the_site_ends_for_the_browser(open_house: Any) -> None:
    async def reset(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        key = (await reader.readuntil(b"\r\n\r\n")).split(b"Sec-WebSocket-Key: ")[1].split(b"\r\n")[0]
        accept = base64.b64encode(hashlib.sha1(key + b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11").digest())
        upgrade = b"HTTP/1.1 101 Go\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
        writer.write(upgrade + accept + b"\r\n\r\n")
        await writer.drain()
        writer.transport.abort()

    server = await asyncio.start_server(reset, "127.0.0.1", 0)
    async with server, open_house() as house:
        origin = await house.open(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/")
        cookie = "; ".join(f"{name}={value}" for name, value in house.cookies.items())
        line = await house.http.ws_connect(f"{origin}/ws", headers={"Cookie": cookie})
        async with asyncio.timeout(5):
            end = await line.receive()
        assert (end.type, line.close_code) == (aiohttp.WSMsgType.CLOSE, 1011)
        assert sum(browsing.sockets for browsing in house.live.browsings.all()) == 0
        server.close()
