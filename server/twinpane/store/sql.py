"""A store in an SQL database by SQLAlchemy Core; SQLite in a file is the default."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import URL, Row, Select, Table, bindparam, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from twinpane_protocol.settings import AccountSettings

from twinpane.access.cursors import make_cursor, read_cursor
from twinpane.access.search import SearchQuery
from twinpane.errors import ConflictError
from twinpane.ports.records import RestKey, Scope, Seat, SessionRecord, Team, Usage, Visitor, VisitorChange
from twinpane.ports.store import VisitorPage
from twinpane.store.answers import Answers
from twinpane.store.audit import Audit
from twinpane.store.database import Database
from twinpane.store.erasure import Erasure
from twinpane.store.export import Export
from twinpane.store.figures import count_usage
from twinpane.store.kept import Kept
from twinpane.store.members import Members
from twinpane.store.nodes import Nodes
from twinpane.store.notes import Notes
from twinpane.store.outbox import Outbox
from twinpane.store.page_views import PageViews
from twinpane.store.remembered import Remembered
from twinpane.store.restart import set_everyone_offline
from twinpane.store.rows import rest_key_of, seat_of, seat_row, session_row, team_of, visitor_of
from twinpane.store.search import Search
from twinpane.store.session_list import SessionList, read_sessions
from twinpane.store.tables import rest_keys, seats, sessions, teams, visitors
from twinpane.store.unwritten import search_over, visitors_as_told
from twinpane.store.writer import FEW, MANY, Writer


class SqlStore(SessionList, Erasure, Export, Outbox, Audit, PageViews, Members, Notes, Kept, Nodes, Answers):
    """See `ports.store.Store`."""

    def __init__(self, url: str | URL, few: int = FEW) -> None:
        """Take an SQLAlchemy URL with an async driver; `few` as `Writer` has it."""
        self._database = Database(url)
        self._writer = Writer(self._database, few)
        self._remembered = Remembered(self._database.version)

    @classmethod
    def in_file(cls, path: Path, few: int = FEW) -> SqlStore:
        """Keep everything in one SQLite file."""
        return cls(f"sqlite+aiosqlite:///{path}", few)

    async def connect(self) -> None:
        """Connect beside a server that may be running: bring the schema up to date and change nothing else."""
        await self._database.open()
        self._writer.start()

    async def open(self) -> None:
        """Connect, and set every visitor offline."""
        await self.connect()
        async with self._database.writing() as connection:
            await set_everyone_offline(connection)

    async def close(self) -> None:
        """Write what waits and disconnect."""
        await self._writer.stop()
        await self._database.close()

    # ---- teams and keys ----

    async def team_by_public_key(self, public_key: str) -> Team | None:
        """Find the team whose pages carry this key."""
        row = await self._one(select(teams).where(teams.c.public_key == public_key))
        return team_of(row) if row else None

    async def team(self, team_id: int) -> Team | None:
        """One team by its number."""

        async def ask() -> Team | None:
            row = await self._one(select(teams).where(teams.c.id == team_id))
            return team_of(row) if row else None

        return await self._remembered.answer(("team", team_id), ask)

    async def add_team(self, name: str, public_key: str) -> Team:
        """Create a team. Raises ConflictError if the key is taken."""
        row = {"name": name, "public_key": public_key, "allowed_domains": [], "settings": {}}
        try:
            async with self._database.writing() as connection:
                made = await connection.execute(insert(teams).values(row).returning(*teams.c))
                return team_of(made.one())
        except IntegrityError as error:
            raise ConflictError("This public key is taken.") from error

    async def change_team(
        self,
        team_id: int,
        *,
        name: str | None = None,
        settings: AccountSettings | None = None,
        allowed_domains: tuple[str, ...] | None = None,
    ) -> Team | None:
        """Set what is given, None leaves; returns the team as it is then, None if there is none."""
        given = {
            "name": name,
            "settings": None if settings is None else msgspec.to_builtins(settings),
            "allowed_domains": None if allowed_domains is None else list(allowed_domains),
        }
        await self._set(teams, team_id, given)
        return await self.team(team_id)

    async def teams(self) -> list[Team]:
        """All teams, oldest first."""
        return [team_of(row) for row in await self._database.rows(select(teams).order_by(teams.c.id))]

    async def add_rest_key(
        self, team_id: int, name: str, key_hash: bytes, scopes: frozenset[Scope], now: datetime
    ) -> RestKey:
        """Keep a REST key by its SHA-256. Raises ConflictError if there is one with this hash."""
        row = {
            "team_id": team_id,
            "name": name,
            "key_hash": key_hash,
            "scopes": sorted(scopes),
            "created_at": now,
        }
        try:
            async with self._database.writing() as connection:
                made = await connection.execute(insert(rest_keys).values(row).returning(*rest_keys.c))
                return rest_key_of(made.one())
        except IntegrityError as error:
            raise ConflictError("This key exists already.") from error

    async def rest_key_by_hash(self, key_hash: bytes) -> RestKey | None:
        """Find a key, revoked ones included."""

        async def ask() -> RestKey | None:
            row = await self._one(select(rest_keys).where(rest_keys.c.key_hash == key_hash))
            return rest_key_of(row) if row else None

        return await self._remembered.answer(("key", key_hash), ask)

    async def rest_keys(self, team_id: int) -> list[RestKey]:
        """All keys of a team, oldest first."""
        await self._writer.flush()
        theirs = select(rest_keys).where(rest_keys.c.team_id == team_id).order_by(rest_keys.c.id)
        return [rest_key_of(row) for row in await self._database.rows(theirs)]

    async def touch_rest_key(self, key_id: int, now: datetime) -> None:
        """Note that a key was used; written with the next batch."""
        self._writer.note_key_used(key_id, now)

    async def revoke_rest_key(self, team_id: int, key_id: int, now: datetime) -> bool:
        """Revoke a key; False if there is none."""
        mine = (rest_keys.c.id == key_id) & (rest_keys.c.team_id == team_id) & rest_keys.c.revoked_at.is_(None)
        async with self._database.writing() as connection:
            revoked = await connection.execute(update(rest_keys).where(mine).values(revoked_at=now))
            return revoked.rowcount == 1

    # ---- visitors ----

    def record_visitor(self, change: VisitorChange) -> None:
        """Take note of a visitor; written with the next batch. Raises ValueError for a column that is not there."""
        self._writer.note_visitor(change)

    async def flush(self) -> None:
        """Write what waits."""
        await self._writer.flush()

    async def visitor(self, team_id: int, short_id: str) -> Visitor | None:
        """One visitor, with everything recorded so far."""
        if told := await self._told(team_id, short_id):
            found = await self._database.read(lambda connection: visitors_as_told(connection, team_id, told))
            return found[0]
        row = await self._one(select(visitors).where(visitors.c.team_id == team_id, visitors.c.short_id == short_id))
        return visitor_of(row) if row else None

    async def visitors_among(self, team_id: int, short_ids: list[str]) -> list[Visitor]:
        """Those of some visitors who are known, with everything recorded so far."""
        await self._writer.settle()
        found = select(visitors).where(visitors.c.team_id == team_id, visitors.c.short_id.in_(short_ids))
        return [visitor_of(row) for row in await self._database.rows(found)]

    async def search_visitors(self, team_id: int, query: SearchQuery, limit: int, cursor: str | None) -> VisitorPage:
        """Visitors that match all terms (R40), newest first. Raises InvalidRequestError for a foreign cursor."""
        search = Search(team_id, query, limit + 1, None if cursor is None else read_cursor(cursor))
        told = await self._told(team_id)
        found = await self._database.read(lambda connection: search_over(connection, search, told))
        shown = found[:limit]
        if len(found) <= limit or not shown:
            return VisitorPage(shown, None)
        return VisitorPage(shown, make_cursor(shown[-1].last_seen_at, shown[-1].short_id))

    async def _told(self, team_id: int, short_id: str | None = None) -> dict[str, list[VisitorChange]]:
        """What must be laid over the table for a read to see everything recorded so far."""
        told = self._writer.waiting(team_id, short_id)
        if not told or (len(told) <= MANY and not self._writer.is_soon_done):
            return told
        await self._writer.settle()
        return self._writer.waiting(team_id, short_id)

    # ---- sessions and seats ----

    async def add_session(self, record: SessionRecord) -> None:
        """Keep a new session (without seats)."""
        async with self._database.writing() as connection:
            await connection.execute(insert(sessions).values(session_row(record)))

    async def update_session(
        self,
        session_id: str,
        *,
        went_live_at: datetime | None = None,
        ended_at: datetime | None = None,
        end_reason: str | None = None,
        features_used: list[str] | None = None,
    ) -> None:
        """Set what is given; None leaves."""
        given = {
            "went_live_at": went_live_at,
            "ended_at": ended_at,
            "end_reason": end_reason,
            "features_used": features_used,
        }
        await self._set(sessions, session_id, given)

    async def sessions_of(self, team_id: int, short_id: str, limit: int) -> list[SessionRecord]:
        """The visitor's sessions with their seats, newest first."""
        return (await self.recent_sessions(team_id, [short_id], limit)).get(short_id, [])

    async def recent_sessions(self, team_id: int, short_ids: list[str], limit: int) -> dict[str, list[SessionRecord]]:
        """As `sessions_of`, for many visitors at once, in two statements."""
        if not short_ids:
            return {}
        wanted = _recent_sessions().params(team_id=team_id, short_ids=short_ids, most=limit)
        found: dict[str, list[SessionRecord]] = {}
        for record in await self._database.read(lambda connection: read_sessions(connection, wanted)):
            found.setdefault(record.short_id, []).append(record)
        return found

    async def add_seat(self, seat: Seat) -> None:
        """Keep a seat."""
        async with self._database.writing() as connection:
            await connection.execute(insert(seats).values(seat_row(seat)))

    async def open_seat(self, token_hash: bytes, grant_hash: bytes, now: datetime) -> Seat | None:
        """Use up a watch token in one statement, so that it opens once (R15a)."""
        usable = (seats.c.token_hash == token_hash) & seats.c.opened_at.is_(None) & (seats.c.expires_at > now)
        opening = update(seats).where(usable).values(opened_at=now, grant_hash=grant_hash).returning(*seats.c)
        async with self._database.writing() as connection:
            row = (await connection.execute(opening)).one_or_none()
            return seat_of(row) if row else None

    async def seat(self, seat_id: str) -> Seat | None:
        """The seat of an id, which is no secret."""
        row = await self._one(select(seats).where(seats.c.id == seat_id))
        return seat_of(row) if row else None

    async def seat_by_grant(self, grant_hash: bytes) -> Seat | None:
        """The seat of a window that shows its grant."""
        row = await self._one(select(seats).where(seats.c.grant_hash == grant_hash))
        return seat_of(row) if row else None

    async def seat_by_token(self, token_hash: bytes) -> Seat | None:
        """The seat of a watch token, used or not."""
        row = await self._one(select(seats).where(seats.c.token_hash == token_hash))
        return seat_of(row) if row else None

    async def update_seat(
        self, seat_id: str, *, joined_at: datetime | None = None, left_at: datetime | None = None
    ) -> None:
        """Set what is given; None leaves."""
        await self._set(seats, seat_id, {"joined_at": joined_at, "left_at": left_at})

    # ---- figures ----

    async def usage(self, team_id: int, now: datetime) -> Usage:
        """The figures of R10. Days are UTC."""
        await self._writer.settle()
        return await self._database.read(lambda connection: count_usage(connection, team_id, now))

    async def _one(self, found: Select[Any]) -> Row[Any] | None:
        return await self._database.read(lambda connection: connection.execute(found).one_or_none())

    async def _set(self, table: Table, row_id: str | int, given: dict[str, Any]) -> None:
        changes = {name: value for name, value in given.items() if value is not None}
        if changes:
            async with self._database.writing() as connection:
                await connection.execute(update(table).where(table.c.id == row_id).values(changes))


@cache
def _recent_sessions() -> Select[Any]:
    """Sessions of some visitors, the newest few of each; made once, for making it takes longer than running it."""
    newest_first = [sessions.c.started_at.desc(), sessions.c.id.desc()]
    place = func.row_number().over(partition_by=sessions.c.short_id, order_by=newest_first).label("place")
    theirs = sessions.c.short_id.in_(bindparam("short_ids", expanding=True))
    ranked = select(sessions, place).where(sessions.c.team_id == bindparam("team_id"), theirs).subquery()
    columns = [ranked.c[column.name] for column in sessions.c]
    return select(*columns).where(ranked.c.place <= bindparam("most")).order_by(ranked.c.place)
