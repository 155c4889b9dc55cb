"""What a session keeps is what another process needs to go on (K1)."""

from __future__ import annotations

from twinpane_protocol.shared import Permissions
from twinpane_protocol.visitor import Ceiling

from twinpane.session import commands as do
from twinpane.session import events as on
from twinpane.session.kept import EPOCHS_UNTOLD, Kept
from twinpane.session.machine import Session


def given(seat: str, at_s: float = 100.0) -> on.SeatGiven:
    return on.SeatGiven(at_s=at_s, seat=seat, name=seat.title(), permissions=Permissions())


def opened(at_s: float, tab: str = "t1") -> on.TabOpened:
    return on.TabOpened(at_s=at_s, tab=tab, url="https://shop.example/", title="", focused=True, ceiling=Ceiling())


def live() -> Session:
    session = Session("s1", Permissions(), 0.0)
    for seat in ("ann", "bob"):
        session.handle(given(seat, 0.0))
        session.handle(on.AgentJoined(at_s=0.0, seat=seat))
    session.handle(opened(0.0))
    session.handle(on.VisitorAnswered(at_s=0.0, kind="view", seat="ann", allowed=True))
    session.handle(on.ControlRequested(at_s=0.0, seat="bob"))
    return session


def test_k1_it_is_small_and_tells_nothing_of_the_page() -> None:
    kept = live().kept
    assert (kept.control, kept.seats_given, kept.tab, list(kept.colors)) == ("bob", 2, "t1", ["ann", "bob"])
    assert "shop" not in repr(kept)


def test_k1_a_restored_session_goes_on_without_asking_in_a_later_epoch() -> None:
    before = live()
    session = Session("s1", Permissions(), 100.0)
    session.restore(before.kept, [given("ann"), given("bob")], frozenset({"ann", "bob"}), consented=True)
    assert session.phase == "paused"
    [capture] = [each for each in session.handle(opened(101.0)) if isinstance(each, do.StartCapture)]
    assert capture.epoch == before.kept.epoch + EPOCHS_UNTOLD + 1
    state = session.state_for("ann")
    assert (state.phase, state.asking, state.control) == ("live", None, "bob")
    assert [agent.color for agent in state.agents] == [agent.color for agent in before.state_for("ann").agents]


def test_k1_it_waits_60_s_for_a_tab() -> None:
    session = Session("s1", Permissions(), 100.0)
    session.restore(live().kept, [given("ann")], frozenset({"ann"}), consented=True)
    assert do.WakeAt(160.0) in session.handle(on.TimePassed(at_s=100.0))
    session.handle(on.TimePassed(at_s=160.0))
    assert session.end_reason == "timeout"


def test_k1_epochs_stay_within_16_bits() -> None:
    session = Session("s1", Permissions(), 0.0)
    session.restore(Kept(epoch=65000), [given("ann")], frozenset({"ann"}), consented=True)
    [capture] = [each for each in session.handle(opened(1.0)) if isinstance(each, do.StartCapture)]
    assert 1 <= capture.epoch <= 65535
