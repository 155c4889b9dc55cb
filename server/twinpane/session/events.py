"""What happens to a session. Past tense; `at_s` is monotonic time in seconds, the only clock the machine knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from twinpane_protocol import shared
from twinpane_protocol.shared import ConsentKind, EndReason, Permissions, RefusalCode, Window, Wish
from twinpane_protocol.visitor import Ceiling


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """Anything that happened, and when."""

    at_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TimePassed(Happened):
    """The time of a `WakeAt` has come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndOrdered(Happened):
    """The session is ended from outside: REST, erasure, shutdown."""

    reason: EndReason


# ---- the agents' side ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class BySeat(Happened):
    """Something one agent did."""

    seat: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatGiven(BySeat):
    """An agent was invited; their window may come (R15). One `agent_id` may have several seats."""

    name: str
    permissions: Permissions
    agent_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentJoined(BySeat):
    """The agent's window connected, for the first time or again. `resumed`: its link goes on where it was."""

    resumed: bool = False
    window: Window | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentDropped(BySeat):
    """The agent's socket was lost; they may come back within 60 s."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentLeft(BySeat):
    """The agent left for good."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentWished(BySeat):
    """The agent wants something done in the page."""

    id: int
    wish: Wish


@dataclass(frozen=True, slots=True, kw_only=True)
class ColorChosen(BySeat):
    """The agent wants another colour for their cursor and drawings, `#rrggbb`."""

    color: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentMessaged(BySeat):
    """The agent sent the page a custom message."""

    message: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowChanged(BySeat):
    """The agent's window was resized, or lost or won the focus."""

    window: Window


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureShown(BySeat):
    """The agent sees the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlRequested(BySeat):
    """The agent wants to act in the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlReleased(BySeat):
    """The agent gave control back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsoleReleased(BySeat):
    """The agent reads the console no longer, or took the question back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotRequested(BySeat):
    """The agent's player cannot go on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptRequested(BySeat):
    """The agent wants the picture compared with the page (F20)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TabChosen(BySeat):
    """The agent wants to see that tab of the visitor's; None: the one that the visitor uses (X7)."""

    tab: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndAsked(BySeat):
    """The agent ended the session for all."""


# ---- the visitor's side --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ByTab(Happened):
    """Something that happened in one tab of the visitor."""

    tab: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TabOpened(ByTab):
    """A tab connected. `resumed`: its link goes on where it was, so its page still is in the epoch it was told."""

    url: str
    title: str
    focused: bool
    ceiling: Ceiling
    visible: bool = True
    resumed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TabChanged(ByTab):
    """Address, title, focus or visibility of a tab changed."""

    url: str
    title: str
    focused: bool
    visible: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitsChanged(ByTab):
    """The limits of a tab are others than when it connected."""

    ceiling: Ceiling


@dataclass(frozen=True, slots=True, kw_only=True)
class TabDropped(ByTab):
    """The tab's socket was lost; it may come back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TabClosed(ByTab):
    """The tab said bye: it was closed, or its page is being left for another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceAnnounced(ByTab):
    """The page said that it will be gone for a while, in its own words (S9)."""

    return_s: float
    title: str | None
    message: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitorAnswered(Happened):
    """The visitor answered a consent card."""

    kind: ConsentKind
    seat: str
    allowed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitorStopped(Happened):
    """The visitor ended the session."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentWanted(ByTab):
    """The page's gate let a wish to read the console pass: the visitor is to be asked (C1)."""

    seat: str
    id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsoleTold(ByTab):
    """The page's console went on."""

    told: shared.ConsoleTold


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsoleClosed(Happened):
    """The visitor lets no agent read the console any longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRefused(ByTab):
    """The page's gate did not carry out a wish."""

    seat: str
    id: int
    code: RefusalCode


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMessaged(ByTab):
    """The page sent the agents a custom message."""

    message: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBroke(ByTab):
    """The epoch cannot go on: the page says so, frames are missing, or the journal is over its bound (X8)."""


Event = (
    TimePassed
    | EndOrdered
    | SeatGiven
    | AgentJoined
    | AgentDropped
    | AgentLeft
    | AgentWished
    | ColorChosen
    | AgentMessaged
    | WindowChanged
    | PictureShown
    | ControlRequested
    | ControlReleased
    | ConsoleReleased
    | SnapshotRequested
    | ReceiptRequested
    | TabChosen
    | EndAsked
    | TabOpened
    | TabChanged
    | LimitsChanged
    | TabDropped
    | TabClosed
    | AbsenceAnnounced
    | VisitorAnswered
    | VisitorStopped
    | ConsentWanted
    | ConsoleTold
    | ConsoleClosed
    | PageRefused
    | PageMessaged
    | PageBroke
)
