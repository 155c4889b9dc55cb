"""`POST visitors/:id/viewer_token` (R17)."""

from __future__ import annotations

from twinpane.web.conftest import OpenSite, Site

PATH = "/v1.4/visitors/AAAA2222/viewer_token"
BODY = {"viewer": {"id": "7", "name": "Zoë"}}


async def test_r17_token_opens_the_viewer_at_the_endpoint_once(site: Site) -> None:
    site.visitor()
    status, told, _ = await site.ask("POST", PATH, json=BODY | {"permissions": {"allow_type": False}})
    assert status == 200, told
    assert set(told) == {"status", "token", "endpoint", "region", "short_id", "session_id", "expires_at"}
    assert (told["endpoint"], told["region"], told["short_id"]) == (site.url, "default", "AAAA2222")
    assert told["expires_at"] == "2026-01-01T00:01:00.000Z"
    assert site.live.session_id_of(site.team.id, "AAAA2222") == told["session_id"]
    statuses = [(await site.send("GET", f"/watch/{told['token']}"))[0] for _ in range(2)]
    assert statuses == [200, 410]
    record = await site.store.session(site.team.id, told["session_id"])
    assert record is not None
    [seat] = record.agents
    assert (seat.agent_id, seat.agent_name, seat.permissions.allow_type) == ("7", "Zoë", False)
    assert told["token"] not in repr(seat)


async def test_r17_endpoint_and_region_are_the_operators(open_site: OpenSite) -> None:
    async with open_site(viewer_endpoint="https://eu.help.example", region="eu") as site:
        site.visitor()
        _, told, _ = await site.ask("POST", PATH, json=BODY)
        assert (told["endpoint"], told["region"]) == ("https://eu.help.example", "eu")


async def test_r17_viewer_is_required_and_known_scopes_are_needed(site: Site) -> None:
    site.visitor()
    status, told, _ = await site.ask("POST", PATH, json={"agent": BODY["viewer"]})
    assert (status, list(told["fields"])) == (422, ["viewer"])
    assert (await site.ask("POST", PATH, json=BODY, key=await site.key_with("read")))[0] == 403
    assert (await site.ask("POST", "/v1.4/visitors/ZZZZ9999/viewer_token", json=BODY))[0] == 404
