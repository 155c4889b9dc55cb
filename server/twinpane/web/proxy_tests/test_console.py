"""A member starts a proxy session in the console (R18)."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from aiohttp import web
from twinpane.actions.members import invite_first
from twinpane.web.proxy_tests.conftest import NAVIGATION, House


async def joined(house: House) -> dict[str, str]:
    """The headers of a member's browser."""
    invited = await invite_first(house.live._world.store, house.live._world.chance, house.team, house.clock.now())
    assert invited is not None
    body = {"token": invited.token, "name": "Zoë", "email": "zoe@shop.example", "password": "correct horse battery"}
    own = {"Origin": house.api}
    async with house.http.post(f"{house.api}/console/api/join", json=body, headers=own) as answer:
        assert answer.status == 200, await answer.text()
        return own | {"Cookie": answer.headers["Set-Cookie"].partition(";")[0]}


async def test_r18_a_member_gets_a_link_that_opens_the_site_for_the_visitor(open_house: Any, serve_site: Any) -> None:
    async def page(request: web.Request) -> web.Response:
        return web.Response(text="hello", content_type="text/plain")

    async with open_house() as house, serve_site({"/a": page}) as origin:
        member = await joined(house)

        async def asked(body: dict[str, str]) -> tuple[int, Any]:
            url = f"{house.api}/console/api/proxy_sessions"
            async with house.http.post(url, json=body, headers=member) as answer:
                return answer.status, await answer.json()

        status, told = await asked({"initial_url": f"{origin}/a", "unique_id": "u1"})
        assert status == 200, told
        opened = await house.ask(told["url"], headers=NAVIGATION)
        assert opened.status == 302
        assert (await house.ask(opened.headers["Location"], headers=NAVIGATION)).text == "hello"
        assert urlsplit(told["url"]).netloc.startswith(told["proxy_session_id"])
        assert house.live.browsings.get(told["proxy_session_id"]).wanted.unique_id == "u1"
        status, told = await asked({"initial_url": "http://169.254.169.254/"})
        assert (status, list(told["fields"])) == (422, ["initial_url"])
        status, told = await asked({"initial_url": "ftp://a.example/"})
        assert (status, list(told["fields"])) == (422, ["initial_url"])
