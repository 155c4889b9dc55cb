"""Records come back from rows as they were."""

from __future__ import annotations

from datetime import UTC, datetime

from twinpane_protocol.shared import Permissions

from twinpane.ports.records import Seat, SessionRecord, Visitor
from twinpane.store.rows import DERIVED, seat_row, session_row, visitor_row
from twinpane.store.tables import seats, sessions, visitors

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def test_every_column_has_its_field() -> None:
    visitor = Visitor(team_id=1, short_id="AAAA2222", first_seen_at=NOW, last_seen_at=NOW)
    record = SessionRecord(id="s1", team_id=1, short_id="AAAA2222", started_at=NOW)
    seat = Seat(
        id="a1",
        session_id="s1",
        agent_id="7",
        agent_name="Zoë",
        permissions=Permissions(),
        branding={},
        token_hash=b"t",
        expires_at=NOW,
    )
    assert set(visitor_row(visitor)) == set(visitors.c.keys()) - {"id"}
    assert set(session_row(record)) == set(sessions.c.keys())
    assert set(seat_row(seat)) == set(seats.c.keys())
    assert {"id", "search_text", "exact_tokens"} == DERIVED


def test_r40_row_holds_what_is_searched() -> None:
    visitor = Visitor(
        team_id=1, short_id="AAAA2222", first_seen_at=NOW, last_seen_at=NOW, identities=["Zoë"], tags=["VIP"]
    )
    row = visitor_row(visitor)
    assert "zoe" in row["search_text"]
    assert "tag:vip" in row["exact_tokens"]
