from __future__ import annotations

from twinpane_protocol.link import Pong

from twinpane.live.clock import RealChance
from twinpane.live.conftest import MemoryWire
from twinpane.live.credentials import Seal
from twinpane.live.link import PeerLink
from twinpane.live.links import Links
from twinpane.live.manual_clock import ManualClock


def new_links(secret: bytes = b"secret") -> Links:
    return Links(ManualClock(), RealChance(), Seal(secret))


class Guest:
    """A peer that remembers whether it expired."""

    def __init__(self, links: Links) -> None:
        self.link = PeerLink(links.owes_ack)
        self.place = "tab (1, 'ABCDEFGH') t1"
        self.expired = False

    def expire(self) -> None:
        self.expired = True


def test_l2_a_resume_secret_is_fresh_each_time_and_the_old_one_dies() -> None:
    links = new_links()
    guest = Guest(links)
    first = links.new_token(guest)
    second = links.new_token(guest)
    assert links.find(first) is None
    assert links.find(second) is guest
    links.forget(guest)
    assert links.find(second) is None


def test_l2_a_secret_that_was_shown_holds_until_the_next_is_shown() -> None:
    links = new_links()
    guest = Guest(links)
    first = links.new_token(guest)
    lost = links.new_token(guest, shown=first)
    again = links.new_token(guest, shown=first)
    assert links.find(lost) is None
    assert links.find(first) is links.find(again) is guest
    newest = links.new_token(guest, shown=again)
    assert links.find(first) is None
    assert links.find(again) is links.find(newest) is guest
    links.forget(guest)
    assert links.find(again) is links.find(newest) is None
    assert links.new_token(guest, shown="no secret of ours") != newest
    assert links.find("no secret of ours") is None


def test_k2_a_secret_of_another_process_is_known_by_its_seal_for_its_own_place() -> None:
    first, second = new_links(), new_links()
    guest = Guest(first)
    token = first.new_token(guest)
    assert second.is_of_another_process(token, guest.place)
    assert not first.is_of_another_process(token, guest.place)
    assert not second.is_of_another_process(token, "tab (1, 'ABCDEFGH') t2")
    assert not new_links(b"other").is_of_another_process(token, guest.place)
    for wrong in ("", ".", "..", token[:-1], f"x{token}", "é.é.é"):
        assert not second.is_of_another_process(wrong, guest.place)


def test_x13_a_peer_that_left_is_known_by_its_secret_for_a_moment_and_never_resumes() -> None:
    clock = ManualClock()
    links = Links(clock, RealChance(), Seal(b"secret"))
    guest = Guest(links)
    token = links.new_token(guest)
    assert links.find_leaving(token) is guest
    links.left(guest)
    clock.advance(4)
    assert links.find_leaving(token) is guest
    assert links.find(token) is None
    clock.advance(2)
    assert links.find_leaving(token) is None


def test_s9_a_dropped_peer_can_come_back_for_60_s() -> None:
    clock = ManualClock()
    links = Links(clock, RealChance(), Seal(b"secret"))
    stays, returns = Guest(links), Guest(links)
    token = links.new_token(stays)
    for guest in (stays, returns):
        links.new_token(returns)
        links.away(guest)
    clock.advance(59)
    assert links.find(token) is stays
    links.new_token(returns)
    clock.advance(3)
    assert stays.expired
    assert links.find(token) is None
    assert not returns.expired


def test_l3_what_arrived_is_acknowledged_within_a_second() -> None:
    clock = ManualClock()
    links = Links(clock, RealChance(), Seal(b"secret"))
    guest, wire = Guest(links), MemoryWire()
    guest.link.open(wire, Pong(t=0, now_ms=0), 0)
    guest.link.count()
    guest.link.count()
    clock.advance(1)
    assert wire.of_type("ack") == [{"type": "ack", "received": 2}]
    guest.link.count()
    links.stop()
    clock.advance(2)
    assert len(wire.of_type("ack")) == 1
