"""Keep the pictures of sessions, to be shown again (R20)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol


class RecordedFrame(NamedTuple):
    """A page frame as agents got it, its milliseconds since the session went live. Empty: nothing more was kept."""

    at_ms: int
    frame: bytes


class RecordedAsset(NamedTuple):
    """An image, font or style sheet that an agent's browser asked for; `final_url` is where redirects ended."""

    url: str
    body: bytes
    content_type: str
    final_url: str


@dataclass(frozen=True, slots=True)
class Piece:
    """What is added to a recording at once."""

    frames: Sequence[RecordedFrame] = field(default_factory=list)
    assets: Sequence[RecordedAsset] = field(default_factory=list)


class Figures(NamedTuple):
    """How long a recording is, how large, and whether it goes to the session's end or stopped at its bound."""

    length_ms: int
    byte_count: int
    is_whole: bool


class Recordings(Protocol):
    """Recordings by whose they are and the session's id. All of an owner go at once."""

    async def append(self, owner: str, session_id: str, piece: Piece) -> None:
        """Add to a recording, which begins with its first piece. Pieces are added in the order of the calls."""

    async def has(self, owner: str, session_id: str) -> bool:
        """Whether there is anything of it here, without looking into it."""

    async def measure(self, owner: str, session_id: str) -> Figures | None:
        """What there is; None: nothing."""

    def frames(self, owner: str, session_id: str) -> AsyncIterator[bytes]:
        """All frames in their order, in chunks of whole ones.

        Each is two little-endian 32-bit numbers, `at_ms` and its length, and then the frame.
        """

    async def asset(self, owner: str, session_id: str, url: str) -> RecordedAsset | None:
        """An asset by the address that the page has for it."""

    async def delete(self, owner: str, session_id: str) -> None:
        """Delete a recording, if there is one."""

    async def forget(self, owners: Sequence[str]) -> None:
        """Delete all that these owners have."""
