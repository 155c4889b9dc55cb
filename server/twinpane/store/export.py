"""Read all that is stored about one visitor (R24), as the inventory has it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Table, select

from twinpane.ports.inventory import exported_columns
from twinpane.ports.kept import LookupCodeRecord
from twinpane.ports.records import Note, PageView, SessionRecord, Visitor
from twinpane.store.database import Database
from twinpane.store.rows import seat_row, session_row
from twinpane.store.tables import deliveries, lookup_codes, notes, page_views, seats, sessions, visitors
from twinpane.store.writer import Writer

Rows = dict[str, list[dict[str, Any]]]


class Export:
    """The part of the SQL store that exports; see `ports.store.Store`."""

    _database: Database
    _writer: Writer

    async def stored_about(self, team_id: int, short_id: str) -> Rows:
        """All rows about a visitor, by table; the columns are those of the inventory."""
        await self._writer.flush()
        held = select(sessions.c.id).where(_of(sessions, team_id, short_id)).scalar_subquery()
        where = {
            **{
                table: _of(table, team_id, short_id)
                for table in (visitors, page_views, sessions, lookup_codes, deliveries)
            },
            **{table: table.c.session_id.in_(held) for table in (seats, notes)},
        }
        wanted, found = exported_columns(), {}
        for table, theirs in where.items():
            columns = [table.c[name] for name in wanted[table.name]]
            rows = await self._database.rows(select(*columns).where(theirs).order_by(*table.primary_key.columns))
            found[table.name] = [dict(row._mapping) for row in rows]
        return found


class Remembering(Protocol):
    """What the memory store has of a visitor."""

    async def visitor(self, team_id: int, short_id: str) -> Visitor | None:
        """The visitor."""

    async def page_views(self, team_id: int, short_id: str, limit: int) -> list[PageView]:
        """Their pages, newest first."""

    async def sessions_of(self, team_id: int, short_id: str, limit: int) -> list[SessionRecord]:
        """Their sessions with seats, newest first."""

    async def notes(self, session_id: str) -> list[Note]:
        """The notes on a session."""

    def codes_of(self, team_id: int, short_id: str) -> list[LookupCodeRecord]:
        """Their lookup code, if they have one."""


async def remembered_about(store: Remembering, team_id: int, short_id: str, told: list[dict[str, Any]]) -> Rows:
    """The same of the memory store; `told` are the deliveries."""
    whose, everything = {"team_id": team_id, "short_id": short_id}, 1_000_000
    visitor = await store.visitor(team_id, short_id)
    held = list(reversed(await store.sessions_of(team_id, short_id, everything)))
    views = reversed(await store.page_views(team_id, short_id, everything))
    found: Rows = {
        "visitors": [asdict(visitor)] if visitor is not None else [],
        "page_views": [asdict(view) | whose for view in views],
        "sessions": [session_row(each) for each in held],
        "lookup_codes": [asdict(code) for code in store.codes_of(team_id, short_id)],
        "deliveries": told,
        "seats": [seat_row(seat) for each in held for seat in each.agents],
        "notes": [asdict(note) for each in held for note in await store.notes(each.id)],
    }
    wanted = exported_columns()
    return {table: [{name: row[name] for name in wanted[table]} for row in rows] for table, rows in found.items()}


def _of(table: Table, team_id: int, short_id: str) -> ColumnElement[bool]:
    return (table.c.team_id == team_id) & (table.c.short_id == short_id)
