"""Control messages between an agent's window and the server. JSON text frames, told apart by `type`."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from twinpane_protocol.console_answers import Note
from twinpane_protocol.console_routes import MAX_NOTE
from twinpane_protocol.link import Ack, Bye, Error, Ping, Pong
from twinpane_protocol.shared import ConsoleTold, RefusalCode, SessionState, ShortText, Window, Wish


class AgentHello(Struct, frozen=True, kw_only=True, tag_field="type", tag="hello", omit_defaults=True):
    """First message of an agent's window (W2, L2)."""

    role: Literal["agent"] = "agent"
    protocols: Annotated[list[int], Meta(max_length=20)]
    grant: Annotated[str, Meta(max_length=100)]
    """Secret of the seat, given to the page that opened the watch URL (R15a)."""
    resume: Annotated[str, Meta(max_length=100)] | None = None
    received: Annotated[int, Meta(ge=0)] = 0
    acknowledged: Annotated[int, Meta(ge=0)] | None = None
    """Numbered frames of this side that the server has acknowledged, so that it can go on without its memory (K2)."""
    window: Window | None = None


class AgentWish(Struct, frozen=True, kw_only=True, tag_field="type", tag="wish"):
    """Something this agent wants done in the page."""

    id: Annotated[int, Meta(ge=0)]
    wish: Wish


class RequestControl(Struct, frozen=True, kw_only=True, tag_field="type", tag="request_control"):
    """Ask to act in the page."""


class ReleaseControl(Struct, frozen=True, kw_only=True, tag_field="type", tag="release_control"):
    """Give control back."""


class ReleaseConsole(Struct, frozen=True, kw_only=True, tag_field="type", tag="release_console"):
    """Read the page's console no longer, or take the question back."""


class NotesWanted(Struct, frozen=True, kw_only=True, tag_field="type", tag="notes_wanted"):
    """Tell the session's notes; answered by `notes` (E1)."""


class NoteWritten(Struct, frozen=True, kw_only=True, tag_field="type", tag="note_written"):
    """Keep a note on the session; answered by `note_added` once it is kept (E1)."""

    id: Annotated[int, Meta(ge=0)]
    """Comes back in the answer."""
    text: Annotated[str, Meta(min_length=1, max_length=MAX_NOTE, pattern=r"^[^\x00]*$")]


class RequestSnapshot(Struct, frozen=True, kw_only=True, tag_field="type", tag="request_snapshot"):
    """The player cannot go on; asks for the journal or a fresh snapshot."""

    reason: ShortText
    differs: bool = False
    """Nothing broke, but the picture is not the page's (F20)."""


class RequestReceipt(Struct, frozen=True, kw_only=True, tag_field="type", tag="request_receipt"):
    """Have the picture compared with the page now (F20)."""


class ShowTab(Struct, frozen=True, kw_only=True, tag_field="type", tag="show_tab"):
    """Have all agents see this tab of the visitor's, wherever the visitor goes (X7)."""

    tab: Annotated[str, Meta(max_length=100)] | None = None
    """None: follow the visitor again."""


class EndSession(Struct, frozen=True, kw_only=True, tag_field="type", tag="end_session"):
    """End the session for all."""


class Leave(Struct, frozen=True, kw_only=True, tag_field="type", tag="leave"):
    """This agent leaves; the session ends if no agent remains."""


class ChooseColor(Struct, frozen=True, kw_only=True, tag_field="type", tag="choose_color"):
    """Have another colour for this agent's cursor and drawings."""

    color: Annotated[str, Meta(pattern="^#[0-9a-fA-F]{6}$")]


class AgentCustomMessage(Struct, frozen=True, kw_only=True, tag_field="type", tag="custom_message_sent"):
    """Send a message to the page."""

    message: Any


class WindowChanged(Struct, frozen=True, kw_only=True, tag_field="type", tag="window_changed"):
    """The agent's window was resized, or lost or won the focus."""

    window: Window


class PictureShown(Struct, frozen=True, kw_only=True, tag_field="type", tag="picture_shown"):
    """This window shows the visitor's page for the first time (S3, `observerContentVisible`)."""


FromAgent = (
    AgentHello
    | Ack
    | Ping
    | Bye
    | AgentWish
    | RequestControl
    | ReleaseControl
    | ReleaseConsole
    | NotesWanted
    | NoteWritten
    | RequestSnapshot
    | RequestReceipt
    | ShowTab
    | EndSession
    | Leave
    | ChooseColor
    | AgentCustomMessage
    | WindowChanged
    | PictureShown
)


class VisitorInfo(Struct, frozen=True, kw_only=True):
    """What the agent is told of the visitor."""

    short_id: str
    name: str
    """First identity, else call name, else the short ID."""
    unique_id: str | None
    agent_prompt: str | None = None
    """What the page wants its agents to know (S2, `agentPrompt`)."""


class Branding(Struct, frozen=True, kw_only=True):
    """How the watch page looks and where it goes (R15)."""

    naked: Literal["false", "true", "page_only"] = "false"
    retry_url: str | None = None
    on_end_url: str | None = None
    logo_url: str | None = None
    color: str | None = None


class AgentWelcome(Struct, frozen=True, kw_only=True, tag_field="type", tag="welcome"):
    """Answer to hello: this window watches (W2, L2)."""

    protocol: int
    me: str
    """Seat id of this agent, as in `SessionState.agents`."""
    resume: str
    resumed: bool
    received: int
    assets: str
    """Path prefix of the asset door for this session; the percent-encoded absolute URL follows it (F11)."""
    visitor: VisitorInfo
    branding: Branding
    session: SessionState


class AgentSessionChanged(Struct, frozen=True, kw_only=True, tag_field="type", tag="session_changed"):
    """The session as it is now (X1)."""

    session: SessionState


class VisitorChanged(Struct, frozen=True, kw_only=True, tag_field="type", tag="visitor_changed"):
    """The page told something else of the visitor (`updateConnection`)."""

    visitor: VisitorInfo


class PageReset(Struct, frozen=True, kw_only=True, tag_field="type", tag="page_reset"):
    """Page frames begin anew: the frames that follow start with a snapshot of `epoch` (F3)."""

    epoch: int
    reason: Literal["new_page", "resync", "lagged", "joined"]


class AgentWishRefused(Struct, frozen=True, kw_only=True, tag_field="type", tag="wish_refused"):
    """A wish was not carried out, and why."""

    id: int
    code: RefusalCode
    message: str


class ControlRefused(Struct, frozen=True, kw_only=True, tag_field="type", tag="control_refused"):
    """Control was not given: another agent holds it, or the visitor said no."""

    code: RefusalCode
    message: str


class AgentPointed(Struct, frozen=True, kw_only=True, tag_field="type", tag="agent_pointed"):
    """Another agent's wish to point or click, shown as their cursor."""

    agent: str
    wish: Wish


class PageCustomMessage(Struct, frozen=True, kw_only=True, tag_field="type", tag="custom_message_received"):
    """The page sent a message to the agents."""

    message: Any


class Notes(Struct, frozen=True, kw_only=True, tag_field="type", tag="notes"):
    """The session's notes, oldest first; the newest 200."""

    notes: list[Note]


class NoteAdded(Struct, frozen=True, kw_only=True, tag_field="type", tag="note_added"):
    """A note is kept; to all agents of the session who may see notes."""

    note: Note
    seat: str
    """Whose it is, and which of theirs."""
    wrote: int


ToAgent = (
    AgentWelcome
    | Ack
    | Pong
    | Bye
    | Error
    | AgentSessionChanged
    | VisitorChanged
    | PageReset
    | AgentWishRefused
    | ControlRefused
    | AgentPointed
    | PageCustomMessage
    | ConsoleTold
    | Notes
    | NoteAdded
)
