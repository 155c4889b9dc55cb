"""A member looks into a session that runs: they see the picture, and can do nothing."""

from __future__ import annotations

from twinpane.access.permissions import PERMISSION_NAMES
from twinpane.web.conftest import OpenSite, Site
from twinpane.web.console_tests.conftest import JoinAs

WATCH = "/visitors/AAAA2222/watch"


async def test_who_only_looks_joins_what_runs_with_the_picture_alone(site: Site, join_as: JoinAs) -> None:
    browser = await join_as("agent")
    site.visitor()
    status, told = await browser.ask("POST", WATCH, {"look": True})
    assert (status, told["message"]) == (404, "No session runs with this visitor.")
    assert (await browser.ask("POST", WATCH, {}))[0] == 200
    assert (await browser.ask("POST", WATCH, {"look": True, "permissions": {"allow_click": True}}))[0] == 200
    [record] = await site.store.sessions_of(site.team.id, "AAAA2222", 5)
    working, looking = record.agents
    assert working.permissions.allow_click
    assert not any(getattr(looking.permissions, name) for name in PERMISSION_NAMES)
    assert (working.branding, looking.branding) == ({}, {"naked": "page_only"})
    assert working.agent_id == looking.agent_id


async def test_our_own_pages_show_the_watch_page_whoever_else_may(open_site: OpenSite) -> None:
    for sources, policy in (
        ((), "frame-ancestors 'self'"),
        (("'none'",), "frame-ancestors 'self'"),
        (("https://crm.example",), "frame-ancestors https://crm.example 'self'"),
        (("*",), "frame-ancestors *"),
    ):
        async with open_site(frame_ancestors=sources) as site:
            for path in (await site.watch_url(), "/watch/of-nobody"):
                _, _, response = await site.send("GET", path)
                directives = response.headers["Content-Security-Policy"].split("; ")
                assert policy in directives, path
