"""Writes what is noted about visitors in batches: one transaction at most every 200 ms or 500 notes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from functools import cache
from typing import Any

import structlog
from sqlalchemy import ColumnElement, Executable, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from twinpane.errors import UnavailableError
from twinpane.ports.records import VisitorChange
from twinpane.store.changes import apply_change, check_change
from twinpane.store.database import Database
from twinpane.store.rows import visitor_of, visitor_row
from twinpane.store.tables import rest_keys, visitors
from twinpane.store.visitor_index import is_indexed_alike, put_in, take_out

_INTERVAL_S = 0.2
_BATCH = 500
_RETRY_S = 1.0
FEW = 20
MANY = 2000
"""To read around more visitors than this takes longer than to wait until they are written."""
_SLICE = 100
"""Rows handled between two looks at the event loop: a few milliseconds."""

_log = structlog.get_logger(__name__)

_KEYS = frozenset({"id", "team_id", "short_id"})

Place = tuple[int, str]


class Writer:
    """Takes notes at once and writes them soon; keeps them when the database fails, and tries again."""

    def __init__(self, database: Database, few: int = FEW) -> None:
        """Write to this database once started. `few` visitors are written when somebody asks, and not read around."""
        self._database = database
        self._few = few
        self._changes: dict[Place, list[VisitorChange]] = {}
        self._in_hand: dict[Place, list[VisitorChange]] = {}
        """What is being written."""
        self._used_keys: dict[int, datetime] = {}
        self._count = 0
        self._noted = asyncio.Event()
        self._full = asyncio.Event()
        self._flushing = asyncio.Lock()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to write."""
        self._task = asyncio.create_task(self._run(), name="store writer")

    async def stop(self) -> None:
        """Write what waits and stop."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
            self._task = None
        await self.flush()

    def note_visitor(self, change: VisitorChange) -> None:
        """Take note of a visitor. Raises ValueError for a column that is not there."""
        check_change(change)
        _add(self._changes.setdefault((change.team_id, change.short_id), []), change)
        self._wake()

    def note_key_used(self, key_id: int, now: datetime) -> None:
        """Take note that a key was used."""
        self._used_keys[key_id] = now
        self._wake()

    async def flush(self) -> None:
        """Write what waits, after what is being written. Raises UnavailableError, and keeps what waits."""
        async with self._flushing:
            if not self._changes and not self._used_keys:
                return
            changes, self._changes = self._changes, {}
            self._in_hand = changes
            used_keys, self._used_keys = self._used_keys, {}
            self._count = 0
            self._noted.clear()
            self._full.clear()
            try:
                await self._write(changes, used_keys)
            except (UnavailableError, asyncio.CancelledError):
                self._take_back(changes, used_keys)
                raise
            except Exception:
                _log.exception("store_batch_refused", visitors=len(changes))
                await self._write_singly(changes)
            finally:
                self._in_hand = {}

    def waiting(self, team_id: int, short_id: str | None = None) -> dict[str, list[VisitorChange]]:
        """What is told of a team's visitors, or of one, and not written for sure; oldest first."""
        found: dict[str, list[VisitorChange]] = {}
        for changes in (self._in_hand, self._changes):
            for place in changes if short_id is None else [(team_id, short_id)]:
                if place[0] == team_id and place in changes:
                    found.setdefault(place[1], []).extend(changes[place])
        return found

    @property
    def is_soon_done(self) -> bool:
        """Whether what waits is so little that to write it takes no longer than to read around it."""
        return not self._flushing.locked() and len(self._changes) <= self._few

    async def settle(self) -> None:
        """Write what waits about visitors, so that a read that follows sees it."""
        if self._changes or self._flushing.locked():
            await self.flush()

    def _wake(self) -> None:
        self._count += 1
        self._noted.set()
        if self._count >= _BATCH:
            self._full.set()

    async def _run(self) -> None:
        while True:
            await self._noted.wait()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._full.wait(), _INTERVAL_S)
            try:
                await self.flush()
            except UnavailableError:
                _log.warning("store_write_failed", visitors=len(self._changes), exc_info=True)
                await asyncio.sleep(_RETRY_S)

    def _take_back(self, changes: dict[Place, list[VisitorChange]], used_keys: dict[int, datetime]) -> None:
        for place, newer in self._changes.items():
            for change in newer:
                _add(changes.setdefault(place, []), change)
        self._changes = changes
        self._used_keys = used_keys | self._used_keys
        self._noted.set()

    async def _write_singly(self, changes: dict[Place, list[VisitorChange]]) -> None:
        """After a batch that the database refused: one bad note must not keep the others from being written."""
        for place, waiting in changes.items():
            try:
                await self._write({place: waiting}, {})
            except UnavailableError:
                self._take_back({place: waiting}, {})
            except Exception:
                _log.exception("store_visitor_refused", short_id=place[1])

    async def _write(self, changes: dict[Place, list[VisitorChange]], used_keys: dict[int, datetime]) -> None:
        async with self._database.writing() as connection:
            places = list(changes)
            for start in range(0, len(places), _SLICE):
                await _write_visitors(connection, {place: changes[place] for place in places[start : start + _SLICE]})
                await asyncio.sleep(0)
            for key_id, now in used_keys.items():
                await connection.execute(update(rest_keys).where(rest_keys.c.id == key_id).values(last_used_at=now))


def _add(waiting: list[VisitorChange], change: VisitorChange) -> None:
    """Two changes are enough to keep: the first tells when the visitor was seen first, one holds all later ones."""
    if len(waiting) < 2:
        waiting.append(change)
        return
    waiting[1] = VisitorChange(
        team_id=change.team_id, short_id=change.short_id, at=change.at, set={**waiting[1].set, **change.set}
    )


async def _write_visitors(connection: AsyncConnection, changes: dict[Place, list[VisitorChange]]) -> None:
    """Read, change, write whole: the columns made for searching need all the others."""
    read = await connection.execute(select(visitors).where(_among(changes)))
    known = {(row.team_id, row.short_id): row for row in read}
    rows: list[dict[str, Any]] = []
    stale: list[Mapping[str, Any]] = []
    fresh: list[dict[str, Any]] = []
    for place, waiting in changes.items():
        before = known.get(place)
        visitor = visitor_of(before) if before is not None else None
        for change in waiting:
            visitor = apply_change(visitor, change)
        if visitor is None:
            continue
        rows.append(row := visitor_row(visitor))
        if before is None:
            fresh.append(row)
        elif not is_indexed_alike(connection.dialect.name, was := dict(before._mapping), row):
            stale.append(was)
            fresh.append(row | {"id": before.id})
    if rows:
        await take_out(connection, stale)
        await connection.execute(_upsert(connection.dialect.name), rows)
        await put_in(connection, await _numbered(connection, fresh))


async def _numbered(connection: AsyncConnection, rows: list[dict[str, Any]]) -> list[Mapping[str, Any]]:
    """The rows with their ids; those of new visitors are read."""
    new = [(row["team_id"], row["short_id"]) for row in rows if "id" not in row]
    if not new:
        return list(rows)
    found = await connection.execute(select(visitors.c.id, visitors.c.team_id, visitors.c.short_id).where(_among(new)))
    ids = {(row.team_id, row.short_id): row.id for row in found}
    return [row if "id" in row else row | {"id": ids[row["team_id"], row["short_id"]]} for row in rows]


def _among(places: Iterable[Place]) -> ColumnElement[bool]:
    """Whether a row is one of these. Not as pairs: SQLite reads the whole table to compare those."""
    short_ids: dict[int, list[str]] = {}
    for team_id, short_id in places:
        short_ids.setdefault(team_id, []).append(short_id)
    return or_(*((visitors.c.team_id == team_id) & visitors.c.short_id.in_(ids) for team_id, ids in short_ids.items()))


@cache
def _upsert(dialect: str) -> Executable:
    """The statement that writes whole visitors; making it takes as long as writing fifty."""
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    upsert = insert(visitors)
    columns = {column.name: upsert.excluded[column.name] for column in visitors.c if column.name not in _KEYS}
    return upsert.on_conflict_do_update(index_elements=["team_id", "short_id"], set_=columns)
