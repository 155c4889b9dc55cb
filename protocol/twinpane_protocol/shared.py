"""Shapes that both directions use: the state of a session, wishes, and the closed list of refusals."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

NodeId = Annotated[int, Meta(ge=0, le=2**31 - 1, description="A node of the page; 0 is the main document.")]
Fraction = Annotated[float, Meta(ge=0, le=1, description="Part of a box's width or height, from its left or top.")]
ShortText = Annotated[str, Meta(max_length=500)]
Pixels = Annotated[int, Meta(ge=0, le=100_000)]
LongText = Annotated[str, Meta(max_length=8000)]
Url = Annotated[str, Meta(max_length=8000)]

Phase = Literal["waiting", "asking", "live", "paused", "ended"]
EndReason = Literal["visitor_stopped", "agent_stopped", "timeout", "rejected", "error", "erased"]
ConsentKind = Literal["view", "control", "console"]
Advice = Literal["retry", "resync", "stop"]
"""What the receiver of an error should do: send again later, start from a fresh state, or give up (W6)."""

RefusalCode = Literal[
    "bad_message",
    "frame_too_large",
    "hello_expected",
    "unsupported_protocol",
    "unknown_key",
    "origin_not_allowed",
    "bad_credentials",
    "session_over",
    "too_many_agents",
    "too_many_messages",
    "server_restarting",
    "not_allowed",
    "not_live",
    "control_busy",
    "no_control",
    "control_refused",
    "console_refused",
    "masked",
    "no_remote",
    "unknown_node",
    "visitor_active",
    "not_possible",
    "only_visitor",
    "no_lookup_code",
    "stale_page",
    "internal",
]

ADVICE: dict[RefusalCode, Advice] = {
    "bad_message": "stop",
    "frame_too_large": "resync",
    "hello_expected": "stop",
    "unsupported_protocol": "stop",
    "unknown_key": "stop",
    "origin_not_allowed": "stop",
    "bad_credentials": "stop",
    "session_over": "stop",
    "too_many_agents": "retry",
    "too_many_messages": "retry",
    "server_restarting": "retry",
    "not_allowed": "stop",
    "not_live": "retry",
    "control_busy": "retry",
    "no_control": "retry",
    "control_refused": "stop",
    "console_refused": "stop",
    "masked": "stop",
    "no_remote": "stop",
    "unknown_node": "resync",
    "visitor_active": "retry",
    "not_possible": "stop",
    "only_visitor": "stop",
    "no_lookup_code": "retry",
    "stale_page": "resync",
    "internal": "retry",
}


class Permissions(Struct, frozen=True, kw_only=True):
    """What agents may do. The page's settings are a ceiling; REST can only narrow (api.md, Permissions)."""

    allow_click: bool = True
    allow_scroll: bool = True
    allow_type: bool = True
    allow_draw: bool = True
    allow_agent_redirect: bool = True
    allow_audio: bool = True
    allow_console: bool = False
    allow_notes: bool = True
    allow_show_agent_screen: bool = True
    allow_request_visitor_screen: bool = True
    allow_confetti: bool = True
    hide_private_details: bool = False


class Window(Struct, frozen=True, kw_only=True):
    """An agent's window, told to the page as observer data (S3). CSS pixels."""

    screen_width: Pixels
    screen_height: Pixels
    window_width: Pixels
    window_height: Pixels
    has_focus: bool


class Agent(Struct, frozen=True, kw_only=True):
    """One agent in a session, as visitor and other agents see them."""

    id: str
    """Of this seat in this session; not the integrator's agent id."""
    name: str
    color: str
    """CSS hex colour of the agent's cursor."""
    connected: bool
    window: Window | None = None
    """Told to the visitor's page only."""
    sees_page: bool = False
    """Whether the page has been shown in this agent's window since they came."""
    permissions: Permissions = Permissions()
    """What this agent may do; the page's gate holds them to it."""
    reads_console: bool = False
    """Whether the visitor lets this agent read the page's console (C1)."""


class Absence(Struct, frozen=True, kw_only=True):
    """The visitor is away as the page announced (`expectDisconnect`); in the page's own words, where it gave any."""

    title: ShortText | None
    message: ShortText | None
    returns_in_s: float
    """From when this was sent; 0 when the time is over. The session waits at least as long."""


class Asking(Struct, frozen=True, kw_only=True):
    """A consent that the visitor has been asked for and not yet answered."""

    kind: ConsentKind
    agent: str
    agent_name: str


class Tab(Struct, frozen=True, kw_only=True):
    """One open tab of the visitor."""

    id: str
    url: Url
    title: ShortText
    active: bool
    """Whether agents see this tab now (X7)."""
    visible: bool = True
    """Whether the visitor can see it: false behind other tabs or minimised."""


class SessionState(Struct, frozen=True, kw_only=True):
    """All that a peer must know of its session; sent whole whenever any of it changes (X1)."""

    id: str
    phase: Phase
    agents: list[Agent]
    control: str | None
    """Seat id of the agent who holds control."""
    asking: Asking | None
    permissions: Permissions
    tabs: list[Tab]
    follows: bool = True
    """Whether agents see the tab that the visitor uses; false: the one that an agent chose (X7)."""
    end_reason: EndReason | None = None
    away: Literal["tab_closed", "connection_lost"] | None = None
    """Why a paused session has no page."""
    absence: Absence | None = None
    """Only while paused: the page had said that it would go, and for how long."""
    recorded: bool = False
    """Whether what agents see is kept to be shown again (R20)."""


class ConsoleEntry(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the page said on its console, as far as it may leave (C3)."""

    level: Literal["debug", "log", "info", "warn", "error"]
    text: Annotated[str, Meta(max_length=4000)]
    kind: Literal["call", "uncaught", "rejection"] = "call"
    """Said by a call of `console`, or an error or a rejected promise that nobody caught."""
    source: ShortText | None = None
    """Where an uncaught error was thrown: address, line, column."""
    ago_ms: Annotated[float, Meta(ge=0)] = 0
    """How long before this was sent."""
    count: Annotated[int, Meta(ge=1)] = 1
    """So often one after another."""
    withheld: bool = False
    """There is a text, and none of it may leave."""


class ConsoleTold(Struct, frozen=True, kw_only=True, tag_field="type", tag="console_told", omit_defaults=True):
    """The page's console went on (C2): from the page to the server, and on to the agents who may read it."""

    entries: Annotated[list[ConsoleEntry], Meta(max_length=100)]
    """Oldest first."""
    left_out: Annotated[int, Meta(ge=0)] = 0
    """Entries before these that were too many."""


# ---- wishes: what an agent wants done; imperative ------------------------------------------------


class Modifiers(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Modifier keys held."""

    ctrl: bool = False
    shift: bool = False
    alt: bool = False
    meta: bool = False


class Point(Struct, frozen=True, kw_only=True, tag_field="kind", tag="point", omit_defaults=True):
    """Show the agent's pointer at a place in a node's box; with control, also hover there."""

    node: NodeId
    fx: Fraction
    fy: Fraction
    gone: bool = False
    """The pointer left the page."""
    laser: bool = False
    """Show it as a laser's dot with a trail; it hovers nowhere."""


class Click(Struct, frozen=True, kw_only=True, tag_field="kind", tag="click", omit_defaults=True):
    """Press and release a pointer button at a place in a node's box."""

    node: NodeId
    fx: Fraction
    fy: Fraction
    button: Literal["left", "middle", "right"] = "left"
    count: Annotated[int, Meta(ge=1, le=3)] = 1
    """1 click, 2 double click, 3 triple click."""
    modifiers: Modifiers = Modifiers()


class PressKey(Struct, frozen=True, kw_only=True, tag_field="kind", tag="press_key", omit_defaults=True):
    """Press and release one key where the focus is (KeyboardEvent.key and .code, UI Events)."""

    key: Annotated[str, Meta(min_length=1, max_length=32)]
    code: Annotated[str, Meta(max_length=32)] = ""
    modifiers: Modifiers = Modifiers()


class TypeText(Struct, frozen=True, kw_only=True, tag_field="kind", tag="type_text"):
    """Insert text where the focus is, as if typed or pasted."""

    text: Annotated[str, Meta(min_length=1, max_length=5000)]


class SelectOptions(Struct, frozen=True, kw_only=True, tag_field="kind", tag="select_options"):
    """Choose the options of a `<select>` by index."""

    node: NodeId
    indexes: Annotated[list[Annotated[int, Meta(ge=0)]], Meta(max_length=10_000)]


class SetValue(Struct, frozen=True, kw_only=True, tag_field="kind", tag="set_value"):
    """Set the value of an input that has its own picker: date, time, colour, range."""

    node: NodeId
    value: Annotated[str, Meta(max_length=500)]


class ScrollTo(Struct, frozen=True, kw_only=True, tag_field="kind", tag="scroll_to"):
    """Scroll a box (a document's node id means its viewport) to an offset in CSS pixels."""

    node: NodeId
    x: float
    y: float


class Focus(Struct, frozen=True, kw_only=True, tag_field="kind", tag="focus"):
    """Move the focus to a node."""

    node: NodeId


class Draw(Struct, frozen=True, kw_only=True, tag_field="kind", tag="draw", omit_defaults=True):
    """Draw a mark over the page in the agent's colour. It keeps its place in a node's box wherever that goes (D1)."""

    mark: Annotated[int, Meta(ge=0, le=2**31 - 1)]
    """The agent's own number for it. Drawn again under its number it takes the earlier one's place."""
    node: NodeId
    shape: Literal["line", "arrow", "rectangle", "outline"]
    points: Annotated[list[Annotated[float, Meta(ge=-1000, le=1000)]], Meta(max_length=800)] = []
    """x, y, x, y and so on: parts of the node's width and height from its left and top, also beside the box.

    A line goes through all of them, an arrow from the first to the last, a rectangle has the first and the last for
    corners, an outline has none.
    """
    more: bool = False
    """The points go on from those that the mark has."""


class ClearDrawings(Struct, frozen=True, kw_only=True, tag_field="kind", tag="clear_drawings"):
    """Take away all that this agent has drawn."""


class Travel(Struct, frozen=True, kw_only=True, tag_field="kind", tag="travel"):
    """Go back or forward in the tab's history, or load the page again."""

    to: Literal["back", "forward", "reload"]


class OpenUrl(Struct, frozen=True, kw_only=True, tag_field="kind", tag="open_url"):
    """Open an http(s) address in the visitor's tab; relative ones count from the page's."""

    url: Annotated[str, Meta(min_length=1, max_length=4000)]


class ReadConsole(Struct, frozen=True, kw_only=True, tag_field="kind", tag="read_console"):
    """Read the page's console; the visitor is asked (C1)."""


Wish = (
    Point
    | Click
    | PressKey
    | TypeText
    | SelectOptions
    | SetValue
    | ScrollTo
    | Focus
    | Draw
    | ClearDrawings
    | Travel
    | OpenUrl
    | ReadConsole
)
