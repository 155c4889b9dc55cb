"""Remember who did what (R22)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Protocol

from twinpane.access.chain import link_hash

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Something that somebody did through the API or at the command line."""

    team_id: int
    at: datetime
    who: str
    did: str
    address: str | None
    """From where: an IP address; None at the command line."""

    def hash_after(self, previous_hash: bytes) -> bytes:
        """The hash of the entry that this becomes after another."""
        at_us = (self.at - _EPOCH) // timedelta(microseconds=1)
        return link_hash(previous_hash, [self.team_id, at_us, self.who, self.did, self.address])


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """A deed in its place in the chain; see `access/chain.py`."""

    number: int
    deed: Deed
    previous_hash: bytes
    hash: bytes


class AuditStore(Protocol):
    """The part of the store behind the audit: entries are added, never changed."""

    async def add_deed(self, deed: Deed) -> None:
        """Add an entry at the end of the chain."""

    async def audit(self, team_id: int, limit: int, before: int | None) -> list[AuditEntry]:
        """Entries of a team, newest first, with numbers less than `before`."""

    def audit_chain(self) -> AsyncIterator[AuditEntry]:
        """All entries of all teams, oldest first."""
