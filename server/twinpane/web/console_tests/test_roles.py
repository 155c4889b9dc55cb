"""Every route of the console, tried by everybody: who may not, changes nothing and sees nothing."""

from __future__ import annotations

import copy
from typing import Any

import msgspec
import pytest
from twinpane.access.roles import reaches
from twinpane.actions.members import Inviter, invite
from twinpane.live.clock import RealChance
from twinpane.web.conftest import Site
from twinpane.web.console_tests.conftest import PASSWORD, Browser, JoinAs, OpenBrowser
from twinpane.web.test_api_recording import recorded
from twinpane_protocol.console_answers import ROLES, Nothing, Role
from twinpane_protocol.console_routes import ROUTES, Route

NEW_PASSWORD = "another horse battery"
RECORDED = "s-recorded"
BODIES: dict[str, Any] = {
    "POST /log-in": {"email": "read-only@shop.example", "password": PASSWORD},
    "POST /log-in/oidc/back": {"state": "x", "code": "y"},
    "POST /invitation": {"token": "x"},
    "POST /join": {"token": "x", "password": PASSWORD, "name": "Eve", "email": "eve@evil.example"},
    "PATCH /me": {"name": "Eve"},
    "POST /me/password": {"current": PASSWORD, "password": NEW_PASSWORD},
    "PATCH /members/{member_id}": {"role": "agent"},
    "POST /invitations": {"role": "agent", "email": "eve@evil.example"},
    "POST /visitors/{short_id}/watch": {"permissions": {"allow_type": False}},
    "POST /lookup": {"code": "12 34"},
    "POST /sessions/{session_id}/notes": {"text": "Wants blue."},
    "POST /proxy_sessions": {"initial_url": "https://shop.example/"},
    "PATCH /settings": {"settings": {"maskAll": True}, "allowed_domains": ["shop.example"]},
    "PATCH /team": {"name": "Slow Pour"},
    "POST /keys": {"name": "new", "scopes": ["admin"]},
    "POST /webhooks": {"url": "https://shop.example/hook"},
}
OF_ONESELF = {"POST /log-in", "POST /log-out", "POST /me/password"}
"""What anybody may change: their own log-in and password."""
BY_PROXY = "POST /proxy_sessions"
"""503 here, without a domain for proxied sites; tried with one in `proxy_tests/test_console.py`."""
BY_PROVIDER = {"POST /log-in/oidc", "POST /log-in/oidc/back"}
"""404 here, where there is no provider; tried with one in `oidc`."""


async def furnished(site: Site, join_as: JoinAs) -> dict[str, str]:
    """One of each thing that a route may name; the parts of paths that name them."""
    await join_as("owner")
    await join_as("admin")
    admin = await site.store.member_by_email("admin@shop.example")
    assert admin is not None
    await site.watch_url()
    _, told, _ = await site.ask("GET", "/v1.4/sessions")
    session_id = told["sessions"][0]["id"]
    await site.store.add_note(session_id, "Zoë", "a note", site.clock.now())
    hook = await site.deliveries.add(site.team.id, "https://shop.example/other")
    [key] = await site.store.rest_keys(site.team.id)
    by, now = Inviter("Zoë"), site.clock.now()
    invited = await invite(site.store, RealChance(), site.team, by, "agent", "bo@shop.example", None, now)
    await recorded(site, RECORDED, "BBBB3333")
    return {
        "member_id": str(admin.id),
        "invitation_id": str(invited.invitation.id),
        "short_id": "AAAA2222",
        "session_id": session_id,
        "key_id": str(key.id),
        "webhook_id": hook.id,
    }


def state_of(site: Site) -> dict[str, Any]:
    """Everything that the store remembers, but when somebody was seen."""
    kept = copy.deepcopy(vars(site.store))
    kept.pop("_numbers", None)
    kept.pop("_note_numbers", None)
    return kept | {"sessions": site.live.session_count(site.team.id)}


async def tried(browser: Browser, route: Route, parts: dict[str, str]) -> tuple[int, Any]:
    of_recording = route.path.endswith(("/replay", "/recording"))
    path = route.path.format(**parts | ({"session_id": RECORDED} if of_recording else {}))
    return await browser.ask(route.method, path, BODIES.get(route.name))


def test_every_route_with_a_body_is_tried_with_one_that_it_takes() -> None:
    assert set(BODIES) == {route.name for route in ROUTES if route.body is not Nothing}
    for route in ROUTES:
        if route.body is not Nothing:
            msgspec.convert(BODIES[route.name], route.body)


async def test_nobody_sees_or_changes_anything_without_a_log_in(
    site: Site, join_as: JoinAs, open_browser: OpenBrowser
) -> None:
    parts, stranger = await furnished(site, join_as), open_browser()
    before = state_of(site)
    for route in ROUTES:
        status, told = await tried(stranger, route, parts)
        if route.needs is not None:
            assert (status, told) == (
                401,
                {"status": "error", "error": "not_logged_in", "message": "Nobody is logged in here."},
            ), route.name
        elif route.name in BY_PROVIDER:
            assert status == 404, route.name
        elif route.name != "GET /log-in":
            assert status in (401, 410), route.name
    assert state_of(site) == before


@pytest.mark.parametrize("role", ROLES)
async def test_a_role_changes_nothing_beyond_what_it_reaches(site: Site, join_as: JoinAs, role: Role) -> None:
    parts = await furnished(site, join_as)
    browser = await join_as(role)
    for route in ROUTES:
        if route.needs is None or reaches(role, route.needs):
            continue
        before = state_of(site)
        status, told = await tried(browser, route, parts)
        assert (status, told["error"]) == (403, "forbidden"), route.name
        assert state_of(site) == before, route.name


async def test_a_read_only_member_can_change_nothing_by_any_route(site: Site, join_as: JoinAs) -> None:
    parts = await furnished(site, join_as)
    browser = await join_as("read-only")
    for route in ROUTES:
        if route.name in OF_ONESELF:
            continue
        before = state_of(site)
        status, told = await tried(browser, route, parts)
        assert state_of(site) == before, route.name
        assert status == 403 or route.method == "GET" or route.needs is None, (route.name, told)
    assert (await browser.ask("GET", "/me"))[0] == 200


async def test_every_route_answers_what_the_contract_says(site: Site, join_as: JoinAs) -> None:
    """An owner tries them all; what would end the log-in or another's thing comes last."""
    parts = await furnished(site, join_as)
    browser = await join_as("owner")
    last = {"POST /log-out": 3, "DELETE /visitors/{short_id}": 2, "DELETE /sessions/{session_id}": 1}
    for route in sorted(ROUTES, key=lambda route: (last.get(route.name, 0), route.method == "DELETE")):
        if route.name in ("POST /invitation", "POST /join", "POST /log-in", "POST /lookup") or route.name in (
            *BY_PROVIDER,
            BY_PROXY,
        ):
            continue
        status, told = await tried(browser, route, parts)
        assert status == 200, (route.name, told)
        assert told.pop("status") == "ok"
        answer = msgspec.convert(told, route.answer)
        assert strip(told) == strip(msgspec.to_builtins(answer)), route.name


def strip(told: Any) -> Any:
    """Without what is left out when it is null."""
    if isinstance(told, dict):
        return {name: strip(value) for name, value in told.items() if value is not None}
    return [strip(each) for each in told] if isinstance(told, list) else told
