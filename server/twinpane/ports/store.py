"""Remember: teams, keys, visitors, sessions. Adapters: `store/` (SQLAlchemy) and `store/memory.py`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from twinpane_protocol.settings import AccountSettings

from twinpane.access.search import SearchQuery
from twinpane.ports.answers import AnswerStore
from twinpane.ports.audit import AuditStore
from twinpane.ports.kept import KeptStore
from twinpane.ports.members import MemberStore
from twinpane.ports.outbox import OutboxStore
from twinpane.ports.records import (
    Note,
    PageView,
    RestKey,
    Scope,
    Seat,
    SessionRecord,
    Team,
    Usage,
    Visitor,
    VisitorChange,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionFilter:
    """Which sessions are wanted (R19); every field None means all. `started_to` itself is not wanted any more."""

    short_id: str | None = None
    agent_id: str | None = None
    """The integrator's id of an agent who had a seat."""
    started_from: datetime | None = None
    started_to: datetime | None = None
    is_active: bool | None = None


@dataclass(frozen=True, slots=True)
class SessionPage:
    """Some sessions with their seats, newest first, and the cursor of the next ones."""

    sessions: list[SessionRecord]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class VisitorPage:
    """Some visitors, newest `last_seen_at` first, and the cursor of the next ones."""

    visitors: list[Visitor]
    next_cursor: str | None


class Store(OutboxStore, AuditStore, MemberStore, KeptStore, AnswerStore, Protocol):
    """Everything durable. Methods raise `UnavailableError` when the database does."""

    async def open(self) -> None:
        """Connect, bring the schema up to date, set every visitor offline. Sessions stay open (K1)."""

    async def close(self) -> None:
        """Write what waits and disconnect."""

    async def team_by_public_key(self, public_key: str) -> Team | None:
        """Find the team whose pages carry this key."""

    async def team(self, team_id: int) -> Team | None:
        """One team by its number."""

    async def add_team(self, name: str, public_key: str) -> Team:
        """Create a team. Raises ConflictError if the key is taken."""

    async def teams(self) -> list[Team]:
        """All teams, oldest first."""

    async def add_rest_key(
        self, team_id: int, name: str, key_hash: bytes, scopes: frozenset[Scope], now: datetime
    ) -> RestKey:
        """Keep a REST key by its SHA-256."""

    async def rest_key_by_hash(self, key_hash: bytes) -> RestKey | None:
        """Find a key, revoked ones included."""

    async def rest_keys(self, team_id: int) -> list[RestKey]:
        """All keys of a team, oldest first."""

    async def touch_rest_key(self, key_id: int, now: datetime) -> None:
        """Note that a key was used; may be written late."""

    async def revoke_rest_key(self, team_id: int, key_id: int, now: datetime) -> bool:
        """Revoke a key; False if there is none."""

    def record_visitor(self, change: VisitorChange) -> None:
        """Take note of a visitor; returns at once, written within 200 ms or 500 changes, one transaction a batch.

        An unknown visitor is created with `first_seen_at = at`; `last_seen_at` becomes `at`.
        """

    async def flush(self) -> None:
        """Write what `record_visitor` took and is still waiting."""

    async def visitor(self, team_id: int, short_id: str) -> Visitor | None:
        """One visitor, with everything recorded so far (flushes first if that visitor waits)."""

    async def visitors_among(self, team_id: int, short_ids: list[str]) -> list[Visitor]:
        """Those of some visitors who are known, at most 500, in any order; with everything recorded so far."""

    async def add_page_views(self, team_id: int, short_id: str, views: list[PageView]) -> None:
        """Keep what a visitor looked at; of all their views the newest 200. An unknown visitor's are not kept."""

    async def page_views(self, team_id: int, short_id: str, limit: int) -> list[PageView]:
        """What a visitor looked at, newest first."""

    async def change_team(
        self,
        team_id: int,
        *,
        name: str | None = None,
        settings: AccountSettings | None = None,
        allowed_domains: tuple[str, ...] | None = None,
    ) -> Team | None:
        """Set what is given, None leaves; returns the team as it is then, None if there is none."""

    async def search_visitors(self, team_id: int, query: SearchQuery, limit: int, cursor: str | None) -> VisitorPage:
        """Visitors that match all terms (R40), newest first; sees everything recorded so far.

        Raises InvalidRequestError for a cursor that is not ours.
        """

    async def add_session(self, record: SessionRecord) -> None:
        """Keep a new session (without seats)."""

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

    async def set_recording(self, session_id: str, figures: dict[str, Any] | None) -> None:
        """Note what was recorded of a session; None: nothing is left of it (R20)."""

    async def recorded_before(self, before: datetime, limit: int) -> list[SessionRecord]:
        """Sessions that ended before and have a recording, without their seats; the oldest first."""

    async def sessions_of(self, team_id: int, short_id: str, limit: int) -> list[SessionRecord]:
        """The visitor's sessions with their seats, newest first."""

    async def recent_sessions(self, team_id: int, short_ids: list[str], limit: int) -> dict[str, list[SessionRecord]]:
        """As `sessions_of`, for many visitors at once; `limit` for each. Visitors without sessions are left out."""

    async def session(self, team_id: int, session_id: str) -> SessionRecord | None:
        """One session with its seats."""

    async def search_sessions(self, team_id: int, wanted: SessionFilter, limit: int, cursor: str | None) -> SessionPage:
        """Sessions of a team, newest first (R19). Raises InvalidRequestError for a cursor that is not ours."""

    async def add_note(self, session_id: str, author: str, text: str, now: datetime) -> Note:
        """Keep a note on a session that is kept; it goes with its visitor (R13)."""

    async def notes(self, session_id: str) -> list[Note]:
        """The notes on a session, oldest first."""

    async def stale_visitors(self, team_id: int, before: datetime, limit: int) -> list[str]:
        """Visitors who are offline, were last seen before, and had no session since: the longest unseen first."""

    async def stored_about(self, team_id: int, short_id: str) -> dict[str, list[dict[str, Any]]]:
        """All rows about a visitor, by table, oldest first; columns as `ports.inventory.exported_columns` (R24)."""

    async def erase_visitors(self, team_id: int, short_ids: list[str]) -> None:
        """Delete visitors, their sessions with seats and notes, and what waits to be written about them (R13)."""

    async def scrub(self) -> None:
        """See that nothing erased is left in free pages, journals or indexes; may take long in a large database."""

    async def add_seat(self, seat: Seat) -> None:
        """Keep a seat."""

    async def open_seat(self, token_hash: bytes, grant_hash: bytes, now: datetime) -> Seat | None:
        """Use up a watch token: one statement, so that it opens once. None if unknown, used or expired (R15a)."""

    async def seat(self, seat_id: str) -> Seat | None:
        """The seat of an id, which is no secret."""

    async def seat_by_grant(self, grant_hash: bytes) -> Seat | None:
        """The seat of a window that shows its grant."""

    async def seat_by_token(self, token_hash: bytes) -> Seat | None:
        """The seat of a watch token, used, expired or not; does not use it up."""

    async def update_seat(
        self, seat_id: str, *, joined_at: datetime | None = None, left_at: datetime | None = None
    ) -> None:
        """Set what is given; None leaves."""

    async def usage(self, team_id: int, now: datetime) -> Usage:
        """The figures of R10. Days are UTC."""
