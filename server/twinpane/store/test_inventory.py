"""The inventory declares every column, and an export of a visitor has every column that is theirs (R24)."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Table
from twinpane_protocol.shared import Permissions

from twinpane.ports.inventory import ELSEWHERE, TABLES, exported_columns
from twinpane.ports.kept import LookupCodeRecord
from twinpane.ports.outbox import Delivery, Webhook
from twinpane.ports.records import PageView, Seat, SessionRecord, Team
from twinpane.ports.store import Store
from twinpane.store.conftest import NOW, note
from twinpane.store.tables import metadata

THEIRS = {"visitors", "page_views", "sessions", "seats", "notes", "deliveries", "lookup_codes"}
MAY_BE_LEFT_OUT = {
    "visitors": {"id", "search_text", "exact_tokens"},
    "page_views": {"id"},
    "seats": {"token_hash", "grant_hash"},
    "notes": {"id"},
    "deliveries": {"number"},
}


def test_every_column_of_every_table_is_declared_and_none_that_is_not_there() -> None:
    declared = {name: set(place.columns) for name, place in TABLES.items()}
    assert declared == {name: {column.name for column in table.columns} for name, table in metadata.tables.items()}


def test_everything_declared_says_what_whose_why_and_how_long() -> None:
    for place in (*TABLES.values(), *ELSEWHERE.values()):
        assert all((place.what, place.why, place.how_long))
        assert all(kept.what and kept.whose for kept in place.columns.values())


def test_r24_tables_that_lead_to_a_visitor_are_exported_whole() -> None:
    """A table belongs to visitors when its rows name one, or a session.

    `audit` and `webhooks` are the team's; a row of `homes` is the server's own, and gone when the visitor leaves.
    `answers` are sealed: nothing of them can be told but that there was one.
    """

    def leads(table: Table) -> bool:
        names = {column.name for column in table.columns}
        return table.name not in ("webhooks", "audit", "homes", "answers") and bool(names & {"short_id", "session_id"})

    assert {name for name, table in metadata.tables.items() if leads(table)} == THEIRS == set(exported_columns())
    for name in THEIRS:
        left_out = set(TABLES[name].columns) - set(exported_columns()[name])
        assert left_out <= MAY_BE_LEFT_OUT.get(name, set()), "a column that is theirs is missing from the export"


async def _filled(store: Store, team: Team, short_id: str) -> None:
    note(store, team, short_id, unique_id=f"person of {short_id}", metadata={"plan": "pro"})
    await store.flush()
    view = PageView(url="https://shop.example/", title="Shop", viewed_at=NOW)
    await store.add_page_views(team.id, short_id, [view])
    record = SessionRecord(id=f"s-{short_id}", team_id=team.id, short_id=short_id, started_at=NOW)
    await store.add_session(record)
    seat = Seat(
        id=f"seat-{short_id}",
        session_id=record.id,
        agent_id="7",
        agent_name="Zoë",
        permissions=Permissions(allow_click=False),
        branding={"color": "#123456"},
        token_hash=short_id.encode().ljust(32),
        expires_at=NOW,
    )
    await store.add_seat(seat)
    await store.add_note(record.id, "Zoë", f"about {short_id}", NOW)
    webhook = Webhook(
        id=f"w-{short_id}", team_id=team.id, url="https://a.example", secret="whsec_x", events=(), created_at=NOW
    )
    await store.add_webhook(webhook)
    delivery = Delivery(
        id=f"d-{short_id}",
        webhook_id=webhook.id,
        team_id=team.id,
        thread=record.id,
        short_id=short_id,
        body="{}",
        due_at=NOW + timedelta(minutes=1),
    )
    await store.add_deliveries([delivery])
    await store.keep_lookup_code(
        LookupCodeRecord(team_id=team.id, short_id=short_id, digits="1234", expires_at=NOW + timedelta(hours=1))
    )


async def test_r24_all_rows_of_a_visitor_and_nobody_elses_are_told(store: Store, team: Team) -> None:
    for short_id in ("AAAA2222", "BBBB3333"):
        await _filled(store, team, short_id)
    found = await store.stored_about(team.id, "AAAA2222")
    assert {table: [list(row) for row in rows] for table, rows in found.items()} == {
        table: [columns] for table, columns in exported_columns().items()
    }
    assert found["visitors"][0]["unique_id"] == "person of AAAA2222"
    assert found["seats"][0]["permissions"]["allow_click"] is False
    assert found["notes"][0]["text"] == "about AAAA2222"
    assert "BBBB3333" not in str(found)
    await store.erase_visitors(team.id, ["AAAA2222"])
    assert await store.stored_about(team.id, "AAAA2222") == {table: [] for table in THEIRS}
