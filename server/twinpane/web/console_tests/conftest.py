"""Members who are logged in at a site, each in a browser of their own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from twinpane.actions.members import Invited, Inviter, invite, invite_first
from twinpane.live.clock import RealChance
from twinpane.web.conftest import Site
from twinpane_protocol.console_answers import Role
from yarl import URL

PASSWORD = "correct horse battery staple"
API = "/console/api"


@dataclass
class Browser:
    """One browser: keeps the cookie, and sends an Origin with what changes something, as browsers do."""

    site: Site
    http: aiohttp.ClientSession

    async def ask(self, method: str, path: str, body: Any = None, **options: Any) -> tuple[int, Any]:
        """Send a request to the console's API; status and JSON."""
        status, told, _ = await self.send(method, path, body, **options)
        return status, told

    async def send(
        self, method: str, path: str, body: Any = None, **options: Any
    ) -> tuple[int, Any, aiohttp.ClientResponse]:
        """As `ask`, with the response."""
        headers = ({"Origin": self.site.url} if method != "GET" else {}) | options.pop("headers", {})
        sent = options if body is None else options | {"json": body}
        async with self.http.request(method, self.site.url + API + path, headers=headers, **sent) as response:
            return response.status, await response.json(), response

    async def log_in(self, email: str, password: str = PASSWORD) -> tuple[int, Any]:
        """Log in."""
        return await self.ask("POST", "/log-in", {"email": email, "password": password})

    @property
    def cookie(self) -> str | None:
        """The secret of the log-in."""
        found = self.http.cookie_jar.filter_cookies(URL(self.site.url))
        return found["twinpane-console"].value if "twinpane-console" in found else None


OpenBrowser = Callable[[], Browser]
JoinAs = Callable[[Role], Awaitable[Browser]]


@pytest_asyncio.fixture
async def open_browser(site: Site) -> AsyncIterator[OpenBrowser]:
    opened: list[aiohttp.ClientSession] = []

    def opening() -> Browser:
        http = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))
        opened.append(http)
        return Browser(site, http)

    yield opening
    for http in opened:
        await http.close()


async def first_link(site: Site) -> Invited:
    invited = await invite_first(site.store, RealChance(), site.team, site.clock.now())
    assert invited is not None
    return invited


@pytest.fixture
def join_as(site: Site, open_browser: OpenBrowser) -> JoinAs:
    """A browser of a member with a role, who joins first if there is none. The first of all is an owner."""

    async def joining(role: Role) -> Browser:
        if await site.store.member_by_email(f"{role}@shop.example") is not None:
            browser = open_browser()
            assert (await browser.log_in(f"{role}@shop.example"))[0] == 200
            return browser
        if role != "owner" and not await site.store.members(site.team.id):
            await joining("owner")
        email = f"{role}@shop.example"
        if await site.store.members(site.team.id):
            invited = await invite(
                site.store, RealChance(), site.team, Inviter("test"), role, email, None, site.clock.now()
            )
        else:
            invited = await first_link(site)
        browser = open_browser()
        body = {"token": invited.token, "password": PASSWORD, "name": f"Zoë {role}", "email": email}
        status, told = await browser.ask("POST", "/join", body)
        assert status == 200, told
        assert told["member"]["role"] == role
        return browser

    return joining
