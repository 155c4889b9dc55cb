"""The agents' seats in a session, and who holds control (X3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from twinpane_protocol.shared import Agent, Permissions, Window

from twinpane.session.kept import Kept
from twinpane.session.limits import CONTROL_IDLE_S, SEAT_ABSENT_S, SEAT_UNUSED_S

COLORS = ("#0e7c86", "#c2410c", "#6d28d9", "#15803d", "#be185d", "#1d4ed8", "#a16207", "#475569")


@dataclass(slots=True)
class SeatOf:
    """One agent's place. `gone_at_s` is None while connected, else since when not (from being given, at first)."""

    id: str
    name: str
    permissions: Permissions
    color: str
    gone_at_s: float | None
    agent_id: str = ""
    joined: bool = False
    acted_at_s: float = 0.0
    served_epoch: int | None = None
    """The epoch in which this agent already asked for a resync and got the journal."""
    window: Window | None = None
    sees_page: bool = False
    console_wish: int | None = None
    """The number of the wish to read the console that the visitor has not answered yet."""
    console_agreed: bool = False
    """The page's gate let that wish pass: the visitor is to be asked."""
    reads_console: bool = False

    @property
    def leaves_at_s(self) -> float | None:
        """When the seat is given up if nobody comes."""
        if self.gone_at_s is None:
            return None
        return self.gone_at_s + (SEAT_ABSENT_S if self.joined else SEAT_UNUSED_S)


class Seats:
    """All seats that are taken or may be, in the order they were given."""

    def __init__(self) -> None:
        self._seats: dict[str, SeatOf] = {}
        self.given = 0
        self.control: str | None = None
        self.any_ever_joined = False

    def give(self, seat_id: str, name: str, permissions: Permissions, at_s: float, agent_id: str = "") -> None:
        """Add a seat; its agent may come. All seats of one agent have one colour (X5)."""
        own = (seat.color for seat in self._seats.values() if agent_id and seat.agent_id == agent_id)
        if (color := next(own, None)) is None:
            color = COLORS[self.given % len(COLORS)]
            self.given += 1
        self._seats[seat_id] = SeatOf(seat_id, name, permissions, color, at_s, agent_id)

    def paint(self, seat: SeatOf, color: str) -> None:
        """Give an agent the colour that they chose, in all their seats."""
        for each in self._seats.values():
            if each is seat or (seat.agent_id and each.agent_id == seat.agent_id):
                each.color = color

    @property
    def colors(self) -> dict[str, str]:
        """Of each seat, in order."""
        return {seat.id: seat.color for seat in self._seats.values()}

    def restore(self, kept: Kept, joined: frozenset[str]) -> None:
        """Set what seats that were given again had before (K1)."""
        for seat in self._seats.values():
            seat.color, seat.joined = kept.colors.get(seat.id, seat.color), seat.id in joined
            seat.reads_console = seat.id in kept.readers
        self.given = max(kept.seats_given, self.given)
        self.control = kept.control if kept.control in self._seats else None
        self.any_ever_joined = bool(joined)

    def get(self, seat_id: str) -> SeatOf | None:
        """Find a seat that has not been given up."""
        return self._seats.get(seat_id)

    def of(self, agent_id: str) -> list[str]:
        """The ids of an agent's seats."""
        return [seat.id for seat in self._seats.values() if seat.agent_id == agent_id]

    def connected(self, seat_id: str) -> SeatOf | None:
        """Find a seat whose agent is here now."""
        seat = self._seats.get(seat_id)
        return seat if seat is not None and seat.gone_at_s is None else None

    def remove(self, seat_id: str) -> SeatOf | None:
        """Give a seat up, and control with it."""
        if self.control == seat_id:
            self.control = None
        return self._seats.pop(seat_id, None)

    @property
    def first_connected(self) -> SeatOf | None:
        """The longest invited agent who is here."""
        return next((seat for seat in self._seats.values() if seat.gone_at_s is None), None)

    @property
    def readers(self) -> list[SeatOf]:
        """Seats whose agents may read the page's console."""
        return [seat for seat in self._seats.values() if seat.reads_console]

    def __iter__(self) -> Iterator[SeatOf]:
        return iter(self._seats.values())

    @property
    def absent(self) -> list[SeatOf]:
        """Seats whose agent is not here."""
        return [seat for seat in self._seats.values() if seat.gone_at_s is not None]

    def __len__(self) -> int:
        return len(self._seats)

    def control_is_free_for(self, seat_id: str, at_s: float) -> bool:
        """Whether this agent may have control: nobody else holds it, or who does is absent or idle (X3)."""
        if self.control is None or self.control == seat_id:
            return True
        holder = self._seats[self.control]
        return holder.gone_at_s is not None or at_s - holder.acted_at_s >= CONTROL_IDLE_S

    def pictures(self, with_windows: bool = False) -> list[Agent]:
        """The agents who came, as peers are told of them."""
        return [
            Agent(
                id=seat.id,
                name=seat.name,
                color=seat.color,
                connected=seat.gone_at_s is None,
                permissions=seat.permissions,
                window=seat.window if with_windows else None,
                sees_page=seat.sees_page,
                reads_console=seat.reads_console,
            )
            for seat in self._seats.values()
            if seat.joined
        ]
