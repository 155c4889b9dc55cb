"""WebSockets of proxied pages (P3), beside our own door."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
import pytest
from aiohttp import WSMsgType, web

from .conftest import NAVIGATION


async def echo(request: web.Request) -> web.WebSocketResponse:
    """Tells how it was called, then echoes; closes with what it is told."""
    answer = web.WebSocketResponse(protocols=("chat",), max_msg_size=20_000_000)
    answer.headers["Set-Cookie"] = "from=handshake"
    await answer.prepare(request)
    seen = {name.lower(): value for name, value in request.headers.items()}
    await answer.send_json({"path": request.raw_path, **seen})
    async for message in answer:
        if message.type is WSMsgType.BINARY:
            await answer.send_bytes(message.data)
        elif message.data == "close":
            await answer.close(code=4001, message=b"as told")
        else:
            await answer.send_str(message.data)
    request.app["closed"].append((answer.close_code,))
    return answer


async def login(request: web.Request) -> web.Response:
    return web.Response(headers={"Set-Cookie": "session=secret; HttpOnly"})


def connect(house: Any, url: str, **options: Any) -> Any:
    host = url.split("/")[2]
    cookie = "; ".join(f"{name}={value}" for name, value in house.cookies.items())
    headers = {"Host": host, "Origin": url.rsplit("/", 1)[0], **({"Cookie": cookie} if cookie else {})}
    return house.http.ws_connect(url, headers=headers, max_msg_size=20_000_000, **options)


async def test_p3_a_websocket_works_as_without_us(open_house: Any, serve_site: Any) -> None:
    async with serve_site({"/ws": echo, "/login": login}) as site, open_house() as house:
        origin = await house.open(f"{site}/")
        await house.ask(f"{origin}/login", headers=NAVIGATION)
        async with connect(house, f"{origin}/ws?a=%20b", protocols=("other", "chat")) as line:
            seen = await line.receive_json()
            assert (seen["path"], seen["origin"]) == ("/ws?a=%20b", site)
            assert (seen["host"], seen["cookie"]) == (site.removeprefix("http://"), "session=secret")
            assert line.protocol == "chat"
            await line.send_str("ä")
            assert await line.receive_str() == "ä"
            await line.send_bytes(bytes(5_000_000))
            assert await line.receive_bytes() == bytes(5_000_000)
            await line.send_str("close")
            end = await line.receive()
            assert (end.type, end.data, end.extra) == (WSMsgType.CLOSE, 4001, "as told")
        figures = house.live.browsings.figures
        assert min(figures.bytes_down, figures.bytes_up) > 5_000_000


async def test_p3_the_browsers_close_reaches_the_site(open_house: Any, serve_site: Any) -> None:
    closed: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    async def until_closed(request: web.Request) -> web.WebSocketResponse:
        answer = web.WebSocketResponse()
        await answer.prepare(request)
        await answer.receive()
        closed.set_result(answer.close_code or 0)
        return answer

    async with serve_site({"/ws": until_closed}) as site, open_house() as house:
        origin = await house.open(f"{site}/")
        line = await connect(house, f"{origin}/ws")
        await line.close(code=4444, message=b"bye")
        async with asyncio.timeout(5):
            assert await closed == 4444


async def test_p5_a_websocket_needs_the_cookie_and_a_site_that_takes_it(open_house: Any, serve_site: Any) -> None:
    async with serve_site({"/login": login}) as site, open_house() as house:
        origin = await house.open(f"{site}/")
        for url, status in ((f"{origin}/nothing", 502), (f"{origin}/login", 502)):
            with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
                await connect(house, url)
            assert refused.value.status == status
        house.cookies.clear()
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await connect(house, f"{origin}/ws")
        assert refused.value.status == 403


async def test_p1_the_end_of_a_session_ends_its_websockets(open_house: Any, serve_site: Any) -> None:
    async with serve_site({"/ws": echo}) as site, open_house() as house:
        origin = await house.open(f"{site}/")
        line = await connect(house, f"{origin}/ws")
        await line.receive_json()
        house.clock.advance(3601)
        async with asyncio.timeout(5):
            assert (await line.receive()).type in (WSMsgType.CLOSE, WSMsgType.CLOSED)


async def test_w1_our_own_door_is_at_our_own_host_only(open_house: Any, serve_site: Any) -> None:
    async with serve_site({"/ws": echo}) as site, open_house() as house:
        origin = await house.open(f"{site}/")
        async with house.http.ws_connect(f"{house.api}/ws") as door:
            await door.send_str('{"type": "hello"}')
            assert (await door.receive_json())["type"] == "error"
        async with connect(house, f"{origin}/ws") as line:
            assert "path" in await line.receive_json()
