"""Sessions of a team in SQL: one, or a page of many (R19)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Executable, Select, select, tuple_, update

from twinpane.access.cursors import make_cursor, read_session_cursor
from twinpane.ports.records import Seat, SessionRecord
from twinpane.ports.store import SessionFilter, SessionPage
from twinpane.store.database import Database
from twinpane.store.rows import seat_of, session_of
from twinpane.store.tables import seats, sessions


class SessionList:
    """The part of the SQL store that lists sessions; see `ports.store.Store`."""

    _database: Database

    async def session(self, team_id: int, session_id: str) -> SessionRecord | None:
        """One session with its seats."""
        one = select(sessions).where(sessions.c.id == session_id, sessions.c.team_id == team_id)
        return next(iter(await self._with_seats(one)), None)

    async def search_sessions(self, team_id: int, wanted: SessionFilter, limit: int, cursor: str | None) -> SessionPage:
        """Sessions of a team, newest first (R19). Raises InvalidRequestError for a cursor that is not ours."""
        found = await self._with_seats(_matching(team_id, wanted, cursor).limit(limit + 1))
        shown = found[:limit]
        if len(found) <= limit or not shown:
            return SessionPage(shown, None)
        return SessionPage(shown, make_cursor(shown[-1].started_at, shown[-1].id))

    async def set_recording(self, session_id: str, figures: dict[str, Any] | None) -> None:
        """Note what was recorded of a session; None: nothing is left of it."""
        async with self._database.writing() as connection:
            await connection.execute(update(sessions).where(sessions.c.id == session_id).values(recording=figures))

    async def recorded_before(self, before: datetime, limit: int) -> list[SessionRecord]:
        """Sessions that ended before and have a recording, the oldest first."""
        had = sessions.c.recording.is_not(None) & (sessions.c.ended_at < before)
        found = select(sessions).where(had).order_by(sessions.c.ended_at).limit(limit)
        rows = await self._database.read(lambda connection: connection.execute(found).all())
        return [session_of(row, []) for row in rows]

    async def _with_seats(self, found: Select[Any]) -> list[SessionRecord]:
        return await self._database.read(lambda connection: read_sessions(connection, found))


def read_sessions(connection: Connection, found: Executable) -> list[SessionRecord]:
    """Sessions that a statement finds, with their seats, in two statements; in one if there are none."""
    rows = connection.execute(found).all()
    if not rows:
        return []
    taken = select(seats).where(seats.c.session_id.in_([row.id for row in rows]))
    seats_in: dict[str, list[Seat]] = {}
    for row in connection.execute(taken.order_by(seats.c.expires_at, seats.c.id)):
        seats_in.setdefault(row.session_id, []).append(seat_of(row))
    return [session_of(row, seats_in.get(row.id, [])) for row in rows]


def _matching(team_id: int, wanted: SessionFilter, cursor: str | None) -> Select[Any]:
    found = select(sessions).where(sessions.c.team_id == team_id)
    if wanted.short_id is not None:
        found = found.where(sessions.c.short_id == wanted.short_id)
    if wanted.agent_id is not None:
        had = select(seats.c.id).where(seats.c.session_id == sessions.c.id, seats.c.agent_id == wanted.agent_id)
        found = found.where(had.exists())
    if wanted.started_from is not None:
        found = found.where(sessions.c.started_at >= wanted.started_from)
    if wanted.started_to is not None:
        found = found.where(sessions.c.started_at < wanted.started_to)
    if wanted.is_active is not None:
        found = found.where(sessions.c.ended_at.is_(None) if wanted.is_active else sessions.c.ended_at.is_not(None))
    if cursor is not None:
        place = tuple_(sessions.c.started_at, sessions.c.id)
        types = [sessions.c.started_at.type, sessions.c.id.type]
        found = found.where(place < tuple_(*read_session_cursor(cursor), types=types))
    return found.order_by(sessions.c.started_at.desc(), sessions.c.id.desc())
