"""Requests and answers as the site and the browser see them (P3, P4)."""

from __future__ import annotations

import asyncio
import gzip
import json
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from .conftest import FETCH, NAVIGATION


async def echo(request: web.Request) -> web.Response:
    """What the site was asked."""
    headers = {name.lower(): value for name, value in request.headers.items()}
    body = (await request.read()).decode("latin-1")
    return web.json_response({"method": request.method, "path": request.raw_path, "headers": headers, "body": body})


async def told(answer: Any) -> Any:
    assert answer.status == 200, answer
    return json.loads(answer.body)


async def test_p3_the_site_is_asked_for_the_very_path_and_query(open_house: Any, serve_site: Any) -> None:
    async with serve_site({"/{any:.*}": echo}) as site, open_house() as house:
        origin = await house.open(f"{site}/")
        for path in ("/", "/a/./b//c", "/%7Euser/%2f?q=%C3%A4&b=a+b&&x", "/x?a=http://y/;z", "/|{}?'(\"", "/a%00b"):
            assert (await told(await house.ask(origin + path)))["path"] == path


async def test_p3_the_site_sees_its_own_host_origin_and_referrer_and_nothing_of_us(
    open_house: Any, serve_site: Any
) -> None:
    async with serve_site({"/{any:.*}": echo}) as site, open_house() as house:
        origin = await house.open(f"{site}/")
        sent = {
            **FETCH,
            "Origin": origin,
            "Referer": f"{origin}/page?x=1",
            "X-Forwarded-For": "10.0.0.1",
            "Via": "us",
            "Connection": "keep-alive, X-Hop",
            "X-Hop": "1",
            "X-Custom": "ä",
            "Authorization": "Bearer t",
        }
        seen = (await told(await house.ask(f"{origin}/api", headers=sent)))["headers"]
        assert seen["host"] == site.removeprefix("http://")
        assert (seen["origin"], seen["referer"]) == (site, f"{site}/page?x=1")
        assert (seen["x-custom"], seen["authorization"]) == ("ä", "Bearer t")
        assert seen["sec-fetch-site"] == "same-origin"
        assert not {"cookie", "x-forwarded-for", "via", "x-hop"} & set(seen)
        assert "px.localhost" not in str(seen)


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"])
async def test_p3_methods_pass(open_house: Any, serve_site: Any, method: str) -> None:
    async with serve_site({"/{any:.*}": echo}) as site, open_house() as house:
        origin = await house.open(f"{site}/")
        body = b"x=1" if method in ("POST", "PUT", "PATCH") else None
        answer = await house.ask(f"{origin}/m", method=method, data=body)
        assert answer.status == 200
        if method == "HEAD":
            assert answer.body == b""
            assert int(answer.headers["Content-Length"]) > 50
        else:
            seen = await told(answer)
            assert (seen["method"], seen["body"]) == (method, (body or b"").decode())


async def test_p3_redirects_go_back_to_the_browser_with_our_addresses(open_house: Any, serve_site: Any) -> None:
    async def away(request: web.Request) -> web.Response:
        return web.Response(status=307, headers={"Location": request.query["to"]})

    async with serve_site({"/go": away}) as site, open_house() as house:
        origin = await house.open(f"{site}/")
        for to, location in (
            ("/here?x", "/here?x"),
            ("https://www.example.com/x#y", house.proxied(origin, "https://www.example.com") + "/x#y"),
            ("http://127.0.0.1:8/", house.proxied(origin, "http://127.0.0.1:8") + "/"),
        ):
            answer = await house.ask(f"{origin}/go?to={to.replace('#', '%23')}", headers=NAVIGATION)
            assert (answer.status, answer.headers["Location"]) == (307, location)


async def test_p4_cookies_stay_with_us_and_go_to_their_site_alone(open_house: Any, serve_site: Any) -> None:
    async def login(request: web.Request) -> web.Response:
        answer = web.Response(text="in")
        answer.headers.add("Set-Cookie", "session=secret; HttpOnly; Path=/")
        answer.headers.add("Set-Cookie", "seen=1; Path=/")
        return answer

    async with (
        serve_site({"/login": login, "/{any:.*}": echo}) as site,
        serve_site({"/{any:.*}": echo}, "127.0.0.2") as other,
        open_house() as house,
    ):
        origin = await house.open(f"{site}/")
        answer = await house.ask(f"{origin}/login")
        assert not any("session" in line for line in answer.headers.getall("Set-Cookie", []))
        assert (await told(await house.ask(f"{origin}/a")))["headers"]["cookie"] == "session=secret; seen=1"
        without = await told(await house.ask(f"{origin}/a", cookies=False))
        assert "cookie" not in without["headers"]
        elsewhere = await told(await house.ask(house.proxied(origin, other) + "/"))
        assert "cookie" not in elsewhere["headers"]
        second = await house.open(f"{site}/")
        assert "cookie" not in (await told(await house.ask(f"{second}/a")))["headers"]


async def test_p3_scripts_cookies_are_written_before_the_request_they_ride_on(open_house: Any, serve_site: Any) -> None:
    async with serve_site({"/{any:.*}": echo}) as site, open_house() as house:
        origin = await house.open(f"{site}/")
        sid = origin.removeprefix("http://")[:12]
        house.cookies |= {f"tpw_{sid}_9": "a%3D1%3B%20path%3D%2F", f"tpw_{sid}_10": "a%3D2%3B%20path%3D%2F"}
        assert (await told(await house.ask(f"{origin}/x")))["headers"]["cookie"] == "a=2"
        assert not [name for name in house.cookies if name.startswith("tpw_")]
        version = int(house.cookies[f"tpv_{sid}"])
        known = await told(await house.ask(f"{origin}/__tp/cookies?path=/"))
        assert known == {"cookies": "a=2", "version": version}
        written = await told(
            await house.ask(f"{origin}/__tp/cookies?path=/", method="POST", data=b'{"writes": ["b=3; path=/"]}')
        )
        assert written["cookies"] == "a=2; b=3"
        assert written["version"] > version
        cross = {**FETCH, "Sec-Fetch-Site": "same-site"}
        assert (await house.ask(f"{origin}/__tp/cookies?path=/", headers=cross)).status == 403
        assert (await house.ask(f"{origin}/__tp/cookies?path=/", cookies=False)).status == 403


async def test_p3_ranges_and_packed_bodies_pass_untouched(open_house: Any, serve_site: Any) -> None:
    film = bytes(range(256)) * 100
    packed = gzip.compress(b"data" * 1000)

    async def ranged(request: web.Request) -> web.Response:
        part = request.http_range
        body = film[part]
        head = {"Content-Range": f"bytes {part.start}-{part.stop - 1}/{len(film)}", "Accept-Ranges": "bytes"}
        return web.Response(status=206, body=body, headers=head, content_type="video/mp4")

    async def packed_json(request: web.Request) -> web.Response:
        return web.Response(body=packed, headers={"Content-Encoding": "gzip"}, content_type="application/json")

    async with serve_site({"/film": ranged, "/data": packed_json}) as site, open_house() as house:
        origin = await house.open(f"{site}/")
        answer = await house.ask(f"{origin}/film", headers={**FETCH, "Range": "bytes=100-299"})
        assert (answer.status, answer.body) == (206, film[100:300])
        assert answer.headers["Content-Range"] == f"bytes 100-299/{len(film)}"
        answer = await house.ask(f"{origin}/data")
        assert (answer.headers["Content-Encoding"], answer.body) == ("gzip", packed)


async def test_p3_what_is_not_modified_is_not_sent_again(open_house: Any, serve_site: Any) -> None:
    async def tagged(request: web.Request) -> web.Response:
        same = request.headers.get("If-None-Match") == '"v1"'
        return web.Response(status=304 if same else 200, headers={"ETag": '"v1"'}, text="" if same else "body")

    async with serve_site({"/t": tagged}) as site, open_house() as house:
        origin = await house.open(f"{site}/")
        tag = (await house.ask(f"{origin}/t")).headers["ETag"]
        again = await house.ask(f"{origin}/t", headers={**FETCH, "If-None-Match": tag})
        assert (again.status, again.body, again.headers["ETag"]) == (304, b"", tag)


async def test_p3_events_arrive_as_they_are_sent_and_end_when_the_browser_goes(
    open_house: Any, serve_site: Any
) -> None:
    gone = asyncio.Event()
    proceed = asyncio.Event()

    async def events(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await answer.prepare(request)
        try:
            await answer.write(b"data: 1\n\n")
            await proceed.wait()
            await answer.write(b"data: 2\n\n")
            await asyncio.Event().wait()
        finally:
            gone.set()
        return answer

    async with serve_site({"/events": events}) as site, open_house() as house:
        origin = await house.open(f"{site}/")
        async with house.request(f"{origin}/events") as response:
            assert await response.content.readuntil(b"\n\n") == b"data: 1\n\n"
            proceed.set()
            assert await response.content.readuntil(b"\n\n") == b"data: 2\n\n"
            response.close()
        async with asyncio.timeout(5):
            await gone.wait()


async def test_p3_large_bodies_pass_both_ways_a_piece_at_a_time(open_house: Any, serve_site: Any) -> None:
    most = 0
    size = 40_000_000

    async def take(request: web.Request) -> web.Response:
        nonlocal most
        count = 0
        async for chunk in request.content.iter_any():
            count += len(chunk)
            most = max(most, len(chunk))
        return web.Response(text=str(count))

    async def give(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse(headers={"Content-Length": str(size)})
        await answer.prepare(request)
        for _ in range(size // 100_000):
            await answer.write(bytes(100_000))
        return answer

    async def pieces() -> Any:
        for _ in range(size // 100_000):
            yield bytes(100_000)

    async with serve_site({"/take": take, "/give": give}) as site, open_house() as house:
        origin = await house.open(f"{site}/")
        sent = {**FETCH, "Content-Length": str(size)}
        assert (await house.ask(f"{origin}/take", method="POST", headers=sent, data=pieces())).text == str(size)
        assert (await house.ask(f"{origin}/take", method="POST", data=pieces())).text == str(size)
        assert most < 1_000_000
        async with house.request(f"{origin}/give") as response:
            count = 0
            async for chunk in response.content.iter_any():
                count += len(chunk)
            assert count == size


async def test_p5_bodies_over_the_limits_are_told(open_house: Any, serve_site: Any) -> None:
    async def give(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse()
        await answer.prepare(request)
        for _ in range(30):
            await answer.write(bytes(100_000))
        return answer

    async def pieces() -> Any:
        for _ in range(30):
            yield bytes(100_000)

    async def named(request: web.Request) -> web.Response:
        return web.Response(body=bytes(1_000_001))

    async with (
        serve_site({"/give": give, "/named": named, "/{any:.*}": echo}) as site,
        open_house(max_upload_bytes=500_000, max_response_bytes=1_000_000) as house,
    ):
        origin = await house.open(f"{site}/")
        told = await house.ask(f"{origin}/x", method="POST", data=bytes(600_000))
        assert (told.status, told.headers["X-Twinpane-Error"]) == (413, "too_large")
        told = await house.ask(f"{origin}/x", method="POST", data=pieces())
        assert (told.status, told.headers["X-Twinpane-Error"]) == (413, "too_large")
        told = await house.ask(f"{origin}/named", headers=NAVIGATION)
        assert (told.status, told.headers["X-Twinpane-Error"]) == (413, "too_large")
        with pytest.raises(aiohttp.ClientPayloadError):
            await house.ask(f"{origin}/give")
