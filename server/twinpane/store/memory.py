"""A store in memory: real, complete, gone when the process ends."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from datetime import datetime
from typing import Any

from twinpane_protocol.settings import AccountSettings

from twinpane.access.cursors import make_cursor, read_cursor, read_session_cursor
from twinpane.access.search import SearchQuery
from twinpane.errors import ConflictError
from twinpane.ports.records import PageView, RestKey, Scope, Seat, SessionRecord, Team, Usage, Visitor, VisitorChange
from twinpane.ports.store import SessionFilter, SessionPage, VisitorPage
from twinpane.store.answers import MemoryAnswers
from twinpane.store.audit import MemoryAudit
from twinpane.store.changes import apply_change, check_change
from twinpane.store.export import Rows, remembered_about
from twinpane.store.matching import matches, recency
from twinpane.store.memory_kept import MemoryKept
from twinpane.store.memory_members import MemoryMembers
from twinpane.store.memory_outbox import MemoryOutbox
from twinpane.store.notes import MemoryNotes
from twinpane.store.page_views import KEPT, MemoryPageViews
from twinpane.store.spans import usage_spans


class MemoryStore(MemoryOutbox, MemoryAudit, MemoryPageViews, MemoryMembers, MemoryNotes, MemoryKept, MemoryAnswers):
    """See `ports.store.Store`."""

    def __init__(self) -> None:
        """Begin empty."""
        MemoryOutbox.__init__(self)
        MemoryAudit.__init__(self)
        MemoryPageViews.__init__(self)
        MemoryMembers.__init__(self)
        MemoryNotes.__init__(self)
        MemoryKept.__init__(self)
        MemoryAnswers.__init__(self)
        self._teams: list[Team] = []
        self._keys: dict[bytes, RestKey] = {}
        self._visitors: dict[tuple[int, str], Visitor] = {}
        self._sessions: dict[str, SessionRecord] = {}
        self._seats: dict[str, Seat] = {}

    async def open(self) -> None:
        """Set every visitor offline."""
        for visitor in self._visitors.values():
            visitor.is_online = visitor.is_in_session = False

    async def close(self) -> None:
        """Nothing waits here."""

    # ---- teams and keys ----

    async def team_by_public_key(self, public_key: str) -> Team | None:
        """Find the team whose pages carry this key."""
        return next((team for team in self._teams if team.public_key == public_key), None)

    async def team(self, team_id: int) -> Team | None:
        """One team by its number."""
        return next((team for team in self._teams if team.id == team_id), None)

    async def add_team(self, name: str, public_key: str) -> Team:
        """Create a team. Raises ConflictError if the key is taken."""
        if await self.team_by_public_key(public_key):
            raise ConflictError("This public key is taken.")
        team = Team(id=len(self._teams) + 1, public_key=public_key, name=name)
        self._teams.append(team)
        return team

    async def change_team(
        self,
        team_id: int,
        *,
        name: str | None = None,
        settings: AccountSettings | None = None,
        allowed_domains: tuple[str, ...] | None = None,
    ) -> Team | None:
        """Set what is given, None leaves; returns the team as it is then, None if there is none."""
        given: dict[str, Any] = {"name": name, "settings": settings, "allowed_domains": allowed_domains}
        changes = {column: value for column, value in given.items() if value is not None}
        self._teams = [replace(team, **changes) if team.id == team_id else team for team in self._teams]
        return await self.team(team_id)

    async def teams(self) -> list[Team]:
        """All teams, oldest first."""
        return list(self._teams)

    async def add_rest_key(
        self, team_id: int, name: str, key_hash: bytes, scopes: frozenset[Scope], now: datetime
    ) -> RestKey:
        """Keep a REST key by its SHA-256."""
        if key_hash in self._keys:
            raise ConflictError("This key exists already.")
        key = RestKey(
            id=len(self._keys) + 1,
            team_id=team_id,
            name=name,
            scopes=scopes,
            created_at=now,
            last_used_at=None,
            revoked_at=None,
        )
        self._keys[key_hash] = key
        return key

    async def rest_key_by_hash(self, key_hash: bytes) -> RestKey | None:
        """Find a key, revoked ones included."""
        return self._keys.get(key_hash)

    async def rest_keys(self, team_id: int) -> list[RestKey]:
        """All keys of a team, oldest first."""
        return [key for key in self._keys.values() if key.team_id == team_id]

    async def touch_rest_key(self, key_id: int, now: datetime) -> None:
        """Note that a key was used."""
        self._change_key(key_id, last_used_at=now)

    async def revoke_rest_key(self, team_id: int, key_id: int, now: datetime) -> bool:
        """Revoke a key; False if there is none."""
        mine = any(key.id == key_id and key.revoked_at is None for key in await self.rest_keys(team_id))
        if mine:
            self._change_key(key_id, revoked_at=now)
        return mine

    def _change_key(self, key_id: int, **changes: Any) -> None:
        for key_hash, key in self._keys.items():
            if key.id == key_id:
                self._keys[key_hash] = replace(key, **changes)

    # ---- visitors ----

    def record_visitor(self, change: VisitorChange) -> None:
        """Take note of a visitor, at once. Raises ValueError for a column that is not there."""
        check_change(change)
        place = (change.team_id, change.short_id)
        self._visitors[place] = apply_change(self._visitors.get(place), change)

    async def flush(self) -> None:
        """Nothing waits here."""

    async def visitor(self, team_id: int, short_id: str) -> Visitor | None:
        """One visitor."""
        return deepcopy(self._visitors.get((team_id, short_id)))

    async def add_page_views(self, team_id: int, short_id: str, views: list[PageView]) -> None:
        """Keep views of a visitor who is known."""
        place = (team_id, short_id)
        if place in self._visitors:
            self._views[place] = (self._views.get(place, []) + views)[-KEPT:]

    async def visitors_among(self, team_id: int, short_ids: list[str]) -> list[Visitor]:
        """Those of some visitors who are known."""
        found = (self._visitors.get((team_id, short_id)) for short_id in short_ids)
        return [deepcopy(visitor) for visitor in found if visitor is not None]

    async def search_visitors(self, team_id: int, query: SearchQuery, limit: int, cursor: str | None) -> VisitorPage:
        """Visitors that match all terms (R40), newest first."""
        found = sorted(
            (each for each in self._visitors.values() if each.team_id == team_id and matches(each, query)),
            key=recency,
            reverse=True,
        )
        if cursor is not None:
            after = read_cursor(cursor)
            found = [visitor for visitor in found if recency(visitor) < after]
        shown = deepcopy(found[:limit])
        more = len(found) > limit
        return VisitorPage(shown, make_cursor(*recency(shown[-1])) if more and shown else None)

    # ---- sessions and seats ----

    async def add_session(self, record: SessionRecord) -> None:
        """Keep a new session (without seats)."""
        self._sessions[record.id] = replace(deepcopy(record), agents=[])

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
        given: dict[str, Any] = {
            "went_live_at": went_live_at,
            "ended_at": ended_at,
            "end_reason": end_reason,
            "features_used": features_used,
        }
        record = self._sessions.get(session_id)
        if record is not None:
            self._sessions[session_id] = replace(record, **{name: v for name, v in given.items() if v is not None})

    async def set_recording(self, session_id: str, figures: dict[str, Any] | None) -> None:
        """Note what was recorded of a session; None: nothing is left of it."""
        if (record := self._sessions.get(session_id)) is not None:
            record.recording = deepcopy(figures)

    async def recorded_before(self, before: datetime, limit: int) -> list[SessionRecord]:
        """Sessions that ended before and have a recording, the oldest first."""
        had = [each for each in self._sessions.values() if each.recording and each.ended_at and each.ended_at < before]
        return deepcopy(sorted(had, key=lambda each: each.ended_at or before)[:limit])

    async def sessions_of(self, team_id: int, short_id: str, limit: int) -> list[SessionRecord]:
        """The visitor's sessions with their seats, newest first."""
        mine = [
            record for record in self._sessions.values() if (record.team_id, record.short_id) == (team_id, short_id)
        ]
        mine.sort(key=lambda record: (record.started_at, record.id), reverse=True)
        return [replace(deepcopy(record), agents=self._seats_of(record.id)) for record in mine[:limit]]

    async def recent_sessions(self, team_id: int, short_ids: list[str], limit: int) -> dict[str, list[SessionRecord]]:
        """As `sessions_of`, for many visitors at once."""
        found = {short_id: await self.sessions_of(team_id, short_id, limit) for short_id in short_ids}
        return {short_id: records for short_id, records in found.items() if records}

    async def session(self, team_id: int, session_id: str) -> SessionRecord | None:
        """One session with its seats."""
        record = self._sessions.get(session_id)
        if record is None or record.team_id != team_id:
            return None
        return replace(deepcopy(record), agents=self._seats_of(session_id))

    async def search_sessions(self, team_id: int, wanted: SessionFilter, limit: int, cursor: str | None) -> SessionPage:
        """Sessions of a team, newest first (R19)."""
        full = [replace(deepcopy(each), agents=self._seats_of(each.id)) for each in self._sessions.values()]
        found = [each for each in full if each.team_id == team_id and _is_wanted(each, wanted)]
        found.sort(key=_started, reverse=True)
        if cursor is not None:
            after = read_session_cursor(cursor)
            found = [each for each in found if _started(each) < after]
        shown = found[:limit]
        more = len(found) > limit
        return SessionPage(shown, make_cursor(*_started(shown[-1])) if more and shown else None)

    async def stale_visitors(self, team_id: int, before: datetime, limit: int) -> list[str]:
        """Visitors not seen since, oldest first; not those of sessions that go on or began later."""
        held = {each.short_id for each in self._sessions.values() if each.started_at >= before or not each.ended_at}
        stale = [
            each
            for each in self._visitors.values()
            if each.team_id == team_id
            and each.last_seen_at < before
            and not each.is_online
            and each.short_id not in held
        ]
        return [each.short_id for each in sorted(stale, key=recency)[:limit]]

    async def stored_about(self, team_id: int, short_id: str) -> Rows:
        """All rows about a visitor, by table."""
        return await remembered_about(self, team_id, short_id, self._deliveries_about(team_id, short_id))

    async def erase_visitors(self, team_id: int, short_ids: list[str]) -> None:
        """Delete visitors, their sessions, and the seats and notes of these."""
        self._erase_deliveries(team_id, set(short_ids))
        self._erase_answers(team_id, set(short_ids))
        gone = {(team_id, short_id) for short_id in short_ids}
        self._views = {place: each for place, each in self._views.items() if place not in gone}
        self._codes = {place: each for place, each in self._codes.items() if place not in gone}
        self._visitors = {place: each for place, each in self._visitors.items() if place not in gone}
        self._sessions = {
            id_: each for id_, each in self._sessions.items() if (each.team_id, each.short_id) not in gone
        }
        self._seats = {id_: seat for id_, seat in self._seats.items() if seat.session_id in self._sessions}
        self._notes = [note for note in self._notes if note.session_id in self._sessions]

    async def scrub(self) -> None:
        """Nothing is left here."""

    def _seats_of(self, session_id: str) -> list[Seat]:
        return [deepcopy(seat) for seat in self._seats.values() if seat.session_id == session_id]

    async def add_seat(self, seat: Seat) -> None:
        """Keep a seat."""
        self._seats[seat.id] = deepcopy(seat)

    async def open_seat(self, token_hash: bytes, grant_hash: bytes, now: datetime) -> Seat | None:
        """Use up a watch token. None if unknown, used or expired (R15a)."""
        for seat in self._seats.values():
            if seat.token_hash == token_hash and seat.opened_at is None and seat.expires_at > now:
                seat.opened_at, seat.grant_hash = now, grant_hash
                return deepcopy(seat)
        return None

    async def seat(self, seat_id: str) -> Seat | None:
        """The seat of an id, which is no secret."""
        return deepcopy(self._seats.get(seat_id))

    async def seat_by_grant(self, grant_hash: bytes) -> Seat | None:
        """The seat of a window that shows its grant."""
        return deepcopy(next((seat for seat in self._seats.values() if seat.grant_hash == grant_hash), None))

    async def seat_by_token(self, token_hash: bytes) -> Seat | None:
        """The seat of a watch token, used or not."""
        return deepcopy(next((seat for seat in self._seats.values() if seat.token_hash == token_hash), None))

    async def update_seat(
        self, seat_id: str, *, joined_at: datetime | None = None, left_at: datetime | None = None
    ) -> None:
        """Set what is given; None leaves."""
        seat = self._seats.get(seat_id)
        if seat is not None:
            seat.joined_at = joined_at or seat.joined_at
            seat.left_at = left_at or seat.left_at

    # ---- figures ----

    async def usage(self, team_id: int, now: datetime) -> Usage:
        """The figures of R10. Days are UTC."""
        today, day_ago, month_ago = usage_spans(now)
        visitors = [visitor for visitor in self._visitors.values() if visitor.team_id == team_id]
        sessions = [record for record in self._sessions.values() if record.team_id == team_id]
        ids = {record.id for record in sessions}
        opened = [seat for seat in self._seats.values() if seat.session_id in ids]

        def agents(since: datetime) -> int:
            return len({seat.agent_id for seat in opened if seat.opened_at and seat.opened_at >= since})

        return Usage(
            visitors_online_now=sum(visitor.is_online for visitor in visitors),
            visitors_last_24_hrs=sum(visitor.last_seen_at >= day_ago for visitor in visitors),
            visitors_last_30_days=sum(visitor.last_seen_at >= month_ago for visitor in visitors),
            agents_today=agents(today),
            agents_last_30_days=agents(month_ago),
            sessions_now=sum(record.ended_at is None for record in sessions),
            sessions_today=sum(record.started_at >= today for record in sessions),
            sessions_last_30_days=sum(record.started_at >= month_ago for record in sessions),
            session_seconds_today=sum(_seconds_since(today, record, now) for record in sessions),
            session_seconds_last_30_days=sum(_seconds_since(month_ago, record, now) for record in sessions),
        )


def _seconds_since(start: datetime, record: SessionRecord, now: datetime) -> int:
    """Seconds that a session was live after `start`."""
    if record.went_live_at is None:
        return 0
    return max(0, int(((record.ended_at or now) - max(record.went_live_at, start)).total_seconds()))


def _started(record: SessionRecord) -> tuple[datetime, str]:
    return record.started_at, record.id


def _is_wanted(record: SessionRecord, wanted: SessionFilter) -> bool:
    return (
        wanted.short_id in (None, record.short_id)
        and (wanted.agent_id is None or any(seat.agent_id == wanted.agent_id for seat in record.agents))
        and (wanted.started_from is None or record.started_at >= wanted.started_from)
        and (wanted.started_to is None or record.started_at < wanted.started_to)
        and wanted.is_active in (None, record.ended_at is None)
    )
