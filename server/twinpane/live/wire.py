"""What the live room needs of a socket; the WebSocket door provides it."""

from __future__ import annotations

from typing import Protocol


class Wire(Protocol):
    """One open socket. Nothing here waits."""

    @property
    def is_slow(self) -> bool:
        """Whether more waits to be written than the other side reads."""

    def write(self, encoded: bytes) -> None:
        """Send a whole WebSocket frame; ignored once closing."""

    def close(self, code: int, reason: str) -> None:
        """Send what was written, then a close frame, then hang up."""
