"""A read-only member's browser at every route of the whole app, not of the console alone. (Issue E, acceptance 8.)"""

from __future__ import annotations

import re
from typing import Any, cast

import pytest
from starlette.routing import BaseRoute, Route
from twinpane.web.conftest import AGENT, Site
from twinpane.web.console_tests.conftest import Browser, JoinAs
from twinpane.web.console_tests.test_roles import BODIES, OF_ONESELF, furnished, state_of
from twinpane_protocol.console_routes import PREFIX, ROUTES

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
ELSEWHERE = {
    "path": "sessions",
    "token": "x",
    "seat": "x",
    "url": "https://shop.example/a.css",
    "file": "watch-1.js",
    "name": "logo-1.png",
    "public_key": "abcdef1234",
    "version": "v1.4",
}
"""Values for parts of paths that name nothing of the team's."""
OPEN_TO_THE_WORLD = {"POST /join/{token}", "POST /last-words"}
"""They ask for a secret of another kind than a log-in, which a read-only member has not."""
REST_BODY: dict[str, Any] = AGENT | {"viewer": AGENT["agent"], "initial_url": "https://shop.example/"}


def asked(routes: list[BaseRoute]) -> list[tuple[str, str]]:
    """Every method of every route, with the route's path."""
    found = []
    for route in routes:
        if (router := getattr(route, "original_router", None)) is not None:
            found += asked(router.routes)
        else:
            methods = getattr(route, "methods", None)
            assert methods, f"{route} is no plain route: say here how to walk what is below it"
            found += [(method, cast(Route, route).path) for method in METHODS if method in methods]
    return found


def filled(path: str, parts: dict[str, str]) -> str:
    """A path with something in the place of each `{part}`. A part that is not known fails the test."""
    return re.sub(r"{(\w+)(?::\w+)?}", lambda named: (ELSEWHERE | parts)[named[1]], path)


async def sent(browser: Browser, method: str, path: str, body: Any) -> int:
    """As the member's browser sends it: with its cookie and Origin."""
    headers = {"Origin": browser.site.url} if method not in ("GET", "HEAD") else {}
    options = {} if body is None else {"json": body}
    address = browser.site.url + path
    async with browser.http.request(method, address, headers=headers, allow_redirects=False, **options) as response:
        await response.read()
        return response.status


@pytest.fixture
def everywhere(site: Site) -> list[tuple[str, str]]:
    found = asked(site.routes)
    console = {f"{route.method} {PREFIX}{route.path}" for route in ROUTES}
    assert console <= {f"{method} {path}" for method, path in found}, "the contract's routes are among them"
    assert len(found) > len(console) + 40, "and those of the REST API and the pages"
    return found


async def test_a_read_only_member_changes_nothing_at_any_route_of_the_app(
    site: Site, join_as: JoinAs, everywhere: list[tuple[str, str]]
) -> None:
    parts = await furnished(site, join_as)
    browser = await join_as("read-only")
    of_oneself = {f"{name.split()[0]} {PREFIX}{name.split()[1]}" for name in OF_ONESELF}
    for method, path in everywhere:
        name = f"{method} {path}"
        if name in of_oneself:
            continue
        body = None
        if method not in ("GET", "HEAD"):
            body = BODIES.get(name.replace(PREFIX, "")) or REST_BODY
        before = state_of(site)
        status = await sent(browser, method, filled(path, parts), body)
        assert state_of(site) == before, name
        assert status < 500, (name, status)
        needs_more = method not in ("GET", "HEAD") and name not in OPEN_TO_THE_WORLD
        assert not needs_more or status >= 400, (name, status)
    assert await sent(browser, "GET", f"{PREFIX}/me", None) == 200, "still logged in"


async def test_the_walk_notices_a_route_that_changes_something(site: Site, join_as: JoinAs) -> None:
    """The same requests of an owner change the store at many routes: it is the role that holds the others back."""
    parts = await furnished(site, join_as)
    browser = await join_as("owner")
    changed = set()
    for method, path in asked(site.routes):
        name = f"{method} {path}".replace(PREFIX, "")
        if method == "GET" or name not in {route.name for route in ROUTES} or name == "POST /log-out":
            continue
        before = state_of(site)
        await sent(browser, method, filled(path, parts), BODIES.get(name))
        changed |= {name} if state_of(site) != before else set()
    assert {
        "PATCH /settings",
        "POST /keys",
        "PATCH /team",
        "POST /invitations",
        "DELETE /webhooks/{webhook_id}",
    } <= changed
