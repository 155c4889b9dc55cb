"""What every store promises. Each adapter's test names how to make one."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from twinpane_protocol.shared import Permissions

from twinpane.access.search import SearchQuery, as_words, parse_search
from twinpane.errors import ConflictError, InvalidRequestError
from twinpane.ports.records import Seat, SessionRecord, Team, VisitorChange
from twinpane.ports.store import Store
from twinpane.store.memory import MemoryStore
from twinpane.store.sql import SqlStore

NOW = datetime(2026, 11, 22, 12, 0, 0, 123456, tzinfo=UTC)
MakeStore = Callable[[Path], Store]


@pytest_asyncio.fixture(params=[lambda _: MemoryStore(), lambda path: SqlStore.in_file(path / "twinpane.db")])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    made = request.param(tmp_path)
    await made.open()
    yield made
    await made.close()


@pytest_asyncio.fixture
async def team(store: Store) -> Team:
    return await store.add_team("Acme", "abcdef1234")


def note(store: Store, team: Team, short_id: str, at: datetime = NOW, **columns: Any) -> None:
    store.record_visitor(VisitorChange(team_id=team.id, short_id=short_id, at=at, set=columns))


async def found(store: Store, team: Team, text: str = "") -> list[str]:
    page = await store.search_visitors(team.id, parse_search(text), 50, None)
    return [visitor.short_id for visitor in page.visitors]


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


@pytest.mark.parametrize(
    "text",
    [
        "id:u-1",
        "AAAA2222",
        "aaaa2222",
        "zoe",
        "ZOË grey",
        "grey zo",
        "hop.example",
        "plat",
        "zoe@acme.example",
        "online",
        "ip:1.1.1.1",
        "#VIP",
        "integration_id:crm:42",
        "#vip zoe online id:u-1",
        "100%",
        "",
    ],
)
async def test_r40_each_term_finds_the_visitor(store: Store, team: Team, text: str) -> None:
    note(
        store,
        team,
        "AAAA2222",
        unique_id="u-1",
        identities=["Zoë Grey", "Zoe@Acme.example"],
        metadata={"plan": "Platinum", "discount": "100%"},
        last_url="https://shop.example/cart",
        ip_address="1.1.1.1",
        is_online=True,
        tags=["VIP", "trial"],
        integration_ids=["crm:42"],
    )
    assert await found(store, team, text) == ["AAAA2222"]


@pytest.mark.parametrize(
    "text",
    [
        *("id:U-1", "id:u", "AAAA3333", "zoe brown", "a@b.example", "-online", "ip:1.1.1.2"),
        *("#vi", "10_%", "\\", "4711", "integration_id:crm:4"),
    ],
)
async def test_r40_one_term_that_does_not_match_hides_the_visitor(store: Store, team: Team, text: str) -> None:
    note(
        store,
        team,
        "AAAA2222",
        unique_id="u-1",
        identities=["Zoë Grey"],
        metadata={"discount": "100%"},
        is_online=True,
        tags=["vip"],
        integration_ids=["crm:42"],
    )
    assert await found(store, team, text) == []


async def test_r40_word_of_eight_letters_is_looked_for_as_a_word_too(store: Store, team: Team) -> None:
    note(store, team, "AAAA2222", identities=["HAMBURGS"])
    query = as_words(parse_search("HAMBURGS"))
    assert query is not None
    page = await store.search_visitors(team.id, query, 50, None)
    assert [visitor.short_id for visitor in page.visitors] == ["AAAA2222"]


async def test_r40_search_sees_later_changes(store: Store, team: Team) -> None:
    note(store, team, "AAAA2222", identities=["Zoë"], last_url="https://shop.example/cart")
    assert await found(store, team, "cart") == ["AAAA2222"]
    note(store, team, "AAAA2222", last_url="https://shop.example/thanks")
    assert await found(store, team, "cart") == []
    assert await found(store, team, "zoe thanks") == ["AAAA2222"]


async def test_r11_list_is_newest_first_and_goes_on_from_its_cursor(store: Store, team: Team) -> None:
    for number in range(2, 9):
        note(store, team, f"AAAA222{number}", NOW + timedelta(seconds=number // 2))
    seen: list[str] = []
    cursor: str | None = None
    for _ in range(4):
        page = await store.search_visitors(team.id, SearchQuery(), 2, cursor)
        seen += [visitor.short_id for visitor in page.visitors]
        cursor = page.next_cursor
    assert cursor is None
    assert seen == [f"AAAA222{number}" for number in (8, 7, 6, 5, 4, 3, 2)]


async def test_r11_page_that_is_just_full_has_no_cursor(store: Store, team: Team) -> None:
    note(store, team, "AAAA2222")
    assert (await store.search_visitors(team.id, SearchQuery(), 1, None)).next_cursor is None


@pytest.mark.parametrize("cursor", ["", "x", "!!!", "MTIz", "é", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OS5BQUFBMjIyMg"])
async def test_r11_foreign_cursor_is_refused(store: Store, team: Team, cursor: str) -> None:
    with pytest.raises(InvalidRequestError) as caught:
        await store.search_visitors(team.id, SearchQuery(), 1, cursor)
    assert caught.value.fields is not None
    assert "cursor" in caught.value.fields


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


async def test_r15a_watch_token_opens_once(store: Store, team: Team) -> None:
    await store.add_session(session(team))
    await store.add_seat(seat())
    opened = await store.open_seat(seat().token_hash, b"g" * 32, NOW)
    assert opened is not None
    assert (opened.id, opened.opened_at, opened.grant_hash) == ("a1", NOW, b"g" * 32)
    assert await store.open_seat(seat().token_hash, b"h" * 32, NOW) is None
    assert await store.seat_by_grant(b"g" * 32) == opened
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


async def test_start_sets_visitors_offline_and_ends_sessions_left_open(store: Store, team: Team) -> None:
    note(store, team, "AAAA2222", NOW + timedelta(seconds=30), is_online=True, is_in_session=True)
    await store.add_session(session(team))
    await store.close()
    await store.open()
    visitor = await store.visitor(team.id, "AAAA2222")
    assert visitor is not None
    assert not visitor.is_online
    assert not visitor.is_in_session
    [record] = await store.sessions_of(team.id, "AAAA2222", 1)
    assert (record.ended_at, record.end_reason) == (NOW + timedelta(seconds=30), "error")
