"""What every store promises. Each adapter's test names how to make one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from twinpane_protocol.settings import AccountSettings
from twinpane_protocol.shared import Permissions

from twinpane.errors import ConflictError
from twinpane.ports.kept import LookupCodeRecord
from twinpane.ports.records import Seat, SessionRecord, Team
from twinpane.ports.store import Store
from twinpane.store.conftest import NOW, found, note


def session(team: Team, id_: str = "s1", **columns: Any) -> SessionRecord:
    return SessionRecord(**{"id": id_, "team_id": team.id, "short_id": "AAAA2222", "started_at": NOW} | columns)


def seat(id_: str = "a1", **columns: Any) -> Seat:
    given: dict[str, Any] = {
        "id": id_,
        "session_id": "s1",
        "agent_id": "7",
        "agent_name": "Zoë",
        "permissions": Permissions(allow_click=False),
        "branding": {"naked": "true"},
        "token_hash": id_.encode() * 16,
        "expires_at": NOW + timedelta(seconds=60),
    }
    return Seat(**given | columns)


# ---- teams and keys ----


async def test_team_is_found_by_its_public_key(store: Store, team: Team) -> None:
    assert await store.team_by_public_key("abcdef1234") == team
    assert await store.team_by_public_key("ABCDEF1234") is None
    assert await store.teams() == [team]
    assert await store.team(team.id) == team
    assert await store.team(team.id + 1) is None


async def test_s5_a_teams_settings_and_domains_are_kept(store: Store, team: Team) -> None:
    settings = AccountSettings(mask_all=True, masked_elements=[".iban"])
    changed = await store.change_team(team.id, settings=settings)
    assert changed is not None
    assert (changed.settings, changed.allowed_domains) == (settings, ())
    changed = await store.change_team(team.id, name="Slow Pour")
    assert changed is not None
    assert (changed.name, changed.settings) == ("Slow Pour", settings)
    changed = await store.change_team(team.id, allowed_domains=("*.shop.example",))
    assert changed is not None
    assert (changed.settings, changed.allowed_domains) == (settings, ("*.shop.example",))
    assert await store.team_by_public_key(team.public_key) == changed
    assert await store.change_team(team.id + 1, settings=settings) is None


async def test_public_key_belongs_to_one_team(store: Store, team: Team) -> None:
    with pytest.raises(ConflictError):
        await store.add_team("Other", team.public_key)


async def test_r2_key_is_found_by_hash_with_its_scopes(store: Store, team: Team) -> None:
    key = await store.add_rest_key(team.id, "shop", b"h" * 32, frozenset({"read", "sessions"}), NOW)
    assert await store.rest_key_by_hash(b"h" * 32) == key
    assert key.scopes == {"read", "sessions"}
    assert key.created_at == NOW
    assert await store.rest_key_by_hash(b"x" * 32) is None


async def test_r2_key_remembers_when_it_was_used(store: Store, team: Team) -> None:
    key = await store.add_rest_key(team.id, "shop", b"h" * 32, frozenset({"read"}), NOW)
    await store.touch_rest_key(key.id, NOW + timedelta(hours=1))
    [again] = await store.rest_keys(team.id)
    assert again.last_used_at == NOW + timedelta(hours=1)


async def test_r2_key_is_revoked_once_and_only_by_its_team(store: Store, team: Team) -> None:
    key = await store.add_rest_key(team.id, "shop", b"h" * 32, frozenset({"read"}), NOW)
    assert not await store.revoke_rest_key(team.id + 1, key.id, NOW)
    assert await store.revoke_rest_key(team.id, key.id, NOW)
    assert not await store.revoke_rest_key(team.id, key.id, NOW)
    revoked = await store.rest_key_by_hash(b"h" * 32)
    assert revoked is not None
    assert revoked.revoked_at == NOW


# ---- visitors ----


async def test_visitor_is_whole_as_soon_as_recorded(store: Store, team: Team) -> None:
    note(store, team, "AAAA2222", identities=["Zoë Grey"], metadata={"plan": "pro", "seats": 3, "vip": True})
    note(store, team, "AAAA2222", NOW + timedelta(seconds=5), last_url="https://shop.example/cart", is_online=True)
    visitor = await store.visitor(team.id, "AAAA2222")
    assert visitor is not None
    assert (visitor.first_seen_at, visitor.last_seen_at) == (NOW, NOW + timedelta(seconds=5))
    assert visitor.identities == ["Zoë Grey"]
    assert visitor.metadata == {"plan": "pro", "seats": 3, "vip": True}
    assert visitor.last_url == "https://shop.example/cart"
    assert visitor.is_online
    assert visitor.unique_id is None


async def test_value_set_to_none_is_cleared_and_what_is_not_named_stays(store: Store, team: Team) -> None:
    note(store, team, "AAAA2222", unique_id="u1", call_name="Zoë")
    await store.flush()
    note(store, team, "AAAA2222", unique_id=None)
    visitor = await store.visitor(team.id, "AAAA2222")
    assert visitor is not None
    assert (visitor.unique_id, visitor.call_name) == (None, "Zoë")


async def test_visitor_of_another_team_is_unknown(store: Store, team: Team) -> None:
    other = await store.add_team("Other", "zyxwvu9876")
    note(store, team, "AAAA2222", unique_id="u1")
    assert await store.visitor(other.id, "AAAA2222") is None
    assert await found(store, other, "id:u1") == []


async def test_unknown_column_is_refused_at_once(store: Store, team: Team) -> None:
    with pytest.raises(ValueError, match="colour"):
        note(store, team, "AAAA2222", colour="blue")


# ---- sessions and seats ----


async def test_r31_session_comes_with_its_seats(store: Store, team: Team) -> None:
    await store.add_session(session(team, metadata={"order": 7}, permissions=Permissions(allow_type=False)))
    await store.add_seat(seat())
    await store.add_seat(seat("a2"))
    await store.add_session(session(team, "s2", started_at=NOW + timedelta(minutes=1)))
    newest, oldest = await store.sessions_of(team.id, "AAAA2222", 10)
    assert (newest.id, newest.agents) == ("s2", [])
    assert (oldest.id, oldest.metadata, oldest.permissions.allow_type) == ("s1", {"order": 7}, False)
    assert oldest.agents == [seat(), seat("a2")]
    assert [record.id for record in await store.sessions_of(team.id, "AAAA2222", 1)] == ["s2"]
    assert await store.sessions_of(team.id + 1, "AAAA2222", 10) == []


async def test_r11_recent_sessions_of_many_visitors_come_at_once(store: Store, team: Team) -> None:
    for number in range(3):
        await store.add_session(session(team, f"s{number}", started_at=NOW + timedelta(seconds=number)))
    await store.add_session(session(team, "t1", short_id="AAAA3333"))
    await store.add_seat(seat("a1", session_id="t1"))
    recent = await store.recent_sessions(team.id, ["AAAA2222", "AAAA3333", "AAAA4444"], 2)
    assert {short_id: [record.id for record in records] for short_id, records in recent.items()} == {
        "AAAA2222": ["s2", "s1"],
        "AAAA3333": ["t1"],
    }
    assert [taken.id for taken in recent["AAAA3333"][0].agents] == ["a1"]


async def test_r31_session_keeps_what_an_update_does_not_name(store: Store, team: Team) -> None:
    await store.add_session(session(team))
    await store.update_session("s1", went_live_at=NOW + timedelta(seconds=2))
    await store.update_session("s1", ended_at=NOW + timedelta(seconds=9), end_reason="visitor_stopped")
    await store.update_session("s1", features_used=["control"])
    [record] = await store.sessions_of(team.id, "AAAA2222", 10)
    assert record.went_live_at == NOW + timedelta(seconds=2)
    assert record.ended_at == NOW + timedelta(seconds=9)
    assert (record.end_reason, record.features_used) == ("visitor_stopped", ["control"])


async def test_r20_what_was_recorded_is_noted_and_found_by_its_age(store: Store, team: Team) -> None:
    figures = {"length_ms": 5, "byte_count": 7, "is_whole": True}
    for days in (1, 2, 3):
        await store.add_session(session(team, f"s{days}", is_recorded=True))
        await store.update_session(f"s{days}", ended_at=NOW + timedelta(days=days), end_reason="agent_stopped")
        await store.set_recording(f"s{days}", figures)
    await store.add_session(session(team, "s4", is_recorded=True))
    await store.set_recording("s4", figures)
    before = NOW + timedelta(days=2, hours=12)
    assert [record.id for record in await store.recorded_before(before, 9)] == ["s1", "s2"]
    assert [record.id for record in await store.recorded_before(before, 1)] == ["s1"]
    await store.set_recording("s1", None)
    assert [record.id for record in await store.recorded_before(before, 9)] == ["s2"]
    kept = await store.session(team.id, "s2")
    assert kept is not None
    assert (kept.is_recorded, kept.recording) == (True, figures)


async def test_r15a_watch_token_opens_once(store: Store, team: Team) -> None:
    await store.add_session(session(team))
    await store.add_seat(seat())
    opened = await store.open_seat(seat().token_hash, b"g" * 32, NOW)
    assert opened is not None
    assert (opened.id, opened.opened_at, opened.grant_hash) == ("a1", NOW, b"g" * 32)
    assert await store.open_seat(seat().token_hash, b"h" * 32, NOW) is None
    assert await store.seat_by_grant(b"g" * 32) == opened
    assert await store.seat(opened.id) == opened
    assert await store.seat("nobody") is None
    assert await store.seat_by_grant(b"h" * 32) is None
    assert await store.seat_by_token(seat().token_hash) == opened


async def test_r15a_watch_token_dies_after_its_time(store: Store, team: Team) -> None:
    await store.add_session(session(team))
    await store.add_seat(seat())
    assert await store.open_seat(seat().token_hash, b"g" * 32, NOW + timedelta(seconds=60)) is None
    assert await store.open_seat(b"?" * 32, b"g" * 32, NOW) is None
    kept = await store.seat_by_token(seat().token_hash)
    assert kept is not None
    assert kept.opened_at is None


async def test_seat_remembers_when_its_agent_came_and_went(store: Store, team: Team) -> None:
    await store.add_session(session(team))
    await store.add_seat(seat())
    await store.update_seat("a1", joined_at=NOW)
    await store.update_seat("a1", left_at=NOW + timedelta(seconds=9))
    [record] = await store.sessions_of(team.id, "AAAA2222", 1)
    assert (record.agents[0].joined_at, record.agents[0].left_at) == (NOW, NOW + timedelta(seconds=9))


# ---- figures ----


async def test_r10_usage_counts_by_time(store: Store, team: Team) -> None:
    now = NOW
    note(store, team, "AAAA2222", now, is_online=True)
    note(store, team, "AAAA3333", now - timedelta(hours=20))
    note(store, team, "AAAA4444", now - timedelta(days=20))
    note(store, team, "AAAA5555", now - timedelta(days=40))
    await store.add_session(session(team, "s1", started_at=now - timedelta(minutes=5)))
    await store.update_session("s1", went_live_at=now - timedelta(minutes=4))
    yesterday = now - timedelta(days=1)
    await store.add_session(session(team, "s2", started_at=yesterday))
    await store.update_session("s2", went_live_at=yesterday, ended_at=yesterday + timedelta(seconds=90))
    await store.add_session(session(team, "s3", started_at=now - timedelta(days=60)))
    await store.add_seat(seat("a1"))
    await store.add_seat(seat("a2", session_id="s2", agent_id="8"))
    await store.open_seat(seat("a1").token_hash, b"g", now)
    await store.open_seat(seat("a2").token_hash, b"h", yesterday)
    usage = await store.usage(team.id, now)
    assert (usage.visitors_online_now, usage.visitors_last_24_hrs, usage.visitors_last_30_days) == (1, 2, 3)
    assert (usage.agents_today, usage.agents_last_30_days) == (1, 2)
    assert (usage.sessions_now, usage.sessions_today, usage.sessions_last_30_days) == (2, 1, 2)
    assert (usage.session_seconds_today, usage.session_seconds_last_30_days) == (240, 330)


async def test_r10_usage_of_a_new_team_is_all_zero(store: Store, team: Team) -> None:
    note(store, team, "AAAA2222", is_online=True)
    other = await store.add_team("Other", "zyxwvu9876")
    usage = await store.usage(other.id, NOW)
    assert all(getattr(usage, name) == 0 for name in usage.__slots__)


# ---- starting again ----


async def test_k1_start_sets_visitors_offline_and_leaves_sessions_open(store: Store, team: Team) -> None:
    note(store, team, "AAAA2222", NOW + timedelta(seconds=30), is_online=True, is_in_session=True)
    await store.add_session(session(team))
    await store.add_seat(seat())
    await store.add_session(session(team, "s2", ended_at=NOW))
    await store.keep_sessions({"s1": {"epoch": 7}, "s2": {"epoch": 8}, "s3": None}, NOW + timedelta(seconds=40))
    await store.keep_sessions({"s1": None}, NOW + timedelta(seconds=60))
    await store.close()
    await store.open()
    visitor = await store.visitor(team.id, "AAAA2222")
    assert visitor is not None
    assert not visitor.is_online
    assert not visitor.is_in_session
    [record] = await store.open_sessions()
    assert (record.id, record.state, record.kept_at) == ("s1", {"epoch": 7}, NOW + timedelta(seconds=60))
    assert [each.id for each in record.agents] == ["a1"]


async def test_k5_lookup_codes_are_kept_while_they_hold_and_erased_with_their_visitor(store: Store, team: Team) -> None:
    def code(short_id: str, digits: str) -> LookupCodeRecord:
        until = NOW + timedelta(hours=1)
        return LookupCodeRecord(team_id=team.id, short_id=short_id, digits=digits, expires_at=until)

    for short_id in ("AAAA2222", "BBBB2222"):
        note(store, team, short_id)
        await store.keep_lookup_code(code(short_id, "0000"))
        await store.keep_lookup_code(code(short_id, "1" + short_id[:1] + "34"))
    await store.keep_lookup_code(code("NOBODY22", "9999"))
    await store.erase_visitors(team.id, ["BBBB2222"])
    assert await store.lookup_codes(NOW) == [code("AAAA2222", "1A34")]
    assert await store.lookup_codes(NOW + timedelta(hours=1)) == []
    assert await store.lookup_codes(NOW) == []
