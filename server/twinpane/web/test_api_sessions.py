"""`GET sessions`, `GET sessions/:id`, `DELETE sessions/:id` (R19, R31)."""

from __future__ import annotations

import pytest

from twinpane.web.conftest import AGENT, Site


async def start(site: Site, short_id: str = "AAAA2222", agent: str = "7") -> str:
    site.visitor(short_id)
    body = {"agent": {"id": agent, "name": "Zoë"}, "metadata": {"order": 7}}
    _, told, _ = await site.ask("POST", f"/v1.4/visitors/{short_id}/watch_url", json=body)
    return str(told["session_id"])


async def test_r31_session_has_all_fields(site: Site) -> None:
    id_ = await start(site)
    status, told, _ = await site.ask("GET", f"/v1.4/sessions/{id_}.json")
    assert (status, told["status"]) == (200, "ok")
    shape = told["session"]
    [agent] = shape.pop("agents")
    assert set(agent) == {"id", "name", "agent_identifier", "joined_at", "left_at"}
    assert shape.pop("permissions")["allow_click"] is True
    assert shape == {
        "_type": "session",
        "id": id_,
        "visitor_id": "AAAA2222",
        "started_at": "2026-01-01T00:00:00.000Z",
        "ended_at": None,
        "went_live": False,
        "end_reason": None,
        "length_seconds": 0,
        "formatted_length": "0:00",
        "features_used": [],
        "metadata": {"order": 7},
        "recording": None,
    }


async def test_r19_list_is_newest_first_with_filters_and_cursor(site: Site) -> None:
    first = await start(site)
    site.clock.advance(60)
    second = await start(site, "BBBB3333", "8")
    await site.ask("DELETE", f"/v1.4/sessions/{first}")

    async def listed(query: str) -> list[str]:
        status, told, _ = await site.ask("GET", f"/v1.4/sessions?{query}")
        assert status == 200, told
        return [session["id"] for session in told["sessions"]]

    assert await listed("") == [second, first]
    assert await listed("visitor=AAAA2222") == [first]
    assert await listed("agent=8") == [second]
    assert await listed("active=true") == [second]
    assert await listed("active=false") == [first]
    assert await listed("from=2026-01-01T00:00:30Z") == [second]
    assert await listed("to=2026-01-01T01:00:30%2B01:00") == [first]
    assert await listed("from=2026-01-01&to=2026-01-02") == [second, first]
    _, told, _ = await site.ask("GET", "/v1.4/sessions?max_results=1")
    assert await listed(f"max_results=1&cursor={told['next_cursor']}") == [first]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("active=perhaps", "active"),
        ("from=yesterday", "from"),
        ("from=2026", "from"),
        ("to=0.5", "to"),
        ("to=9999-12-31T23:59:59-10:00", "to"),
        ("cursor=nothing", "cursor"),
        ("max_results=0", "max_results"),
        ("max_results=501", "max_results"),
    ],
)
async def test_r19_bad_filter_is_named(site: Site, query: str, field: str) -> None:
    status, told, _ = await site.ask("GET", f"/v1.4/sessions?{query}")
    assert (status, told["error"], list(told["fields"])) == (422, "invalid_request", [field])


async def test_r19_session_ends_once_and_ending_it_again_is_fine(site: Site) -> None:
    id_ = await start(site)
    for _ in range(2):
        assert (await site.ask("DELETE", f"/v1.4/sessions/{id_}"))[:2] == (200, {"status": "ok"})
    assert site.live.session_id_of(site.team.id, "AAAA2222") is None
    again = await start(site)
    await site.ask("DELETE", f"/v1.4/sessions/{id_}")
    assert site.live.session_id_of(site.team.id, "AAAA2222") == again
    _, told, _ = await site.ask("GET", f"/v1.4/sessions/{id_}")
    assert told["session"]["end_reason"] == "agent_stopped"


async def test_r19_session_of_another_team_is_not_found(site: Site) -> None:
    id_ = await start(site)
    key = await site.other_team_key()
    for method in ("GET", "DELETE"):
        assert (await site.ask(method, f"/v1.4/sessions/{id_}", key=key))[0] == 404
        assert (await site.ask(method, "/v1.4/sessions/nothing"))[0] == 404
    assert (await site.ask("GET", "/v1.4/sessions", key=key))[1]["sessions"] == []
    assert site.live.session_id_of(site.team.id, "AAAA2222") == id_


async def test_r2_reading_sessions_and_ending_them_are_two_scopes(site: Site) -> None:
    id_ = await start(site)
    reader, starter = await site.key_with("read"), await site.key_with("sessions")
    assert (await site.ask("GET", f"/v1.4/sessions/{id_}", key=starter))[0] == 403
    assert (await site.ask("GET", "/v1.4/sessions", key=starter))[0] == 403
    assert (await site.ask("DELETE", f"/v1.4/sessions/{id_}", key=reader))[0] == 403
    assert (await site.ask("DELETE", f"/v1.4/sessions/{id_}", key=starter, json=AGENT))[0] == 200
