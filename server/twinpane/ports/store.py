"""Remember: teams, keys, visitors, sessions. Adapters: `store/` (SQLAlchemy) and `store/memory.py`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from twinpane.access.search import SearchQuery
from twinpane.ports.records import RestKey, Scope, Seat, SessionRecord, Team, Usage, Visitor, VisitorChange


@dataclass(frozen=True, slots=True)
class VisitorPage:
    """Some visitors, newest `last_seen_at` first, and the cursor of the next ones."""

    visitors: list[Visitor]
    next_cursor: str | None


class Store(Protocol):
    """Everything durable. Methods raise `UnavailableError` when the database does."""

    async def open(self) -> None:
        """Connect, bring the schema up to date, set every visitor offline, end sessions that a crash left open.

        Those ended when their visitor was last seen, for the reason `error`.
        """

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

    async def sessions_of(self, team_id: int, short_id: str, limit: int) -> list[SessionRecord]:
        """The visitor's sessions with their seats, newest first."""

    async def recent_sessions(self, team_id: int, short_ids: list[str], limit: int) -> dict[str, list[SessionRecord]]:
        """As `sessions_of`, for many visitors at once; `limit` for each. Visitors without sessions are left out."""

    async def add_seat(self, seat: Seat) -> None:
        """Keep a seat."""

    async def open_seat(self, token_hash: bytes, grant_hash: bytes, now: datetime) -> Seat | None:
        """Use up a watch token: one statement, so that it opens once. None if unknown, used or expired (R15a)."""

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
