"""The server's end of a link: numbers, acknowledgements, what is kept for a resume (L1 to L4, L7)."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Final, Protocol

from msgspec import Struct
from twinpane_protocol.link import Ack
from twinpane_protocol.shared import ADVICE, RefusalCode

from twinpane.live.framing import text_frame
from twinpane.live.refusals import refusal

ACK_EVERY_FRAMES: Final = 32
MAX_RETAINED_BYTES: Final = 16 * 1024 * 1024
"""Above it nothing is kept any more and the link cannot be resumed: the other side never acknowledges."""


class Wire(Protocol):
    """One open socket. Nothing here waits."""

    @property
    def is_slow(self) -> bool:
        """Whether more waits to be written than the other side reads."""

    @property
    def went_away(self) -> bool:
        """Whether the browser hung up because it left the page (close code 1001, RFC 6455 7.4.1)."""

    def write(self, encoded: bytes) -> None:
        """Send a whole WebSocket frame; ignored once closing."""

    def close(self, code: int, reason: str) -> None:
        """Send what was written, then a close frame, then hang up."""


class PeerLink:
    """One peer's numbered frames in both directions, over one wire after another.

    `owes_ack` is called with the link when it received something; whoever it is sees to an acknowledgement within 1 s.
    """

    __slots__ = (
        "_acked",
        "_kept",
        "_owes_ack",
        "_passed_on",
        "_told",
        "can_resume",
        "is_over",
        "received",
        "retained_bytes",
        "sent",
        "wire",
    )

    def __init__(self, owes_ack: Callable[[PeerLink], None]) -> None:
        self.wire: Wire | None = None
        self.sent = 0
        self.received = 0
        self.retained_bytes = 0
        self.can_resume = True
        self.is_over = False
        """Whether nobody will come back to it."""
        self._acked = 0
        self._told = 0
        """Up to where it was acknowledged to the other side."""
        self._passed_on: deque[tuple[int, PeerLink, int]] = deque()
        self._kept: deque[bytes] = deque()
        self._owes_ack = owes_ack

    # ---- going out ---------------------------------------------------------------------------------

    def send(self, message: Struct) -> None:
        """Send a numbered control message; kept until acknowledged."""
        self.send_frame(text_frame(message))

    def send_frame(self, encoded: bytes) -> None:
        """Send a numbered frame that is encoded already; kept until acknowledged."""
        self.sent += 1
        if self.can_resume:
            self._kept.append(encoded)
            self.retained_bytes += len(encoded)
            if self.retained_bytes > MAX_RETAINED_BYTES:
                self._give_up_resuming()
        if self.wire is not None:
            self.wire.write(encoded)

    def say(self, message: Struct) -> None:
        """Send a message that has no number: welcome, ack, pong, bye, error."""
        if self.wire is not None:
            self.wire.write(text_frame(message))

    def refuse(self, code: RefusalCode) -> None:
        """Answer by an error; the connection stays, so the advice is never to stop (W6)."""
        self.say(refusal(code, "retry" if ADVICE[code] == "stop" else ADVICE[code]))

    # ---- coming in ---------------------------------------------------------------------------------

    def count(self) -> None:
        """Count a numbered frame that arrived, and see that it gets acknowledged (L3)."""
        self.received += 1
        behind = self.received - self._told
        if behind % ACK_EVERY_FRAMES == 0:
            self.acknowledge()
        elif behind == 1:
            self._owes_ack(self)

    def passed_on(self, link: PeerLink) -> None:
        """Note that the frame in hand, not counted yet, went on over another link.

        It is acknowledged once it has arrived there (K3).
        """
        self._passed_on.append((self.received + 1, link, link.sent))

    def acknowledge(self) -> None:
        """Acknowledge what arrived and, if it was to go on, arrived there; see to the rest later."""
        passed_on = self._passed_on
        while passed_on and (passed_on[0][1].is_over or passed_on[0][1]._acked >= passed_on[0][2]):
            passed_on.popleft()
        arrived = passed_on[0][0] - 1 if passed_on else self.received
        if arrived > self._told:
            self._told = arrived
            self.say(Ack(received=arrived))
        if passed_on and self.wire is not None:
            self._owes_ack(self)

    def acknowledged(self, received: int) -> bool:
        """Let go of what the other side has; False if it cannot have that."""
        if not self._acked <= received <= self.sent:
            return False
        for _ in range(min(received - self._acked, len(self._kept))):
            self.retained_bytes -= len(self._kept.popleft())
        self._acked = received
        return True

    # ---- dropping and resuming ---------------------------------------------------------------------

    def can_go_on_from(self, received: int) -> bool:
        """Whether everything after the other side's last frame is still kept (L4)."""
        return self.can_resume and self._acked <= received <= self.sent

    def carry_on(self, sent: int, received: int) -> None:
        """Take up a link of another process by the other side's numbers; what was kept there is lost (K2)."""
        self.sent = self._acked = sent
        self.received = received

    def open(self, wire: Wire, welcome: Struct, received: int) -> None:
        """Take up the link on a wire: the welcome, then what the other side missed, in order."""
        self.wire = wire
        self._told = self.received
        self.say(welcome)
        self.acknowledged(received)
        for encoded in self._kept:
            wire.write(encoded)

    def drop(self) -> None:
        """Note that the wire is gone; what is sent now waits for the next one."""
        self.wire = None

    def close(self, code: int, reason: str) -> None:
        """Close the wire, if there is one."""
        wire, self.wire = self.wire, None
        if wire is not None:
            wire.close(code, reason)

    def _give_up_resuming(self) -> None:
        self.can_resume = False
        self._kept.clear()
        self.retained_bytes = 0
