"""Tell other nodes: short messages by subject. Nothing of a page or a wish goes this way."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol

Take = Callable[[bytes], Awaitable[bytes | None]]
"""What is done with a message; what it returns is the answer to whoever asked."""


class Bus(Protocol):
    """Between the nodes of one installation. Adapters: `bus/nats.py`, and `bus/memory.py` within one process.

    Messages of one node arrive in order; while the broker is away they may be lost. Subjects are words of
    letters, digits, `-` and `_`, joined by dots. A message has at most 1 MiB.
    """

    async def open(self) -> None:
        """Connect. Raises UnavailableError when nobody answers within 10 s."""

    async def close(self) -> None:
        """Send what waits and disconnect."""

    async def publish(self, subject: str, message: bytes) -> None:
        """Tell all other nodes that listen; this one hears nothing of it. Lost when the broker is away for long."""

    async def listen(self, subject: str, take: Take, on_return: Callable[[], None] = lambda: None) -> None:
        """Take what others say on a subject, each message in a task of its own.

        `on_return` is called when the broker is back after a time in which messages may have been lost.
        """

    async def ask(self, subject: str, message: bytes, within_s: float) -> bytes:
        """Ask the one who listens, and return the answer. Raises UnavailableError when none comes in time."""
