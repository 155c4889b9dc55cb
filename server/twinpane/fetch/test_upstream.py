"""Requests and WebSockets of proxied pages, against a real server on this machine."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from aiohttp import WSMsgType, web
from aiohttp.test_utils import TestServer

from twinpane.errors import FetchFailedError, FetchRefusedError
from twinpane.fetch.addresses import Guard
from twinpane.fetch.upstream import GuardedUpstream
from twinpane.ports.fetch import UpstreamRequest


async def answer(request: web.Request) -> web.StreamResponse:
    if request.path == "/away":
        raise web.HTTPFound("/elsewhere")
    if request.path == "/ws":
        socket = web.WebSocketResponse(protocols=["chat"])
        await socket.prepare(request)
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                await socket.send_str(f"heard {message.data}")
        return socket
    return web.Response(body=await request.read() + b" from " + request.headers["X-Who"].encode())


@pytest_asyncio.fixture
async def site() -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    async with TestServer(app) as server:
        yield str(server.make_url("/"))


@pytest_asyncio.fixture
async def upstream() -> AsyncIterator[GuardedUpstream]:
    made = GuardedUpstream(Guard(["127.0.0.0/8"]))
    yield made
    await made.close()


async def body() -> AsyncIterator[bytes]:
    yield b"half "
    yield b"and half"


async def test_p3_bodies_stream_both_ways(site: str, upstream: GuardedUpstream) -> None:
    opened = await upstream.open(UpstreamRequest("POST", f"{site}echo", [("X-Who", "us")], body()))
    assert opened.status == 200
    assert b"".join([chunk async for chunk in opened.chunks()]) == b"half and half from us"
    opened.close()


async def test_p5_redirects_come_back_as_they_are(site: str, upstream: GuardedUpstream) -> None:
    opened = await upstream.open(UpstreamRequest("GET", f"{site}away", []))
    assert opened.status == 302
    assert ("Location", "/elsewhere") in opened.headers
    opened.close()


async def test_p3_a_websocket_carries_messages_and_its_subprotocol(site: str, upstream: GuardedUpstream) -> None:
    opened = await upstream.connect(f"{site}ws", [], ["chat"])
    assert opened.protocol == "chat"
    await opened.send("hello")
    assert await opened.receive() == "heard hello"
    await opened.close(1000, "")


async def test_p5_a_private_address_is_refused_and_a_dead_one_fails(site: str) -> None:
    strict = GuardedUpstream(Guard())
    with pytest.raises(FetchRefusedError):
        await strict.open(UpstreamRequest("GET", site, []))
    with pytest.raises(FetchRefusedError):
        await strict.connect(f"{site}ws", [], [])
    await strict.close()
    lenient = GuardedUpstream(Guard(["127.0.0.0/8"]), connect_s=2.0)
    with pytest.raises(FetchFailedError):
        await lenient.open(UpstreamRequest("GET", "http://127.0.0.1:9999/", []))
    await lenient.close()
