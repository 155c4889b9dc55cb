"""Whatever happens in whatever order, these stay true."""

from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from twinpane_protocol.shared import Click, Permissions, Point, SessionState, Window
from twinpane_protocol.visitor import Ceiling

from twinpane.session import commands as do
from twinpane.session import events as on
from twinpane.session.machine import Session

seats = st.sampled_from(["ana", "ben", "cleo"])
tabs = st.sampled_from(["t1", "t2"])
ceilings = st.builds(Ceiling, require_authorization_for_session=st.booleans(), require_control_request=st.booleans())


class AnySession(RuleBasedStateMachine):
    """Sends random events; looks at every command and every state."""

    def __init__(self) -> None:
        super().__init__()
        self.session = Session("s1", Permissions(), 0.0)
        self.now = 0.0
        self.consented = False
        self.wake_at_s: float | None = None
        self.ends = 0
        self.strict = True

    def send(self, event: Any) -> None:
        was_over = self.session.phase == "ended"
        before = self.picture()
        said = self.session.handle(event)
        if was_over:
            assert said == [], "X2: ended is final"
            return
        if before != self.picture():
            assert do.TellState() in said, "X1: every change is told"
        for command in said:
            if isinstance(command, do.WakeAt):
                self.wake_at_s = command.at_s
            if isinstance(command, do.NoteLive):
                assert not self.consented, "told once"
                self.consented = True
            if isinstance(command, do.StartCapture):
                assert self.consented, "X2: no capture before consent"
                assert self.session.source == (command.tab, command.epoch)
            if isinstance(command, do.PassWish):
                assert self.session.phase == "live"
                control = self.session.state_for(None).control
                assert isinstance(command.wish, Point) or control == command.seat
        self.ends += sum(isinstance(command, do.End) for command in said)

    def picture(self) -> SessionState:
        """What peers see, but for the time that runs down by itself."""
        state = self.session.state_for(None)
        if state.absence is None:
            return state
        return msgspec.structs.replace(state, absence=msgspec.structs.replace(state.absence, returns_in_s=0.0))

    @rule(seat=seats)
    def give(self, seat: str) -> None:
        self.send(on.SeatGiven(at_s=self.now, seat=seat, name=seat, permissions=Permissions()))

    @rule(
        seat=seats,
        kind=st.sampled_from(
            [
                on.AgentJoined,
                on.AgentJoined,
                on.AgentDropped,
                on.AgentLeft,
                on.ControlRequested,
                on.ControlRequested,
                on.ControlReleased,
                on.SnapshotRequested,
                on.ReceiptRequested,
                on.PictureShown,
            ]
        ),
    )
    def agent_does(self, seat: str, kind: Any) -> None:
        self.send(kind(at_s=self.now, seat=seat))

    @rule(seat=seats, has_focus=st.booleans())
    def change_window(self, seat: str, has_focus: bool) -> None:
        window = Window(screen_width=9, screen_height=9, window_width=9, window_height=9, has_focus=has_focus)
        self.send(on.WindowChanged(at_s=self.now, seat=seat, window=window))

    @rule(tab=tabs, return_s=st.sampled_from([0.0, 30.0, 900.0]))
    def announce_absence(self, tab: str, return_s: float) -> None:
        self.send(on.AbsenceAnnounced(at_s=self.now, tab=tab, return_s=return_s, title=None, message=None))

    @rule(seat=seats, tab=st.none() | tabs)
    def choose_tab(self, seat: str, tab: str | None) -> None:
        self.send(on.TabChosen(at_s=self.now, seat=seat, tab=tab))

    @rule(seat=seats, click=st.booleans())
    def wish(self, seat: str, click: bool) -> None:
        wish = (Click if click else Point)(node=1, fx=0, fy=0)
        self.send(on.AgentWished(at_s=self.now, seat=seat, id=1, wish=wish))

    @rule(tab=tabs, ceiling=ceilings)
    def limit(self, tab: str, ceiling: Ceiling) -> None:
        self.send(on.LimitsChanged(at_s=self.now, tab=tab, ceiling=ceiling))

    @rule(tab=tabs, focused=st.booleans(), resumed=st.booleans(), ceiling=ceilings)
    def open(self, tab: str, focused: bool, resumed: bool, ceiling: Ceiling) -> None:
        self.send(
            on.TabOpened(at_s=self.now, tab=tab, url="", title="", focused=focused, ceiling=ceiling, resumed=resumed)
        )

    @rule(tab=tabs, kind=st.sampled_from([on.TabDropped, on.TabClosed, on.PageBroke]))
    def tab_does(self, tab: str, kind: Any) -> None:
        self.send(kind(at_s=self.now, tab=tab))

    @rule(tab=tabs, focused=st.booleans())
    def change(self, tab: str, focused: bool) -> None:
        self.send(on.TabChanged(at_s=self.now, tab=tab, url="", title="", focused=focused))

    @rule(seat=seats, kind=st.sampled_from(["view", "control"]), allowed=st.booleans())
    def answer(self, seat: str, kind: Any, allowed: bool) -> None:
        self.send(on.VisitorAnswered(at_s=self.now, kind=kind, seat=seat, allowed=allowed))

    @rule(seat=seats)
    def say_yes(self, seat: str) -> None:
        self.answer(seat, "view", True)

    @rule(seconds=st.sampled_from([0.1, 1.0, 5.0, 31.0, 61.0, 130.0]))
    def pass_time(self, seconds: float) -> None:
        end = self.now + seconds
        while self.wake_at_s is not None and self.wake_at_s <= end:
            self.now = max(self.now, self.wake_at_s)
            self.wake_at_s = None
            self.send(on.TimePassed(at_s=self.now))
        self.now = end

    @invariant()
    def every_session_has_a_way_out(self) -> None:
        """A session that is not over always has a next deadline: whatever was asked gets answered or times out."""
        if self.session.phase != "ended" and self.now > 0:
            self.send(on.PictureShown(at_s=self.now, seat="nobody"))
            assert self.wake_at_s is not None or not self.session.state_for(None).agents

    @invariant()
    def nothing_is_relayed_without_consent_or_after_the_end(self) -> None:
        if self.session.source is not None:
            assert self.consented
            assert self.session.phase == "live"
            tab = self.session.source[0]
            assert any(each.id == tab and each.active for each in self.session.state_for(None).tabs)

    @invariant()
    def control_is_held_by_an_agent_of_the_session(self) -> None:
        state = self.session.state_for(None)
        assert state.control is None or state.control in [agent.id for agent in state.agents]

    @invariant()
    def the_phase_fits_the_facts(self) -> None:
        state = self.session.state_for(None)
        assert (state.phase == "ended") == (state.end_reason is not None)
        assert (state.phase == "paused") == (state.away is not None)
        assert state.absence is None or state.phase == "paused"
        if state.phase == "asking":
            assert state.asking is not None
            assert state.asking.kind == "view"
        if state.phase in ("waiting", "asking"):
            assert not self.consented
        assert self.ends == (state.phase == "ended")


TestX2X3AnySession = AnySession.TestCase
TestX2X3AnySession.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
