"""The facts of one session, and what follows from them: phase, capture, deadlines.

The phase is derived from the facts (tabs, seats, consent) after each event, so that no order of events can leave a
session between two phases.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Literal

from twinpane_protocol.shared import Absence, Asking, ConsentKind, EndReason, Permissions, Phase, SessionState

from twinpane.session import commands as do
from twinpane.session import events as on
from twinpane.session.gate import Judge, narrowed, refusal_of
from twinpane.session.kept import EPOCHS_UNTOLD, Kept
from twinpane.session.limits import (
    ASKING_S,
    BETWEEN_RESYNCS_S,
    IDLE_AGENTS_S,
    MAX_SEATS,
    NO_TAB_S,
    WAITING_S,
)
from twinpane.session.phases import Trigger, next_phase
from twinpane.session.seats import SeatOf, Seats
from twinpane.session.tabs import Tabs


class Course:
    """Everything about a session but what events do to it; that is `machine.Session`."""

    def __init__(
        self,
        session_id: str,
        permissions: Permissions,
        at_s: float,
        judge: Judge = refusal_of,
        is_recorded: bool = False,
    ) -> None:
        """Take the gate that wishes pass, besides what the session is about."""
        self._judge = judge
        self._is_recorded = is_recorded
        self.id = session_id
        self.phase: Phase = "waiting"
        self.end_reason: EndReason | None = None
        self._permissions = permissions
        self._began_at_s = self._now_s = at_s
        self._seats = Seats()
        self._tabs = Tabs()
        self._consented = False
        self._asking: Asking | None = None
        self._asked_at_s = 0.0
        self._agents_acted_at_s = at_s
        self._epoch = 0
        self._capturing: str | None = None
        self._captured_at_s = float("-inf")
        self._resync_due = False
        self._features: set[str] = set()
        self._announced: on.AbsenceAnnounced | None = None
        self._wake_at_s: float | None = None
        self._out: list[do.Command] = []
        self._changed = False

    # ---- what outlives the process ------------------------------------------------------------------

    @property
    def kept(self) -> Kept:
        """What is needed to go on elsewhere, besides what is recorded of the session and its seats (K1)."""
        return Kept(
            epoch=self._epoch,
            control=self._seats.control,
            colors=self._seats.colors,
            seats_given=self._seats.given,
            tab=self._tabs.active,
            readers=[seat.id for seat in self._seats.readers],
            features=sorted(self._features),
        )

    def restore(self, kept: Kept, given: Iterable[on.SeatGiven], joined: frozenset[str], consented: bool) -> None:
        """Go on where another process was, before any event: all tabs and all agents are away since now (K1)."""
        for seat in given:
            self._seats.give(seat.seat, seat.name, seat.permissions, seat.at_s, seat.agent_id)
        self._seats.restore(kept, joined)
        self._epoch = (kept.epoch + EPOCHS_UNTOLD) % 65535
        self._features |= set(kept.features)
        if consented:
            self._consented, self.phase = True, "paused"
            self._tabs.restore(kept.tab or "", self._now_s)

    # ---- what can be read --------------------------------------------------------------------------

    @property
    def source(self) -> tuple[str, int] | None:
        """Tab and epoch whose page frames may be relayed now; None when none may (X2, F2)."""
        if self.phase == "live" and self._capturing is not None:
            return self._capturing, self._epoch
        return None

    @property
    def is_full(self) -> bool:
        """Whether no further agent can be invited."""
        return len(self._seats) >= MAX_SEATS

    def has_seat(self, seat: str) -> bool:
        """Whether this agent was invited and has not left for good."""
        return self._seats.get(seat) is not None

    def name_of(self, seat_id: str) -> str:
        """The name of the agent whose seat this is."""
        seat = self._seats.get(seat_id)
        return seat.name if seat is not None else ""

    def seats_of(self, agent_id: str) -> list[str]:
        """The seats that this agent has not left."""
        return self._seats.of(agent_id)

    def state_for(self, seat: str | None) -> SessionState:
        """Return what a peer is told: an agent by seat, or a tab of the visitor by None.

        Agents learn addresses and titles of the tabs only after the consent to view (X2).
        """
        own = self._seats.get(seat) if seat is not None else None
        away: Literal["tab_closed", "connection_lost"] | None = None
        if self.phase == "paused":
            away = "tab_closed" if self._tabs.away_is_closed else "connection_lost"
        return SessionState(
            id=self.id,
            phase=self.phase,
            agents=self._seats.pictures(with_windows=seat is None),
            control=self._seats.control,
            asking=self._asking,
            permissions=narrowed(own.permissions if own else self._permissions, self._tabs.ceiling),
            tabs=self._tabs.pictures() if seat is None or self._consented else [],
            follows=self._tabs.follows,
            end_reason=self.end_reason,
            away=away,
            absence=self._absence if self.phase == "paused" else None,
            recorded=self._is_recorded,
        )

    @property
    def _absence(self) -> Absence | None:
        """What the page announced before it went, as it stands now (S9)."""
        if (told := self._announced) is None or (ends_at_s := self._absence_ends_at_s) is None:
            return None
        return Absence(title=told.title, message=told.message, returns_in_s=max(0.0, ends_at_s - self._now_s))

    @property
    def _absence_ends_at_s(self) -> float | None:
        """When a page that announced its absence, and is gone, should be back."""
        gone_at_s = self._tabs.last_gone_at_s
        return None if self._announced is None or gone_at_s is None else gone_at_s + self._announced.return_s

    # ---- what follows from the facts -----------------------------------------------------------------

    def _advance(self) -> None:
        if self.phase == "waiting" and self._tabs.active_is_present:
            seat = self._seats.first_connected
            if seat is not None and not self._tabs.ceiling.require_authorization_for_session:
                self._go_live()
            elif seat is not None:
                self._move("asked")
                self._ask("view", seat)
        elif self.phase == "asking":
            if not self._tabs.any_present:
                self._asked_no_more()
                self._move("page_gone")
        elif self.phase == "live" and not self._tabs.active_is_present:
            self._move("page_gone")
        elif self.phase == "paused" and self._tabs.active_is_present:
            self._move("page_back")
        self._advance_console()

    def _advance_console(self) -> None:
        """Take the console from whom the limits no longer let read it; ask the next one's question (C1)."""
        for seat in self._seats:
            if seat.reads_console and not narrowed(seat.permissions, self._tabs.ceiling).allow_console:
                seat.reads_console = False
                self._changed = True
            if seat.console_agreed and self.phase == "live" and self._asking is None:
                self._ask("console", seat)

    def _sync_capture(self) -> None:
        active = self._tabs.active
        if self._capturing is not None and (active != self._capturing or self.phase == "ended"):
            self._out.append(do.StopCapture(self._capturing))
            self._capturing = None
        if self.phase != "live" or active is None:
            return
        if self._capturing is None:
            self._start_capture(active, "new_page")
        elif self._resync_due and self._now_s >= self._captured_at_s + BETWEEN_RESYNCS_S:
            self._start_capture(active, "resync")

    def _start_capture(self, tab: str, reason: Literal["new_page", "resync"]) -> None:
        self._epoch = self._epoch % 65535 + 1
        self._capturing = tab
        self._captured_at_s = self._now_s
        self._resync_due = False
        self._out.append(do.StartCapture(tab, self._epoch, reason))

    def _deadlines(self) -> Iterator[tuple[float, Callable[[], None]]]:
        """Say what happens by itself, and when."""
        if self._tabs.active is None:
            yield self._began_at_s + WAITING_S, partial(self._end, "timeout")
        if (gone_at_s := self._tabs.last_gone_at_s) is not None:
            yield max(gone_at_s + NO_TAB_S, self._absence_ends_at_s or 0.0), partial(self._end, "timeout")
        elif (grace_ends_at_s := self._tabs.grace_ends_at_s) is not None:
            yield grace_ends_at_s, self._show_another_tab
        if self._asking is not None:
            yield self._asked_at_s + ASKING_S, self._not_answered
        if self.phase == "live" or (self.phase == "paused" and self._absence_ends_at_s is None):
            yield self._agents_acted_at_s + IDLE_AGENTS_S, partial(self._end, "timeout")
        for seat in self._seats.absent:
            if (leaves_at_s := seat.leaves_at_s) is not None:
                yield leaves_at_s, partial(self._remove_seat, seat.id)
        if self._resync_due and self.source is not None:
            yield self._captured_at_s + BETWEEN_RESYNCS_S, lambda: None

    def _expire(self) -> None:
        for at_s, call in list(self._deadlines()):
            if at_s <= self._now_s and self.phase != "ended":
                call()

    def _plan_wake(self) -> None:
        at_s = None
        if self.phase != "ended":
            at_s = min((at_s for at_s, _ in self._deadlines()), default=None)
        if at_s != self._wake_at_s:
            self._wake_at_s = at_s
            self._out.append(do.WakeAt(at_s))

    # ---- single steps --------------------------------------------------------------------------------

    def _move(self, trigger: Trigger) -> None:
        self.phase = next_phase(self.phase, trigger)
        self._changed = True

    def _end(self, reason: EndReason) -> None:
        if self.phase != "ended":
            self._move("over")
            self.end_reason, self._asking, self._seats.control = reason, None, None

    def _go_live(self) -> None:
        self._consented = True
        self._agents_acted_at_s = self._now_s
        self._move("allowed")
        self._out.append(do.NoteLive())

    def _ask(self, kind: ConsentKind, seat: SeatOf) -> None:
        self._asking = Asking(kind=kind, agent=seat.id, agent_name=seat.name)
        self._asked_at_s = self._now_s
        self._changed = True

    def _is_asking(self, kind: ConsentKind, seat: str) -> bool:
        return self._asking is not None and (self._asking.kind, self._asking.agent) == (kind, seat)

    def _asked_no_more(self) -> None:
        self._asking = None
        self._changed = True

    def _not_answered(self) -> None:
        if self._asking is None:
            return
        if self._asking.kind == "view":
            self._end("timeout")
        else:
            self._answered(self._asking.kind, self._asking.agent, False)

    def _answered(self, kind: ConsentKind, seat_id: str, allowed: bool) -> None:
        """Take the answer to a question that was open, other than the one to view."""
        self._asked_no_more()
        if (seat := self._seats.get(seat_id)) is None:
            return
        if kind == "control":
            self._control_answered(seat, allowed)
        else:
            self._console_answered(seat, allowed)

    def _control_answered(self, seat: SeatOf, allowed: bool) -> None:
        if seat.gone_at_s is not None:
            return
        if allowed:
            self._give_control(seat)
        else:
            self._out.append(do.RefuseControl(seat.id, "control_refused"))

    def _console_answered(self, seat: SeatOf, allowed: bool) -> None:
        wish, seat.console_wish, seat.console_agreed = seat.console_wish, None, False
        if allowed:
            seat.reads_console = True
            self._features.add("console")
        elif wish is not None:
            self._out.append(do.RefuseWish(seat.id, wish, "console_refused"))

    def _give_control(self, seat: SeatOf) -> None:
        self._seats.control = seat.id
        self._acted(seat)
        self._changed = True

    def _acted(self, seat: SeatOf) -> None:
        seat.acted_at_s = self._agents_acted_at_s = self._now_s

    def _absence_is_over(self) -> None:
        if self._absence_ends_at_s is not None:
            self._agents_acted_at_s = self._now_s  # Meanwhile they could do nothing.
        self._announced = None

    def _show_another_tab(self) -> None:
        self._tabs.show_another()
        self._changed = True

    def _remove_seat(self, seat_id: str) -> None:
        seat = self._seats.remove(seat_id)
        if seat is None:
            return
        self._changed = True
        if seat.joined:
            self._out.append(do.NoteLeft(seat_id))
        if not self._seats:
            self._end("agent_stopped" if self._seats.any_ever_joined else "timeout")
        elif self._asking is not None and self._asking.agent == seat_id:
            self._asked_no_more()
            if self.phase == "asking":
                self._ask_for_another()

    def _ask_for_another(self) -> None:
        """Name another agent on the card; without one the session waits again."""
        if (other := self._seats.first_connected) is not None:
            asked_at_s = self._asked_at_s
            self._ask("view", other)
            self._asked_at_s = asked_at_s
        else:
            self._move("page_gone")
