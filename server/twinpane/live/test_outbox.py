from __future__ import annotations

from twinpane_protocol.envelope import Envelope, Flag, Kind
from twinpane_protocol.link import Pong

from twinpane.live.conftest import MemoryWire
from twinpane.live.framing import binary_frame
from twinpane.live.journal import Journal
from twinpane.live.link import PeerLink
from twinpane.live.outbox import WINDOW_BYTES, Outbox

MEGABYTE = 1024 * 1024


class Desk:
    """A journal with one agent."""

    def __init__(self) -> None:
        self.journal = Journal()
        self.link = PeerLink(lambda link: None)
        self.wire = MemoryWire()
        self.link.open(self.wire, Pong(t=0, now_ms=0), 0)
        self.outbox = Outbox(self.link, self.journal)
        self.seq = 0

    def epoch(self, number: int, payload: bytes = b"start") -> None:
        self.journal.await_epoch(number, "resync")
        self.seq = 0
        self.frame(payload, Flag.SNAPSHOT_START | Flag.SNAPSHOT_END)

    def frame(self, payload: bytes, flags: int = 0) -> None:
        envelope = Envelope(Kind.FACTS, Flag(flags), 0, self.seq, 0)
        self.seq += 1
        self.journal.take(envelope, binary_frame(payload))
        self.outbox.pump()

    @property
    def resets(self) -> list[tuple[int, str]]:
        return [(said["epoch"], said["reason"]) for said in self.wire.of_type("page_reset")]


def test_f3_each_epoch_is_announced_before_its_first_frame() -> None:
    desk = Desk()
    desk.outbox.pump()
    assert desk.resets == []
    desk.epoch(1)
    desk.epoch(2)
    assert desk.resets == [(1, "joined"), (2, "resync")]
    assert desk.wire.frames == [b"start", b"start"]


def test_x9_an_agent_that_lags_reads_on_where_it_was() -> None:
    desk = Desk()
    desk.epoch(1)
    for number in range(12):
        desk.frame(bytes([number]) * MEGABYTE)
    assert desk.outbox.is_lagging
    assert desk.link.retained_bytes < WINDOW_BYTES + 2 * MEGABYTE
    desk.link.acknowledged(desk.link.sent)
    desk.outbox.pump()
    assert not desk.outbox.is_lagging
    assert [frame[:1] for frame in desk.wire.frames[1:]] == [bytes([number]) for number in range(12)]


def test_x9_an_agent_that_lags_into_a_new_epoch_begins_with_it() -> None:
    desk = Desk()
    desk.epoch(1)
    for _ in range(9):
        desk.frame(bytes(MEGABYTE))
    desk.epoch(2, b"fresh")
    assert desk.wire.frames[-1] != b"fresh"
    desk.link.acknowledged(desk.link.sent)
    desk.outbox.pump()
    assert desk.resets[-1] == (2, "lagged")
    assert desk.wire.frames[-1] == b"fresh"


def test_x8_a_restart_sends_the_journal_again() -> None:
    desk = Desk()
    desk.epoch(1)
    desk.frame(b"more")
    desk.outbox.restart("resync")
    assert desk.wire.frames == [b"start", b"more"] * 2
    assert desk.resets == [(1, "joined"), (1, "resync")]


def test_x9_the_pointer_is_sent_only_to_who_keeps_up() -> None:
    desk = Desk()
    pointer = binary_frame(b"pointer")
    desk.outbox.pass_by(pointer)
    assert desk.wire.frames == []
    desk.epoch(1)
    desk.outbox.pass_by(pointer)
    assert desk.wire.frames == [b"start", b"pointer"]
    desk.wire.is_slow = True
    desk.outbox.pass_by(pointer)
    assert len(desk.wire.frames) == 2
    desk.wire.is_slow = False
    desk.journal.await_epoch(2, "new_page")
    desk.outbox.pass_by(pointer)
    assert len(desk.wire.frames) == 2


def test_l4_nothing_is_sent_into_the_void() -> None:
    desk = Desk()
    desk.epoch(1)
    desk.link.drop()
    desk.frame(b"away")
    back = MemoryWire()
    desk.link.open(back, Pong(t=0, now_ms=0), desk.link.sent)
    desk.outbox.pump()
    assert back.frames == [b"away"]
