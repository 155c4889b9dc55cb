"""What a session wants done. Imperative; the live room carries them out in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from twinpane_protocol.shared import ConsoleTold, EndReason, RefusalCode, Wish


@dataclass(frozen=True, slots=True)
class TellState:
    """Send the session as it is now to every peer of it (X1)."""


@dataclass(frozen=True, slots=True)
class StartCapture:
    """Ask a tab for a fresh snapshot under a new epoch (F2); `reason` is what agents are told at its first frame."""

    tab: str
    epoch: int
    reason: Literal["new_page", "resync"]


@dataclass(frozen=True, slots=True)
class StopCapture:
    """Ask a tab to send no more page frames."""

    tab: str


@dataclass(frozen=True, slots=True)
class ServeJournal:
    """Restart one agent from the journal (X8)."""

    seat: str
    reason: Literal["joined", "resync"]


@dataclass(frozen=True, slots=True)
class AskReceipt:
    """Have a tab send digests of its page (F20)."""

    tab: str


@dataclass(frozen=True, slots=True)
class PassWish:
    """Hand a wish that passed the gate to the page (X4)."""

    tab: str
    seat: str
    id: int
    wish: Wish


@dataclass(frozen=True, slots=True)
class ShowPointer:
    """Show the other agents where this one points or clicks."""

    seat: str
    wish: Wish


@dataclass(frozen=True, slots=True)
class RefuseWish:
    """Tell an agent that a wish was not carried out."""

    seat: str
    id: int
    code: RefusalCode


@dataclass(frozen=True, slots=True)
class RefuseControl:
    """Tell an agent that they do not get control."""

    seat: str
    code: RefusalCode


@dataclass(frozen=True, slots=True)
class RefuseAgent:
    """Answer something else that an agent sent by a code (W6)."""

    seat: str
    code: RefusalCode


@dataclass(frozen=True, slots=True)
class RefuseTab:
    """Answer something that a tab sent by a code (W6)."""

    tab: str
    code: RefusalCode


@dataclass(frozen=True, slots=True)
class PassToPage:
    """Hand an agent's custom message to the page."""

    tab: str
    seat: str
    message: Any


@dataclass(frozen=True, slots=True)
class PassToAgents:
    """Hand the page's custom message to all agents."""

    message: Any


@dataclass(frozen=True, slots=True)
class TellConsole:
    """Hand what the page's console said to the agents who may read it, and to nobody else (C2)."""

    seats: tuple[str, ...]
    told: ConsoleTold


@dataclass(frozen=True, slots=True)
class NoteLive:
    """Record that the session went live, once."""


@dataclass(frozen=True, slots=True)
class NoteJoined:
    """Record that an agent came for the first time."""

    seat: str


@dataclass(frozen=True, slots=True)
class NoteLeft:
    """Record that an agent is gone for good; forget their window."""

    seat: str


@dataclass(frozen=True, slots=True)
class WakeAt:
    """Send `TimePassed` at this time; replaces the wake before. None: no more."""

    at_s: float | None


@dataclass(frozen=True, slots=True)
class End:
    """The session is over: record it and let the agents go. Always last."""

    reason: EndReason
    features: tuple[str, ...]


Command = (
    TellState
    | StartCapture
    | StopCapture
    | ServeJournal
    | AskReceipt
    | PassWish
    | ShowPointer
    | RefuseWish
    | RefuseControl
    | RefuseAgent
    | RefuseTab
    | PassToPage
    | PassToAgents
    | TellConsole
    | NoteLive
    | NoteJoined
    | NoteLeft
    | WakeAt
    | End
)
