"""The audit, in SQL and in memory (R22)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, Final

from sqlalchemy import Row, insert, select
from sqlalchemy.exc import IntegrityError

from twinpane.access.chain import START
from twinpane.errors import UnavailableError
from twinpane.ports.audit import AuditEntry, Deed
from twinpane.store.database import Database
from twinpane.store.postgres import AUDIT_LOCK, lock
from twinpane.store.tables import audit

_TRIES: Final = 20
_ROWS: Final = 1000


class Audit:
    """The part of the SQL store behind the audit; see `ports.audit.AuditStore`."""

    _database: Database

    async def add_deed(self, deed: Deed) -> None:
        """Add an entry at the end of the chain; again if another process was quicker."""
        for _ in range(_TRIES):
            try:
                await self._add(deed)
            except IntegrityError:
                continue
            return
        raise UnavailableError("The audit cannot be written.")

    async def _add(self, deed: Deed) -> None:
        last = select(audit.c.hash).order_by(audit.c.number.desc()).limit(1)
        async with self._database.writing() as connection:
            await connection.run_sync(lock, AUDIT_LOCK)
            previous: bytes = (await connection.execute(last)).scalar_one_or_none() or START
            row = {
                "team_id": deed.team_id,
                "at": deed.at,
                "who": deed.who,
                "did": deed.did,
                "address": deed.address,
                "previous_hash": previous,
                "hash": deed.hash_after(previous),
            }
            await connection.execute(insert(audit).values(row))

    async def audit(self, team_id: int, limit: int, before: int | None) -> list[AuditEntry]:
        """Entries of a team, newest first, with numbers less than `before`."""
        found = select(audit).where(audit.c.team_id == team_id)
        if before is not None:
            found = found.where(audit.c.number < before)
        newest = found.order_by(audit.c.number.desc()).limit(limit)
        return [_entry_of(row) for row in await self._database.rows(newest)]

    async def audit_chain(self) -> AsyncIterator[AuditEntry]:
        """All entries of all teams, oldest first."""
        after = 0
        while True:
            found = select(audit).where(audit.c.number > after).order_by(audit.c.number).limit(_ROWS)
            rows = await self._database.rows(found)
            for row in rows:
                yield _entry_of(row)
            if not rows:
                return
            after = rows[-1].number


class MemoryAudit:
    """The part of the memory store behind the audit; see `ports.audit.AuditStore`."""

    def __init__(self) -> None:
        """Begin empty."""
        self._entries: list[AuditEntry] = []

    async def add_deed(self, deed: Deed) -> None:
        """Add an entry at the end of the chain."""
        previous = self._entries[-1].hash if self._entries else START
        hash_ = deed.hash_after(previous)
        self._entries.append(AuditEntry(number=len(self._entries) + 1, deed=deed, previous_hash=previous, hash=hash_))

    async def audit(self, team_id: int, limit: int, before: int | None) -> list[AuditEntry]:
        """Entries of a team, newest first, with numbers less than `before`."""
        found = [
            entry
            for entry in reversed(self._entries)
            if entry.deed.team_id == team_id and (before is None or entry.number < before)
        ]
        return found[:limit]

    async def audit_chain(self) -> AsyncIterator[AuditEntry]:
        """All entries of all teams, oldest first."""
        for entry in self._entries:
            yield entry


def _entry_of(row: Row[Any]) -> AuditEntry:
    deed = Deed(team_id=row.team_id, at=row.at, who=row.who, did=row.did, address=row.address)
    return AuditEntry(number=row.number, deed=deed, previous_hash=row.previous_hash, hash=row.hash)
