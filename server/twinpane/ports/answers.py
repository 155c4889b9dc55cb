"""Remember how a request was answered, so that its repeat is answered alike at every node (R3, N7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request that may come again."""

    team_id: int
    name: bytes
    """32 bytes made of its `Idempotency-Key`."""
    fingerprint: bytes
    """32 bytes made of what is asked."""
    short_id: str | None
    """The visitor it is about, with whom it is erased."""


@dataclass(frozen=True, slots=True)
class FirstTime:
    """The request that came first: its fingerprint and, once there, its sealed answer."""

    fingerprint: bytes
    answer: bytes | None


class AnswerStore(Protocol):
    """The part of the store behind `Idempotency-Key`. Methods raise `UnavailableError` when the database does."""

    async def claim_answer(self, asked: Asked, now: datetime, until: datetime) -> FirstTime | None:
        """Be the one who answers, until then; of many at once one is. None: it is you; else who came first."""

    async def keep_answer(self, asked: Asked, answer: bytes, until: datetime) -> None:
        """Keep the answer that was claimed."""

    async def drop_answer(self, asked: Asked) -> None:
        """Give the claim back: nothing was done."""
