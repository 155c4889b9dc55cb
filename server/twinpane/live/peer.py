"""What all peers do with what they refuse."""

from __future__ import annotations

from twinpane_protocol.shared import RefusalCode

from twinpane.live.counters import Counters
from twinpane.live.link import PeerLink


class RefusingPeer:
    """A peer with a link. `counters` are the node's."""

    __slots__ = ()

    link: PeerLink

    @property
    def counters(self) -> Counters:
        """The node's counters."""
        raise NotImplementedError

    def receive_bad(self, code: RefusalCode) -> None:
        """Take a numbered frame that is refused unread (W5, W6)."""
        self.link.count()
        self.refuse(code)

    def refuse(self, code: RefusalCode) -> None:
        """Answer by an error; the connection stays."""
        self.counters.refusals[code] += 1
        self.link.refuse(code)
