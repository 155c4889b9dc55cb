"""`GET visitors/:id` (R12, R30, R31)."""

from __future__ import annotations

import pytest

from twinpane.ports.records import PageView
from twinpane.web.conftest import Site

FIELDS = {
    *("short_id", "unique_id", "identities", "tags", "email", "integration_ids", "integration", "lookup_code"),
    *("is_online", "is_in_session", "is_supported", "is_waiting_for_call", "js_configuration", "added_at"),
    *("first_seen_at", "last_seen_at", "last_url", "last_title", "browser_name", "device_name", "device_type"),
    *("ip_address", "location_city", "location_country", "location_country_name", "call_name", "metadata"),
    *("api_key", "watch_link", "sessions", "_type"),
}
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/17.0 Mobile/15E148 Safari/604.1"
)


async def test_r30_visitor_is_complete(site: Site) -> None:
    site.visitor(
        "AAAA2222",
        unique_id="u1",
        identities=["Zoë", "zoe@acme.example"],
        tags=["vip"],
        integration_ids=["crm:42"],
        metadata={"plan": "pro", "seats": 3, "vip": True},
        user_agent=IPHONE,
        ip_address="1.1.1.1",
        last_url="https://shop.example/",
        last_title="Shop",
    )
    status, told, _ = await site.ask("GET", "/v1.4/visitors/AAAA2222")
    visitor = told["visitor"]
    assert status == 200
    assert set(visitor) == FIELDS
    assert visitor["_type"] == "visitor"
    assert (visitor["email"], visitor["integration"], visitor["api_key"]) == ("zoe@acme.example", "crm", "abcdef1234")
    assert (visitor["browser_name"], visitor["device_name"]) == ("Mobile Safari", "iPhone")
    assert visitor["device_type"] == "mobile"
    assert visitor["metadata"] == {"plan": "pro", "seats": 3, "vip": True}
    assert visitor["first_seen_at"] == visitor["added_at"] == visitor["last_seen_at"] == "2026-01-01T00:00:00.000Z"
    assert visitor["watch_link"] == f"{site.url}/w/AAAA2222"
    assert (visitor["is_online"], visitor["is_in_session"], visitor["lookup_code"]) == (False, False, None)


async def test_r31_recent_sessions_come_with_their_agents(site: Site) -> None:
    path = await site.watch_url(metadata={"order": 7}, permissions={"allow_type": False})
    await site.send("GET", path)
    _, told, _ = await site.ask("GET", "/v1.4/visitors/AAAA2222")
    [session] = told["visitor"]["sessions"]
    assert told["visitor"]["is_in_session"]
    assert (session["_type"], session["visitor_id"], session["ended_at"]) == ("session", "AAAA2222", None)
    assert (session["went_live"], session["length_seconds"], session["formatted_length"]) == (False, 0, "0:00")
    assert (session["metadata"], session["permissions"]["allow_type"]) == ({"order": 7}, False)
    [agent] = session["agents"]
    assert (agent["name"], agent["agent_identifier"]) == ("Zoë", "7")
    assert set(agent) == {"id", "name", "agent_identifier", "joined_at", "left_at"}
    assert "token" not in str(told)


@pytest.mark.parametrize("short_id", ["BBBB2222", "aaaa2222", "x", "AAAA2222x", "%20"])
async def test_r3_unknown_visitor_is_not_found(site: Site, short_id: str) -> None:
    site.visitor("AAAA2222")
    status, told, _ = await site.ask("GET", f"/v1.4/visitors/{short_id}")
    assert (status, told["error"]) == (404, "not_found")


async def test_r12_visitor_of_another_team_is_not_found(site: Site) -> None:
    site.visitor("AAAA2222")
    status, told, _ = await site.ask("GET", "/v1.4/visitors/AAAA2222", key=await site.other_team_key())
    assert (status, told["error"]) == (404, "not_found")


async def test_r12_pageviews_come_when_asked_for(site: Site) -> None:
    short_id = site.visitor()
    view = PageView(url="https://shop.example/", title="Shop", viewed_at=site.clock.now())
    await site.store.add_page_views(site.team.id, short_id, [view])
    _, told, _ = await site.ask("GET", f"/v1.4/visitors/{short_id}?with_history=true")
    assert told["visitor"]["pageviews"] == [
        {"url": "https://shop.example/", "title": "Shop", "viewed_at": "2026-01-01T00:00:00.000Z"}
    ]
    assert "pageviews" not in (await site.ask("GET", f"/v1.4/visitors/{short_id}"))[1]["visitor"]
