"""The asset door, with a page that supplies what the server does not fetch."""

from __future__ import annotations

import asyncio
import json
import zlib
from collections.abc import AsyncIterator
from urllib.parse import quote

import aiohttp
import pytest_asyncio
from twinpane.web.door_tests.conftest import House, Line
from twinpane_protocol.envelope import Envelope, Flag, Kind, encode_header
from yarl import URL

LOGO = "http://localhost:3000/logo.svg?v=1"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


def asset_frame(url: str, content_type: str, body: bytes, status: int = 200, deflated: bool = False) -> bytes:
    head = json.dumps({"url": url, "type": content_type, "status": status}).encode()
    payload = len(head).to_bytes(4, "big") + head + body
    if deflated:
        deflater = zlib.compressobj(wbits=-15)
        payload = deflater.compress(payload) + deflater.flush()
    flags = Flag.DEFLATED if deflated else Flag(0)
    return encode_header(Envelope(Kind.ASSET, flags, 1, 0, 0)) + payload


@pytest_asyncio.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


def door_url(house: House, agent: Line, url: str) -> str:
    return f"{house.url}{agent.welcome['assets']}{quote(url, safe='')}"


async def test_f11_f12_what_the_server_cannot_fetch_the_page_sends_once(
    house: House, http: aiohttp.ClientSession
) -> None:
    tab, [agent] = await house.go_live()
    address = door_url(house, agent, LOGO)
    first, second = (asyncio.create_task(_get(http, address)) for _ in range(2))
    assert (await tab.expect("asset_wanted"))["url"] == LOGO
    await tab.socket.send(asset_frame(LOGO, "image/svg+xml", SVG, deflated=True))
    for status, headers, body in (await first, await second):
        assert (status, body) == (200, SVG)
        assert headers["Content-Type"] == "image/svg+xml"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "private, max-age=3600"
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "sandbox" in headers["Content-Security-Policy"]
    status, _, body = await _get(http, address)
    assert (status, body) == (200, SVG)
    await tab.send("ping", t=1)
    await tab.expect("pong")
    assert len([said for said in tab.heard if said["type"] == "asset_wanted"]) == 1


async def test_f12_what_the_page_does_not_supply_is_not_found(house: House, http: aiohttp.ClientSession) -> None:
    tab, [agent] = await house.go_live()
    asking = asyncio.create_task(_get(http, door_url(house, agent, LOGO)))
    await tab.expect("asset_wanted")
    await tab.send("asset_missing", url=LOGO)
    assert (await asking)[0] == 404
    for content_type, status in (("text/html", 200), ("image/png", 403), ("application/javascript", 200)):
        asking = asyncio.create_task(_get(http, door_url(house, agent, LOGO)))
        await tab.expect("asset_wanted")
        await tab.socket.send(asset_frame(LOGO, content_type, b"<html>", status))
        assert (await asking)[0] == 404


async def test_f11_a_style_sheet_leads_to_the_asset_door(house: House, http: aiohttp.ClientSession) -> None:
    tab, [agent] = await house.go_live()
    sheet = "http://localhost:3000/css/shop.css"
    asking = asyncio.create_task(_get(http, door_url(house, agent, sheet)))
    await tab.expect("asset_wanted")
    await tab.socket.send(asset_frame(sheet, "text/css", b"a{background:url(../img/a.png)}"))
    _, headers, body = await asking
    door = agent.welcome["assets"]
    assert body.decode() == f"a{{background:url({door}{quote('http://localhost:3000/img/a.png', safe='')})}}"
    assert headers["Content-Type"] == "text/css; charset=utf-8"


async def test_f11_of_a_sound_or_film_a_part_can_be_had(house: House, http: aiohttp.ClientSession) -> None:
    tab, [agent] = await house.go_live()
    sound = "http://localhost:3000/bell.wav"
    address = door_url(house, agent, sound)
    asking = asyncio.create_task(_get(http, address, Range="bytes=0-"))
    await tab.expect("asset_wanted")
    await tab.socket.send(asset_frame(sound, "audio/wav", b"0123456789"))
    status, headers, body = await asking
    assert (status, body, headers["Content-Range"]) == (206, b"0123456789", "bytes 0-9/10")
    for asked, part in (("2-4", b"234"), ("7-99", b"789"), ("-3", b"789"), ("-99", b"0123456789")):
        status, headers, body = await _get(http, address, Range=f"bytes={asked}")
        assert (status, body) == (206, part)
    status, headers, body = await _get(http, address, Range="bytes=10-")
    assert (status, body, headers["Content-Range"]) == (416, b"", "bytes */10")
    for asked in ("bytes=0-1,3-4", "bytes=-", "lines=1-2"):
        status, headers, body = await _get(http, address, Range=asked)
        assert (status, body, headers["Accept-Ranges"]) == (200, b"0123456789", "bytes")


async def test_f11_of_an_empty_film_all_is_given(house: House, http: aiohttp.ClientSession) -> None:
    tab, [agent] = await house.go_live()
    film = "http://localhost:3000/gone.mp4"
    asking = asyncio.create_task(_get(http, door_url(house, agent, film), Range="bytes=0-"))
    await tab.expect("asset_wanted")
    await tab.socket.send(asset_frame(film, "video/mp4", b""))
    status, _, body = await asking
    assert (status, body) == (200, b"")


async def test_f11_without_the_token_or_after_the_end_there_is_nothing(
    house: House, http: aiohttp.ClientSession
) -> None:
    tab, [agent] = await house.go_live()
    address = door_url(house, agent, LOGO)
    assert (await _get(http, f"{house.url}/assets/guessed/{quote(LOGO, safe='')}"))[0] == 404
    assert (await _get(http, door_url(house, agent, "file:///etc/passwd")))[0] == 404
    asking = asyncio.create_task(_get(http, address))
    await tab.expect("asset_wanted")
    await tab.send("stopped")
    assert (await asking)[0] == 404
    assert (await _get(http, address))[0] == 404


async def test_x2_before_the_consent_no_asset_is_served(house: House, http: aiohttp.ClientSession) -> None:
    tab = await house.visitor()
    agent = await house.agent(await house.invite(tab.welcome["visitor"]["short_id"]))
    assert (await _get(http, door_url(house, agent, LOGO)))[0] == 404


async def test_f11_fonts_may_be_used_by_the_stage_only(house: House, http: aiohttp.ClientSession) -> None:
    tab, [agent] = await house.go_live()
    font = "http://localhost/f.woff2"
    asking = asyncio.create_task(_get(http, door_url(house, agent, font), Origin="null"))
    await tab.expect("asset_wanted")
    await tab.socket.send(asset_frame(font, "application/octet-stream", b"wOF2"))
    _, headers, _ = await asking
    assert headers["Content-Type"] == "font/woff2"
    assert headers["Access-Control-Allow-Origin"] == "null"
    _, headers, _ = await _get(http, door_url(house, agent, font), Origin="https://evil.example")
    assert "Access-Control-Allow-Origin" not in headers


async def _get(http: aiohttp.ClientSession, address: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    async with http.get(URL(address, encoded=True), headers=headers) as response:
        return response.status, dict(response.headers), await response.read()
