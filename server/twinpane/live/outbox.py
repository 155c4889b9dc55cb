"""Page frames on their way to one agent: a place in the journal and a window (X9, L7)."""

from __future__ import annotations

from typing import Final, Literal

from twinpane_protocol.agent import PageReset

from twinpane.live.journal import Journal
from twinpane.live.link import PeerLink

WINDOW_BYTES: Final = 8 * 1024 * 1024
"""How much may be sent and not acknowledged; beyond it the agent lags and reads on from the journal later."""


class Outbox:
    """Sends one agent the journal from its start, then every frame as it comes, never more than the window.

    An agent that lags keeps its place while the journal lasts. When a new epoch begins meanwhile, it loses the rest of
    the old one and starts with the new snapshot. Nobody waits for it.
    """

    __slots__ = ("_journal", "_link", "_next", "_reason", "_round", "is_lagging")

    def __init__(self, link: PeerLink, journal: Journal) -> None:
        self._link = link
        self._journal = journal
        self._round = -1
        self._next = 0
        self._reason: Literal["joined", "resync", "lagged"] | None = "joined"
        self.is_lagging = False

    @property
    def has_begun(self) -> bool:
        """Whether the agent was told any epoch."""
        return self._round != -1

    def restart(self, reason: Literal["joined", "resync"]) -> None:
        """Begin again at the journal's start (X8)."""
        self._round, self._reason = -1, reason
        self.pump()

    def pump(self) -> None:
        """Send what the window allows; called for each new frame and each acknowledgement."""
        journal, link = self._journal, self._link
        if link.wire is None:
            return
        if self._round != journal.round and not self._begin(journal):
            return
        frames = journal.frames
        while self._next < len(frames):
            if link.retained_bytes >= WINDOW_BYTES:
                self.is_lagging = True
                return
            link.send_frame(frames[self._next])
            self._next += 1
        self.is_lagging = False

    def pass_by(self, encoded: bytes) -> None:
        """Send a volatile frame, unless anything else waits: only the newest counts."""
        wire = self._link.wire
        journal = self._journal
        caught_up = journal.has_begun and self._round == journal.round and self._next == len(journal.frames)
        if wire is not None and caught_up and not wire.is_slow and not self.is_lagging:
            self._link.send_frame(encoded)

    def _begin(self, journal: Journal) -> bool:
        """Announce the journal's epoch before its first frame (F3); False while it has none."""
        if not journal.frames:
            return False
        lost = "lagged" if self.is_lagging else journal.reason
        self._link.send(PageReset(epoch=journal.epoch, reason=self._reason or lost))
        self._round, self._next, self._reason = journal.round, 0, None
        return True
