"""The team console's socket, `/console/socket`. JSON text frames, told apart by `type`, unnumbered.

The console's HTTP routes are in `console_routes.py`.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from twinpane_protocol.console_answers import DeviceType, Time
from twinpane_protocol.link import Error, Ping, Pong
from twinpane_protocol.shared import Phase

MAX_ROWS = 200

# ---- from the console ----


class ConsoleHello(Struct, frozen=True, kw_only=True, tag_field="type", tag="hello", omit_defaults=True):
    """First message. The log-in is the cookie that came with the socket's request."""

    role: Literal["console"] = "console"
    protocols: Annotated[list[int], Meta(max_length=20)]


class ListVisitors(Struct, frozen=True, kw_only=True, tag_field="type", tag="list_visitors"):
    """Watch a window of the online visitors: rows `first` to `first + count`; in place of what was watched before.

    `search` is R40's language over those online; four digits are a word here (lookup codes: POST /lookup).
    """

    ask: Annotated[int, Meta(ge=0)]
    """Comes back in each `visitors`, to tell late answers to an earlier question."""
    search: Annotated[str, Meta(max_length=500)] = ""
    first: Annotated[int, Meta(ge=0, le=10_000_000)] = 0
    count: Annotated[int, Meta(ge=1, le=MAX_ROWS)] = 50


class ListSessions(Struct, frozen=True, kw_only=True, tag_field="type", tag="list_sessions"):
    """Watch a window of the sessions that run; in place of what was watched before."""

    ask: Annotated[int, Meta(ge=0)]
    first: Annotated[int, Meta(ge=0, le=10_000_000)] = 0
    count: Annotated[int, Meta(ge=1, le=MAX_ROWS)] = 50


class StopList(Struct, frozen=True, kw_only=True, tag_field="type", tag="stop_list"):
    """Watch a list no longer, as when its page is left."""

    list: Literal["visitors", "sessions"]


FromConsole = ConsoleHello | Ping | ListVisitors | ListSessions | StopList


# ---- to the console ----


class ConsoleWelcome(Struct, frozen=True, kw_only=True, tag_field="type", tag="welcome"):
    """Answer to hello."""

    protocol: int


class Totals(Struct, frozen=True, kw_only=True, tag_field="type", tag="totals"):
    """Figures of the whole team now; after the welcome, and when they change, at most four times a second."""

    online: int
    waiting: int
    """Visitors who asked for an agent and wait."""
    sessions: int


class VisitorRow(Struct, frozen=True, kw_only=True):
    """An online visitor."""

    short_id: str
    name: str
    """First identity, else call name, else the short ID."""
    unique_id: str | None
    identities: list[str]
    tags: list[str]
    url: str | None
    title: str | None
    browser_name: str | None
    device_type: DeviceType | None
    city: str | None
    country: str | None
    """ISO 3166-1, two letters."""
    online_since: Time
    waits_for_agent: bool
    agent_prompt: str | None
    """What the page wants its agents to know."""
    session_id: str | None
    phase: Phase | None
    """Of the running session."""
    agents: list[str]
    """Names of the agents in the running session."""


class RowAgent(Struct, frozen=True, kw_only=True):
    """An agent in a running session."""

    name: str
    color: str


class SessionRow(Struct, frozen=True, kw_only=True):
    """A running session."""

    id: str
    short_id: str
    """Of the visitor."""
    visitor_name: str
    url: str | None
    title: str | None
    phase: Phase
    started_at: Time
    went_live_at: Time | None
    agents: list[RowAgent]


class Visitors(Struct, frozen=True, kw_only=True, tag_field="type", tag="visitors"):
    """The watched window of online visitors, whole at first; then what changed, at most four times a second.

    Keep rows by short ID, take `rows` in, and show those of `order`; forget the others. Who waits for an agent stands
    first, then who came last.
    """

    ask: int
    first: int
    total: int
    """How many match the search."""
    order: list[str]
    """Short IDs of the window, in order."""
    rows: list[VisitorRow]
    """Those of the window that are new or changed since the last message."""


class Sessions(Struct, frozen=True, kw_only=True, tag_field="type", tag="sessions"):
    """The watched window of running sessions, as `visitors`; newest first."""

    ask: int
    first: int
    total: int
    order: list[str]
    """Ids of the window, in order."""
    rows: list[SessionRow]


ToConsole = ConsoleWelcome | Pong | Error | Totals | Visitors | Sessions
