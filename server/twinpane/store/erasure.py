"""Erase visitors in SQL so that no byte of them is left (R13).

In SQLite deleted rows are overwritten with zeros (`secure_delete`); what is left after that are the old pages in the
write-ahead log and the old segments of the full-text index, which `scrub` clears. PostgreSQL is asked to clean its
tables; when the bytes themselves go is up to it and its operator (docs/postgresql.md).
"""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Final

from sqlalchemy import delete, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from twinpane.store.database import Database
from twinpane.store.tables import answers, deliveries, lookup_codes, notes, page_views, seats, sessions, visitors
from twinpane.store.visitor_index import take_out
from twinpane.store.writer import Writer

_MERGE: Final = text("INSERT INTO visitor_index (visitor_index, rank) VALUES ('merge', :pages)")
_CHANGES: Final = text("SELECT total_changes()")
_EMPTY_LOG: Final = text("PRAGMA wal_checkpoint(TRUNCATE)")
_ERASED: Final = (visitors, sessions, seats, notes, deliveries, page_views, answers)
_PAGES: Final = 500
"""Of the index, merged in one transaction: some milliseconds."""
_TRIES: Final = 50
_AGAIN_S: Final = 0.1


class Erasure:
    """The part of the SQL store that erases; see `ports.store.Store`."""

    _database: Database
    _writer: Writer

    async def stale_visitors(self, team_id: int, before: datetime, limit: int) -> list[str]:
        """Visitors not seen since, oldest first; not those of sessions that go on or began later."""
        await self._writer.settle()
        held = select(sessions.c.id).where(
            sessions.c.team_id == team_id,
            sessions.c.short_id == visitors.c.short_id,
            (sessions.c.started_at >= before) | sessions.c.ended_at.is_(None),
        )
        stale = (visitors.c.team_id == team_id) & (visitors.c.last_seen_at < before) & ~visitors.c.is_online
        found = select(visitors.c.short_id).where(stale, ~held.exists())
        rows = await self._database.rows(found.order_by(visitors.c.last_seen_at).limit(limit))
        return [row.short_id for row in rows]

    async def erase_visitors(self, team_id: int, short_ids: list[str]) -> None:
        """Delete visitors, their sessions, and the seats and notes of these."""
        await self._writer.flush()
        theirs = (visitors.c.team_id == team_id) & visitors.c.short_id.in_(short_ids)
        held = (sessions.c.team_id == team_id) & sessions.c.short_id.in_(short_ids)
        async with self._database.writing() as connection:
            rows = (await connection.execute(select(visitors).where(theirs))).mappings().all()
            await take_out(connection, [dict(row) for row in rows])
            their_sessions = select(sessions.c.id).where(held).scalar_subquery()
            await connection.execute(delete(seats).where(seats.c.session_id.in_(their_sessions)))
            await connection.execute(delete(notes).where(notes.c.session_id.in_(their_sessions)))
            their_codes = (lookup_codes.c.team_id == team_id) & lookup_codes.c.short_id.in_(short_ids)
            await connection.execute(delete(lookup_codes).where(their_codes))
            told = (deliveries.c.team_id == team_id) & deliveries.c.short_id.in_(short_ids)
            await connection.execute(delete(deliveries).where(told))
            seen = (page_views.c.team_id == team_id) & page_views.c.short_id.in_(short_ids)
            await connection.execute(delete(page_views).where(seen))
            given = (answers.c.team_id == team_id) & answers.c.short_id.in_(short_ids)
            await connection.execute(delete(answers).where(given))
            await connection.execute(delete(sessions).where(held))
            await connection.execute(delete(visitors).where(theirs))

    async def scrub(self) -> None:
        """Merge the index until no deleted entry is left in it, and empty the write-ahead log."""
        if self._database.dialect != "sqlite":
            await self._database.vacuum("visitor_index", *(table.name for table in _ERASED))
            return
        pages = -_PAGES
        while await self._merge(pages):
            pages = _PAGES
            await asyncio.sleep(0)
        for _ in range(_TRIES):
            if await self._emptied_log():
                return
            await asyncio.sleep(_AGAIN_S)

    async def _merge(self, pages: int) -> bool:
        """Merge some pages; False when there was nothing to merge."""
        async with self._database.writing() as connection:
            before = await _changes(connection)
            await connection.execute(_MERGE, {"pages": pages})
            return await _changes(connection) - before >= 2

    async def _emptied_log(self) -> bool:
        """Whether the log could be emptied; it cannot while somebody reads from it."""
        [row] = await self._database.rows(_EMPTY_LOG)
        return bool(row[0] == 0)


async def _changes(connection: AsyncConnection) -> int:
    return int(await connection.scalar(_CHANGES) or 0)
