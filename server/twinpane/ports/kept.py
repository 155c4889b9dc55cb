"""Remember what outlives the process: the sessions that are open, and the lookup codes that hold (K1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from twinpane.ports.records import SessionRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class LookupCodeRecord:
    """The digits by which an agent finds a visitor, and until when."""

    team_id: int
    short_id: str
    digits: str
    expires_at: datetime


class KeptStore(Protocol):
    """The part of the store that a restart reads. Methods raise `UnavailableError` when the database does."""

    async def keep_sessions(
        self, states: Mapping[str, dict[str, Any] | None], now: datetime, holder: str | None = None
    ) -> None:
        """Note that these sessions were alive, and what each wants kept; None leaves what is kept. One transaction.

        With a holder, only of visitors whose home is this node: another may have taken over.
        """

    async def open_sessions(self) -> list[SessionRecord]:
        """All sessions that have no end, with their seats; oldest first."""

    async def keep_lookup_code(self, code: LookupCodeRecord) -> None:
        """Keep a visitor's code instead of the one before. An unknown visitor's is not kept."""

    async def lookup_codes(self, now: datetime) -> list[LookupCodeRecord]:
        """All codes that hold; those that hold no more are deleted."""
