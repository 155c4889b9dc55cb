"""`POST visitors/:id/watch_url` (R15, R15a to R15c)."""

from __future__ import annotations

import re
from typing import Any

import pytest

from twinpane.access.keys import hash_secret
from twinpane.web.conftest import AGENT, OpenSite, Site

PATH = "/v1.4/visitors/AAAA2222/watch_url"


async def test_r15_session_starts_also_for_an_offline_visitor(site: Site) -> None:
    site.visitor()
    status, told, response = await site.ask("POST", PATH, json=AGENT)
    assert status == 200
    assert set(told) == {"status", "watch_url", "session_id", "expires_at"}
    assert re.fullmatch(re.escape(site.url) + r"/watch/[\w-]{43}", told["watch_url"])
    assert told["expires_at"] == "2026-01-01T00:01:00.000Z"
    assert site.live.session_id_of(site.team.id, "AAAA2222") == told["session_id"]
    assert response.headers["Cache-Control"] == "no-store"


async def test_r15c_two_calls_give_two_agents_in_one_session(site: Site) -> None:
    site.visitor()
    _, first, _ = await site.ask("POST", PATH, json=AGENT)
    _, second, _ = await site.ask("POST", PATH, json={"agent": {"id": "8", "name": "Bo"}})
    assert first["session_id"] == second["session_id"]
    assert first["watch_url"] != second["watch_url"]
    [record] = await site.store.sessions_of(site.team.id, "AAAA2222", 5)
    assert {seat.agent_name for seat in record.agents} == {"Zoë", "Bo"}


async def test_r15c_session_that_is_full_says_so(site: Site) -> None:
    site.visitor()
    for _ in range(20):
        assert (await site.ask("POST", PATH, json=AGENT))[0] == 200
    status, told, _ = await site.ask("POST", PATH, json=AGENT)
    assert (status, told["error"]) == (409, "conflict")


async def test_r15_body_reaches_the_seat(site: Site) -> None:
    site.visitor()
    body: dict[str, Any] = AGENT | {
        "permissions": {"allow_click": False},
        "branding": {"naked": "page_only", "retry_url": "https://a.example/again", "color": "#0b7671"},
        "metadata": {"order": 7, "vip": True, "note": "ü", "rate": 0.5},
        "webhook_url": "https://a.example/hook",
        "initial_notes": "calls about\nthe bill",
        "language": "pt-BR",
        "something_of_later": {},
    }
    status, told, _ = await site.ask("POST", PATH, json=body)
    assert status == 200, told
    [record] = await site.store.sessions_of(site.team.id, "AAAA2222", 5)
    [seat] = record.agents
    assert record.metadata == body["metadata"]
    assert not seat.permissions.allow_click
    assert seat.permissions.allow_type
    assert seat.branding == body["branding"] | {"language": "pt-BR"}


async def test_r15_initial_notes_are_a_note_of_the_session_that_runs(site: Site) -> None:
    site.visitor()
    for notes in ("calls about\nthe bill ", " ", "again"):
        assert (await site.ask("POST", PATH, json=AGENT | {"initial_notes": notes}))[0] == 200
    [record] = await site.store.sessions_of(site.team.id, "AAAA2222", 5)
    kept = await site.store.notes(record.id)
    assert [(note.author, note.text) for note in kept] == [("Zoë", "calls about\nthe bill"), ("Zoë", "again")]
    status, told, _ = await site.ask("POST", PATH, json=AGENT | {"initial_notes": "a\u0000b"})
    assert (status, list(told["fields"])) == (422, ["initial_notes"])


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"agent": None}, "agent"),
        ({"agent": {"id": "7"}}, "agent.name"),
        ({"agent": {"id": 7, "name": "Zoë"}}, "agent.id"),
        ({"agent": {"id": "7", "name": ""}}, "agent.name"),
        ({"agent": {"id": "7", "name": " "}}, "agent.name"),
        ({"agent": {"id": "7", "name": "x" * 201}}, "agent.name"),
        ({"agent": {"id": "7", "name": "a\u0000b"}}, "agent.name"),
        ({"agent": {"id": "7", "name": "\ud800"}}, "agent.name"),
        ({"permissions": {"allow_fly": True}}, "permissions.allow_fly"),
        ({"permissions": {"allow_click": "yes"}}, "permissions.allow_click"),
        ({"permissions": []}, "permissions"),
        ({"branding": {"retry_url": "javascript:alert(1)"}}, "branding.retry_url"),
        ({"branding": {"logo_url": "//a.example/x"}}, "branding.logo_url"),
        ({"branding": {"on_end_url": "https://"}}, "branding.on_end_url"),
        ({"branding": {"color": "red;}"}}, "branding.color"),
        ({"branding": {"naked": "nearly"}}, "branding.naked"),
        ({"metadata": {"a": {"b": 1}}}, "metadata.a"),
        ({"metadata": {"a": None}}, "metadata.a"),
        ({"metadata": {str(number): 1 for number in range(51)}}, "metadata"),
        ({"metadata": {"a": "x" * 8000}}, "metadata"),
        ({"metadata": {"a": 2**60}}, "metadata"),
        ({"metadata": {"a\u0000": 1}}, "metadata"),
        ({"metadata": {"a": float("nan")}}, "metadata.a"),
        ({"metadata": {"a": float("inf")}}, "metadata.a"),
        ({"webhook_url": "ftp://a.example"}, "webhook_url"),
        ({"webhook_url": "http://[::1"}, "webhook_url"),
        ({"webhook_url": "http://a.example:99999/"}, "webhook_url"),
        ({"language": "not a language"}, "language"),
    ],
)
async def test_r15_each_bad_field_is_named(site: Site, change: dict[str, Any], field: str) -> None:
    site.visitor()
    status, told, _ = await site.ask("POST", PATH, json=AGENT | change)
    assert (status, told["error"]) == (422, "invalid_request"), told
    assert any(name == field or name.startswith(f"{field}.") for name in told["fields"]), told["fields"]
    assert site.live.session_id_of(site.team.id, "AAAA2222") is None


async def test_r3_unknown_visitor_is_not_found(site: Site) -> None:
    status, told, _ = await site.ask("POST", PATH, json=AGENT)
    assert (status, told["error"]) == (404, "not_found")


async def test_r15_visitor_of_another_team_is_not_found(site: Site) -> None:
    site.visitor()
    status, told, _ = await site.ask("POST", PATH, json=AGENT, key=await site.other_team_key())
    assert (status, told["error"]) == (404, "not_found")
    assert site.live.session_id_of(site.team.id, "AAAA2222") is None


async def test_r15a_token_is_kept_as_its_hash_only(site: Site) -> None:
    token = (await site.watch_url()).removeprefix("/watch/")
    seat = await site.store.seat_by_token(hash_secret(token))
    assert seat is not None
    assert token not in repr(seat)


async def test_r15_watch_url_is_at_the_public_url_when_one_is_set(open_site: OpenSite) -> None:
    async with open_site(public_url="https://help.example.com/") as site:
        site.visitor()
        _, told, response = await site.ask("POST", PATH, json=AGENT)
        assert told["watch_url"].startswith("https://help.example.com/watch/")
        assert response.headers["Strict-Transport-Security"]


async def test_r15_host_that_is_no_host_is_not_believed(site: Site) -> None:
    site.visitor()
    _, told, _ = await site.ask("POST", PATH, json=AGENT, headers={"Host": "evil.example/x?"})
    assert told["watch_url"].startswith(site.url)
