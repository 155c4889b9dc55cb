"""What a restart reads, in SQL: open sessions and lookup codes (K1)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, true, update

from twinpane.ports.kept import LookupCodeRecord
from twinpane.ports.records import SessionRecord
from twinpane.store.database import Database
from twinpane.store.session_list import read_sessions
from twinpane.store.tables import homes, lookup_codes, sessions, visitors
from twinpane.store.writer import Writer


class Kept:
    """The part of the SQL store that a restart reads; see `ports.kept.KeptStore`."""

    _database: Database
    _writer: Writer

    async def keep_sessions(
        self, states: Mapping[str, dict[str, Any] | None], now: datetime, holder: str | None = None
    ) -> None:
        """Note that these sessions were alive, and what each wants kept; None leaves what is kept."""
        held = select(homes.c.node_id).where(
            homes.c.team_id == sessions.c.team_id, homes.c.short_id == sessions.c.short_id, homes.c.node_id == holder
        )
        mine = true() if holder is None else held.exists()
        async with self._database.writing() as connection:
            alive = sessions.c.id.in_(list(states)) & sessions.c.ended_at.is_(None)
            await connection.execute(update(sessions).where(alive, mine).values(kept_at=now))
            for session_id, state in states.items():
                if state is not None:
                    one = update(sessions).where(sessions.c.id == session_id, mine)
                    await connection.execute(one.values(state=state))

    async def open_sessions(self) -> list[SessionRecord]:
        """All sessions that have no end, with their seats; oldest first."""
        unended = select(sessions).where(sessions.c.ended_at.is_(None)).order_by(sessions.c.started_at)
        return await self._database.read(lambda connection: read_sessions(connection, unended))

    async def keep_lookup_code(self, code: LookupCodeRecord) -> None:
        """Keep a visitor's code instead of the one before."""
        await self._writer.flush()
        columns = {name: getattr(code, name) for name in code.__slots__}
        known = (visitors.c.team_id == code.team_id) & (visitors.c.short_id == code.short_id)
        theirs = (lookup_codes.c.team_id == code.team_id) & (lookup_codes.c.short_id == code.short_id)
        async with self._database.writing() as connection:
            if (await connection.execute(select(visitors.c.id).where(known))).first() is not None:
                await connection.execute(delete(lookup_codes).where(theirs))
                await connection.execute(insert(lookup_codes).values(columns))

    async def lookup_codes(self, now: datetime) -> list[LookupCodeRecord]:
        """All codes that hold; the others are deleted."""
        async with self._database.writing() as connection:
            await connection.execute(delete(lookup_codes).where(lookup_codes.c.expires_at <= now))
            return [LookupCodeRecord(**row._mapping) for row in await connection.execute(select(lookup_codes))]
