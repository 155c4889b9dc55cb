"""What agents see of proxied pages comes with the visitor's cookies, and only to that visitor's agents (F11, P4)."""

from __future__ import annotations

from typing import Any

from aiohttp import web
from twinpane.live.browsing_places import asset_way, is_proxied_for

from .conftest import NAVIGATION


async def private(request: web.Request) -> web.Response:
    if request.cookies.get("session") != "secret":
        raise web.HTTPForbidden
    if request.path == "/moved":
        raise web.HTTPFound("/a.png?x=%20")
    return web.Response(body=b"image " + request.raw_path.encode(), content_type="image/png")


async def login(request: web.Request) -> web.Response:
    return web.Response(headers={"Set-Cookie": "session=secret; HttpOnly"})


async def test_f11_a_proxied_asset_is_fetched_with_the_visitors_cookies(open_house: Any, serve_site: Any) -> None:
    async with serve_site({"/login": login, "/{any:.*}": private}) as site, open_house() as house:
        origin = await house.open(f"{site}/")
        await house.ask(f"{origin}/login", headers=NAVIGATION)
        browsing = house.live.browsings.get(origin.removeprefix("http://")[:12])
        short_id = browsing.wanted.visitor.short_id
        ask = asset_way(house.world, house.live.browsings, house.team.id, short_id)
        for path in ("/a.png?x=%20", "/moved"):
            fetched = await ask(f"{origin}{path}")
            assert (fetched.status, fetched.body) == (200, b"image /a.png?x=%20")
            assert fetched.url == f"{origin}/a.png?x=%20"
        assert await ask(f"{site}/a.png") is None
        other = asset_way(house.world, house.live.browsings, house.team.id, "OTHER222")
        assert await other(f"{origin}/a.png") is None
        foreign = asset_way(house.world, house.live.browsings, house.team.id + 1, short_id)
        assert await foreign(f"{origin}/a.png") is None


async def test_w8_pages_of_a_teams_own_proxy_sessions_may_connect(open_house: Any) -> None:
    async with open_house() as house:
        origin = await house.open("https://www.example.com/")
        base, browsings = house.desk.base, house.live.browsings
        assert is_proxied_for(base, browsings, house.team.id, origin)
        assert not is_proxied_for(base, browsings, house.team.id + 1, origin)
        assert not is_proxied_for(base, browsings, house.team.id, "https://www.example.com")
        assert not is_proxied_for(base, browsings, house.team.id, None)
