"""One session: what happens goes in, what is to be done comes out (X1 to X10).

The machine reads no clock: each event carries its time, and `WakeAt` asks for one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from twinpane_protocol.shared import ReadConsole

from twinpane.session import commands as do
from twinpane.session import events as on
from twinpane.session.course import Course
from twinpane.session.gate import FEATURES, may_control, narrowed
from twinpane.session.tabs import Tab


class Session(Course):
    """A shared visit. Make it with its id, its permissions and the time; then `handle` each event."""

    def handle(self, event: on.Event) -> list[do.Command]:
        """Take an event; return what is to be done, in order. After the end nothing happens any more."""
        if self.phase == "ended":
            return []
        self._now_s = event.at_s
        self._out, self._changed = [], False
        self._HANDLERS[type(event)](self, event)
        self._expire()
        self._advance()
        if self._changed:
            self._out.append(do.TellState())
        self._sync_capture()
        self._plan_wake()
        if self.end_reason is not None:
            self._out.append(do.End(self.end_reason, tuple(sorted(self._features))))
        return self._out

    def _time_passed(self, event: on.TimePassed) -> None:
        self._wake_at_s = None

    def _end_ordered(self, event: on.EndOrdered) -> None:
        self._end(event.reason)

    def _seat_given(self, event: on.SeatGiven) -> None:
        if not self.is_full and not self.has_seat(event.seat):
            self._seats.give(event.seat, event.name, event.permissions, event.at_s, event.agent_id)
            self._agents_acted_at_s = event.at_s

    def _agent_joined(self, event: on.AgentJoined) -> None:
        seat = self._seats.get(event.seat)
        if seat is None:
            return
        if not seat.joined:
            self._out.append(do.NoteJoined(seat.id))
        before = (seat.gone_at_s, seat.window, seat.sees_page)
        seat.joined, seat.gone_at_s, seat.window = True, None, event.window or seat.window
        seat.sees_page = seat.sees_page and event.resumed
        self._changed |= before != (seat.gone_at_s, seat.window, seat.sees_page)
        self._seats.any_ever_joined = True
        self._acted(seat)
        if not event.resumed:
            self._out.append(do.ServeJournal(seat.id, "joined"))

    def _agent_dropped(self, event: on.AgentDropped) -> None:
        if seat := self._seats.connected(event.seat):
            seat.gone_at_s = event.at_s
            self._changed = True

    def _agent_left(self, event: on.AgentLeft) -> None:
        self._remove_seat(event.seat)

    def _agent_wished(self, event: on.AgentWished) -> None:
        seat = self._seats.connected(event.seat)
        if seat is None:
            return
        self._acted(seat)
        allowed = narrowed(seat.permissions, self._tabs.ceiling)
        is_free = self._seats.control is None and not self._tabs.ceiling.require_control_request
        code = self._judge(event.wish, self.phase, allowed, self._seats.control == seat.id, is_free)
        if code is not None or self._tabs.active is None:
            self._out.append(do.RefuseWish(seat.id, event.id, code or "not_live"))
            return
        if (feature := FEATURES.get(type(event.wish), "control")) is not None:
            self._features.add(feature)
        if isinstance(event.wish, ReadConsole):
            if seat.reads_console or seat.console_agreed:
                return
            seat.console_wish = event.id
        self._out.append(do.PassWish(self._tabs.active, seat.id, event.id, event.wish))
        self._out.append(do.ShowPointer(seat.id, event.wish))

    def _color_chosen(self, event: on.ColorChosen) -> None:
        seat = self._seats.connected(event.seat)
        if seat is None:
            return
        self._acted(seat)
        self._changed |= seat.color != event.color
        self._seats.paint(seat, event.color)

    def _agent_messaged(self, event: on.AgentMessaged) -> None:
        seat = self._seats.connected(event.seat)
        if seat is None:
            return
        self._acted(seat)
        if self.phase != "live" or self._tabs.active is None:
            self._out.append(do.RefuseAgent(seat.id, "not_live"))
        else:
            self._features.add("custom_message")
            self._out.append(do.PassToPage(self._tabs.active, seat.id, event.message))

    def _window_changed(self, event: on.WindowChanged) -> None:
        if seat := self._seats.connected(event.seat):
            self._acted(seat)
            self._changed |= seat.window != event.window
            seat.window = event.window

    def _picture_shown(self, event: on.PictureShown) -> None:
        seat = self._seats.connected(event.seat)
        if seat is not None and self._consented:
            self._changed |= not seat.sees_page
            seat.sees_page = True

    def _control_requested(self, event: on.ControlRequested) -> None:
        seat = self._seats.connected(event.seat)
        if seat is None or self._seats.control == seat.id:
            return
        self._acted(seat)
        if self.phase != "live":
            self._out.append(do.RefuseControl(seat.id, "not_live"))
        elif not may_control(narrowed(seat.permissions, self._tabs.ceiling)):
            self._out.append(do.RefuseControl(seat.id, "not_allowed"))
        elif self._is_asking("control", seat.id):
            return
        elif self._asking is not None or not self._seats.control_is_free_for(seat.id, event.at_s):
            self._out.append(do.RefuseControl(seat.id, "control_busy"))
        elif self._tabs.ceiling.require_control_request:
            self._ask("control", seat)
        else:
            self._give_control(seat)

    def _control_released(self, event: on.ControlReleased) -> None:
        if self._seats.control == event.seat:
            self._seats.control = None
            self._changed = True
        elif self._is_asking("control", event.seat):
            self._asked_no_more()

    def _snapshot_requested(self, event: on.SnapshotRequested) -> None:
        seat = self._seats.connected(event.seat)
        if seat is None or self.source is None:
            return
        if seat.served_epoch == self._epoch:
            self._resync_due = True
        else:
            seat.served_epoch = self._epoch
            self._out.append(do.ServeJournal(seat.id, "resync"))

    def _receipt_requested(self, event: on.ReceiptRequested) -> None:
        if self._seats.connected(event.seat) and self.source is not None:
            self._out.append(do.AskReceipt(self.source[0]))

    def _tab_chosen(self, event: on.TabChosen) -> None:
        seat = self._seats.connected(event.seat)
        if seat is None:
            return
        self._acted(seat)
        if self.phase != "live" or not self._tabs.choose(event.tab):
            self._out.append(do.RefuseAgent(seat.id, "not_live"))
        else:
            self._changed = True

    def _end_asked(self, event: on.EndAsked) -> None:
        if self.has_seat(event.seat):
            self._end("agent_stopped")

    def _tab_opened(self, event: on.TabOpened) -> None:
        if not event.resumed:
            self._absence_is_over()
        tab = Tab(event.tab, event.url, event.title, event.ceiling, event.visible)
        self._tabs.open(tab, event.focused)
        if self._capturing == event.tab and not event.resumed:
            self._capturing = None
        self._changed = True

    def _tab_changed(self, event: on.TabChanged) -> None:
        self._changed |= self._tabs.change(event.tab, event.url, event.title, event.focused, event.visible)

    def _limits_changed(self, event: on.LimitsChanged) -> None:
        self._changed |= self._tabs.limit(event.tab, event.ceiling)

    def _tab_dropped(self, event: on.TabDropped) -> None:
        self._changed |= self._tabs.leave(event.tab, event.at_s, closed=False)

    def _tab_closed(self, event: on.TabClosed) -> None:
        self._changed |= self._tabs.leave(event.tab, event.at_s, closed=True)
        if self._capturing == event.tab:
            self._capturing = None

    def _absence_announced(self, event: on.AbsenceAnnounced) -> None:
        if self._tabs.is_present(event.tab):
            self._announced = event
        elif not self._tabs.any_present and self._tabs.went_just_now(event.tab, event.at_s):
            self._announced = event
            self._changed = True

    def _visitor_answered(self, event: on.VisitorAnswered) -> None:
        if not self._is_asking(event.kind, event.seat):
            return
        if event.kind == "view" and not event.allowed:
            self._end("rejected")
        elif event.kind == "view":
            self._asked_no_more()
            self._go_live()
        else:
            self._answered(event.kind, event.seat, event.allowed)

    def _consent_wanted(self, event: on.ConsentWanted) -> None:
        seat = self._seats.get(event.seat)
        if seat is not None and seat.console_wish == event.id and event.tab == self._tabs.active:
            seat.console_agreed = True

    def _console_told(self, event: on.ConsoleTold) -> None:
        if self.phase == "live" and event.tab == self._tabs.active:
            self._out.append(do.TellConsole(tuple(seat.id for seat in self._seats.readers), event.told))

    def _console_closed(self, event: on.ConsoleClosed) -> None:
        for seat in self._seats.readers:
            seat.reads_console = False
            self._changed = True

    def _console_released(self, event: on.ConsoleReleased) -> None:
        if (seat := self._seats.connected(event.seat)) is None:
            return
        self._changed |= seat.reads_console
        seat.reads_console, seat.console_wish, seat.console_agreed = False, None, False
        if self._is_asking("console", seat.id):
            self._asked_no_more()

    def _visitor_stopped(self, event: on.VisitorStopped) -> None:
        self._end("visitor_stopped")

    def _page_refused(self, event: on.PageRefused) -> None:
        if self._seats.connected(event.seat):
            self._out.append(do.RefuseWish(event.seat, event.id, event.code))

    def _page_messaged(self, event: on.PageMessaged) -> None:
        if self.phase == "live":
            self._features.add("custom_message")
            self._out.append(do.PassToAgents(event.message))
        else:
            self._out.append(do.RefuseTab(event.tab, "not_live"))

    def _page_broke(self, event: on.PageBroke) -> None:
        if event.tab == self._capturing:
            self._resync_due = True

    _HANDLERS: ClassVar[Mapping[type[on.Happened], Callable[[Session, Any], None]]] = {
        on.TimePassed: _time_passed,
        on.EndOrdered: _end_ordered,
        on.SeatGiven: _seat_given,
        on.AgentJoined: _agent_joined,
        on.AgentDropped: _agent_dropped,
        on.AgentLeft: _agent_left,
        on.AgentWished: _agent_wished,
        on.ColorChosen: _color_chosen,
        on.AgentMessaged: _agent_messaged,
        on.WindowChanged: _window_changed,
        on.PictureShown: _picture_shown,
        on.ControlRequested: _control_requested,
        on.ControlReleased: _control_released,
        on.SnapshotRequested: _snapshot_requested,
        on.ReceiptRequested: _receipt_requested,
        on.TabChosen: _tab_chosen,
        on.EndAsked: _end_asked,
        on.TabOpened: _tab_opened,
        on.TabChanged: _tab_changed,
        on.LimitsChanged: _limits_changed,
        on.TabDropped: _tab_dropped,
        on.TabClosed: _tab_closed,
        on.AbsenceAnnounced: _absence_announced,
        on.VisitorAnswered: _visitor_answered,
        on.VisitorStopped: _visitor_stopped,
        on.ConsentWanted: _consent_wanted,
        on.ConsoleTold: _console_told,
        on.ConsoleClosed: _console_closed,
        on.ConsoleReleased: _console_released,
        on.PageRefused: _page_refused,
        on.PageMessaged: _page_messaged,
        on.PageBroke: _page_broke,
    }
