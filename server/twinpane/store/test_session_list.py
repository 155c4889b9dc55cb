"""Sessions are listed alike by every store (R19)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from twinpane_protocol.shared import Permissions

from twinpane.errors import InvalidRequestError
from twinpane.ports.records import Seat, SessionRecord, Team
from twinpane.ports.store import SessionFilter, Store

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


async def held(store: Store, team: Team, id_: str, started_at: datetime, *agents: str, **columns: Any) -> None:
    record = SessionRecord(
        **{"id": id_, "team_id": team.id, "short_id": "AAAA2222", "started_at": started_at} | columns
    )
    await store.add_session(record)
    for agent in agents:
        seat = Seat(
            id=f"{id_}-{agent}",
            session_id=id_,
            agent_id=agent,
            agent_name=agent,
            permissions=Permissions(),
            branding={},
            token_hash=f"{id_}{agent}".encode().ljust(32),
            expires_at=started_at,
        )
        await store.add_seat(seat)


async def listed(store: Store, team: Team, **wanted: Any) -> list[str]:
    page = await store.search_sessions(team.id, SessionFilter(**wanted), 50, None)
    return [record.id for record in page.sessions]


async def test_r19_filters_name_visitor_agent_time_and_whether_it_goes_on(store: Store) -> None:
    team, other = await store.add_team("Acme", "abcdef1234"), await store.add_team("Other", "zyxwvu9876")
    await held(store, team, "s1", NOON, "7", ended_at=NOON + HOUR)
    await held(store, team, "s2", NOON + HOUR, "7", "8", short_id="BBBB3333")
    await held(store, team, "s3", NOON + 2 * HOUR, "8")
    await held(store, other, "x1", NOON, "7")
    assert await listed(store, team) == ["s3", "s2", "s1"]
    assert await listed(store, team, short_id="AAAA2222") == ["s3", "s1"]
    assert await listed(store, team, agent_id="7") == ["s2", "s1"]
    assert await listed(store, team, started_from=NOON + HOUR) == ["s3", "s2"]
    assert await listed(store, team, started_to=NOON + HOUR) == ["s1"]
    assert await listed(store, team, is_active=True) == ["s3", "s2"]
    assert await listed(store, team, is_active=False) == ["s1"]
    assert await listed(store, team, agent_id="8", is_active=True, short_id="BBBB3333") == ["s2"]
    assert await listed(store, team, agent_id="9") == []


async def test_r19_cursor_leads_through_sessions_that_began_at_the_same_time(store: Store) -> None:
    team = await store.add_team("Acme", "abcdef1234")
    ids = ["a-_", "b", "c", "d_", "e"]
    for id_ in ids:
        await held(store, team, id_, NOON)
    seen: list[str] = []
    cursor: str | None = None
    for _ in range(3):
        page = await store.search_sessions(team.id, SessionFilter(), 2, cursor)
        seen += [record.id for record in page.sessions]
        cursor = page.next_cursor
    assert cursor is None
    assert seen == sorted(ids, reverse=True)
    with pytest.raises(InvalidRequestError):
        await store.search_sessions(team.id, SessionFilter(), 2, "nothing")


async def test_r19_one_session_comes_with_its_seats_and_to_its_team_only(store: Store) -> None:
    team, other = await store.add_team("Acme", "abcdef1234"), await store.add_team("Other", "zyxwvu9876")
    await held(store, team, "s1", NOON, "7", "8", metadata={"order": 7})
    record = await store.session(team.id, "s1")
    assert record is not None
    assert ({seat.agent_id for seat in record.agents}, record.metadata) == ({"7", "8"}, {"order": 7})
    assert await store.session(other.id, "s1") is None
    assert await store.session(team.id, "s2") is None
