from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from twinpane_protocol.link import Ack, Pong

from twinpane.live import link as linked
from twinpane.live.conftest import MemoryWire
from twinpane.live.framing import binary_frame
from twinpane.live.link import PeerLink


def opened() -> tuple[PeerLink, MemoryWire, list[PeerLink]]:
    owed: list[PeerLink] = []
    link, wire = PeerLink(owed.append), MemoryWire()
    link.open(wire, Pong(t=0, now_ms=0), 0)
    wire.said.clear()
    return link, wire, owed


def test_l1_acks_pongs_and_errors_have_no_number() -> None:
    link, wire, _ = opened()
    link.say(Ack(received=0))
    link.refuse("masked")
    assert (link.sent, link.retained_bytes) == (0, 0)
    link.send_frame(binary_frame(b"page"))
    assert link.sent == 1
    assert [said if isinstance(said, bytes) else said["type"] for said in wire.said] == ["ack", "error", b"page"]


def test_w6_an_error_on_a_connection_that_stays_never_says_stop() -> None:
    link, wire, _ = opened()
    link.refuse("masked")
    assert wire.said[0]["advice"] == "retry"


def test_l3_the_32nd_frame_is_acknowledged_at_once_and_fewer_are_owed() -> None:
    link, wire, owed = opened()
    link.count()
    assert owed == [link]
    link.acknowledge()
    assert wire.said.pop() == {"type": "ack", "received": 1}
    for _ in range(32):
        link.count()
    assert wire.said == [{"type": "ack", "received": 33}]
    link.acknowledge()
    assert len(wire.said) == 1


def test_l4_what_was_missed_is_sent_again_in_order() -> None:
    link, _, _ = opened()
    for name in (b"1", b"2"):
        link.send_frame(binary_frame(name))
    link.drop()
    link.send_frame(binary_frame(b"3"))
    assert link.can_go_on_from(1)
    assert not link.can_go_on_from(4)
    again = MemoryWire()
    link.open(again, Pong(t=0, now_ms=0), 1)
    assert again.said[1:] == [b"2", b"3"]
    assert not link.can_go_on_from(0)


def test_l3_an_acknowledgement_of_what_was_never_sent_is_refused() -> None:
    link, _, _ = opened()
    link.send_frame(binary_frame(b"1"))
    assert not link.acknowledged(2)
    assert link.acknowledged(1)
    assert not link.acknowledged(0)
    assert link.retained_bytes == 0


@given(st.lists(st.sampled_from(["send", "send", "ack", "drop", "resume", "half-open"]), max_size=80))
def test_l4_whatever_drops_the_other_side_gets_everything_once_and_in_order(steps: list[str]) -> None:
    link, wire, _ = opened()
    sent = 0
    arrived: list[bytes] = []
    for step in [*steps, "resume"]:
        if step == "send":
            link.send_frame(binary_frame(b"%d" % sent))
            sent += 1
        elif step == "ack":
            arrived += wire.frames
            wire.said.clear()
            assert link.acknowledged(len(arrived))
        elif step == "drop":
            link.drop()
        elif step == "half-open":
            wire.said.clear()  # Written, and lost on the way.
            link.drop()
        elif link.wire is None:
            arrived += wire.frames
            assert link.can_go_on_from(len(arrived))
            wire = MemoryWire()
            link.open(wire, Pong(t=0, now_ms=0), len(arrived))
    assert arrived + wire.frames == [b"%d" % number for number in range(sent)]


def test_l7_a_peer_that_never_acknowledges_cannot_resume_but_costs_no_more_memory() -> None:
    link, wire, _ = opened()
    frame = binary_frame(bytes(1024 * 1024))
    for _ in range(linked.MAX_RETAINED_BYTES // len(frame) + 1):
        link.send_frame(frame)
    assert link.retained_bytes == 0
    assert not link.can_go_on_from(link.sent)
    assert len(wire.frames) == link.sent


def test_closing_leaves_the_wire() -> None:
    link, wire, _ = opened()
    link.close(1000, "bye")
    link.say(Ack(received=1))
    assert wire.closed == (1000, "bye")
    assert wire.said == []
