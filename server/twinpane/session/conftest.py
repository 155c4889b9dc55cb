"""A dialogue with a session: `>>` is what happens, `<<` is what the session must say next."""

from __future__ import annotations

import pytest
from twinpane_protocol.shared import Permissions
from twinpane_protocol.visitor import Ceiling

from twinpane.session import commands as do
from twinpane.session import events as on
from twinpane.session.machine import Session


class Dialogue:
    """Drives one session. Times are seconds since it began."""

    def __init__(self) -> None:
        self.session = Session("s1", Permissions(), 0.0)
        self.now = 0.0
        self.wake_at_s: float | None = None
        self.waiting: list[do.Command] = []
        self.log: list[str] = []

    def __rshift__(self, event: on.Event) -> Dialogue:
        assert not self.waiting, f"not expected: {self.waiting}\n" + "\n".join(self.log)
        self.log.append(f">> {event}")
        for command in self.session.handle(event):
            if isinstance(command, do.WakeAt):
                self.wake_at_s = command.at_s
            else:
                self.waiting.append(command)
        return self

    def __lshift__(self, command: do.Command) -> Dialogue:
        assert self.waiting, f"nothing more was said, expected {command}\n" + "\n".join(self.log)
        said = self.waiting.pop(0)
        self.log.append(f"<< {said}")
        assert said == command, "\n".join(self.log)
        return self

    def quiet(self) -> None:
        """Forget what was said and not looked at."""
        self.waiting.clear()

    def silent(self) -> None:
        """Expect that nothing was said."""
        assert not self.waiting, self.waiting

    def after(self, seconds: float) -> None:
        """Let time pass, waking the session whenever it asked to."""
        end = self.now + seconds
        while self.wake_at_s is not None and self.wake_at_s <= end:
            self.now, self.wake_at_s = max(self.now, self.wake_at_s), None
            for command in self.session.handle(on.TimePassed(at_s=self.now)):
                if isinstance(command, do.WakeAt):
                    self.wake_at_s = command.at_s
                else:
                    self.waiting.append(command)
        self.now = end

    # ---- the usual things that happen ---------------------------------------------------------------

    def given(self, seat: str, permissions: Permissions | None = None) -> on.SeatGiven:
        return on.SeatGiven(at_s=self.now, seat=seat, name=seat.title(), permissions=permissions or Permissions())

    def joined(self, seat: str) -> on.AgentJoined:
        return on.AgentJoined(at_s=self.now, seat=seat)

    def opened(
        self, tab: str, focused: bool = True, resumed: bool = False, ceiling: Ceiling | None = None
    ) -> on.TabOpened:
        return on.TabOpened(
            at_s=self.now,
            tab=tab,
            url=f"https://shop.example/{tab}",
            title=tab,
            focused=focused,
            ceiling=ceiling or Ceiling(),
            resumed=resumed,
        )

    def changed(self, tab: str, focused: bool) -> on.TabChanged:
        return on.TabChanged(at_s=self.now, tab=tab, url=f"https://shop.example/{tab}", title=tab, focused=focused)

    def allowed(self, seat: str, kind: str = "view", allowed: bool = True) -> on.VisitorAnswered:
        return on.VisitorAnswered(at_s=self.now, kind=kind, seat=seat, allowed=allowed)  # type: ignore[arg-type]

    def live(self, *seats: str, ceiling: Ceiling | None = None) -> Dialogue:
        """Go live with these agents and tab `t1`."""
        for seat in seats:
            self >> self.given(seat)
            self.quiet()
        self >> self.opened("t1", ceiling=ceiling)
        self.quiet()
        for seat in seats:
            self >> self.joined(seat)
            self.quiet()
        self >> self.allowed(seats[0])
        self.quiet()
        assert self.session.phase == "live"
        return self


@pytest.fixture
def talk() -> Dialogue:
    return Dialogue()
