"""The page frames since the last snapshot start, for agents who join, lag or come back (X8)."""

from __future__ import annotations

from typing import Final, Literal

from twinpane_protocol.envelope import Envelope, Flag

MAX_BYTES: Final = 32 * 1024 * 1024
SLACK_BYTES: Final = 4 * 1024 * 1024
MAX_SNAPSHOT_BYTES: Final = 32 * 1024 * 1024

Taken = Literal["kept", "not_started", "gap", "over_bound", "snapshot_too_large"]

_START = int(Flag.SNAPSHOT_START)
_END = int(Flag.SNAPSHOT_END)


class Journal:
    """Encoded frames of one epoch, in order. `round` counts the restarts, so that readers see them."""

    __slots__ = (
        "_awaited",
        "_next_seq",
        "_snapshot_bytes",
        "byte_count",
        "epoch",
        "frames",
        "reason",
        "round",
        "whole",
    )

    def __init__(self) -> None:
        self.frames: list[bytes] = []
        self.byte_count = 0
        self.epoch = 0
        self.reason: Literal["new_page", "resync"] = "new_page"
        self.round = 0
        self.whole = False
        """Whether the snapshot's end is in it."""
        self._awaited: tuple[int, Literal["new_page", "resync"]] = (0, "new_page")
        self._next_seq = -1
        self._snapshot_bytes = 0

    def await_epoch(self, epoch: int, reason: Literal["new_page", "resync"]) -> None:
        """Expect a new epoch. The old frames stay for whoever still reads them, until the first new one comes."""
        self._awaited = (epoch, reason)
        self._next_seq = -1

    @property
    def has_begun(self) -> bool:
        """Whether the first frame of the awaited epoch has come."""
        return self._next_seq >= 0

    def clear(self) -> None:
        """Forget all frames; nothing is taken before the next epoch."""
        self.frames = []
        self.byte_count = self._snapshot_bytes = 0
        self.round += 1
        self.whole = False
        self._next_seq = -1

    def take(self, envelope: Envelope, encoded: bytes) -> Taken:
        """Keep a counted frame of the awaited epoch. Anything but `kept` means that it cannot be relayed (F2, F4).

        `over_bound` is told once the frame is kept: the journal has grown too long.
        """
        flags = int(envelope.flags)
        if flags & _START:
            self.clear()
            self.epoch, self.reason = self._awaited
            self._next_seq = envelope.seq
        if self._next_seq < 0:
            return "not_started"
        if envelope.seq != self._next_seq:
            return "gap"
        self._next_seq += 1
        self.frames.append(encoded)
        self.byte_count += len(encoded)
        if not self.whole:
            self._snapshot_bytes = self.byte_count
            self.whole = bool(flags & _END)
            return "kept" if self.byte_count <= MAX_SNAPSHOT_BYTES else "snapshot_too_large"
        return "kept" if self.byte_count <= self.bound_bytes else "over_bound"

    @property
    def bound_bytes(self) -> int:
        """How long it may grow: three snapshots and 4 MiB, at most 32 MiB, but always some more than one snapshot."""
        most = min(MAX_BYTES, 3 * self._snapshot_bytes + SLACK_BYTES)
        return max(most, self._snapshot_bytes + SLACK_BYTES)
