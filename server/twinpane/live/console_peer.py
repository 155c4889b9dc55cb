"""A console's socket: which windows of the live lists it watches. Nothing it says changes anything."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Protocol

from msgspec import Struct
from twinpane_protocol import console as said
from twinpane_protocol.link import Ping, Pong
from twinpane_protocol.shared import RefusalCode

from twinpane.access.search import parse_search
from twinpane.live.console_rows import CHANGES_EVERY_S, Rows, Window
from twinpane.live.counters import Counters
from twinpane.live.link import PeerLink, Wire
from twinpane.live.peer import RefusingPeer


class Feed(Protocol):
    """What a console needs of its team's live lists."""

    visitors: Rows[said.VisitorRow]
    sessions: Rows[said.SessionRow]

    @property
    def counters(self) -> Counters:
        """The node's counters."""

    @property
    def now_s(self) -> float:
        """Seconds that never go back."""

    def asked(self) -> None:
        """See that a console that asked is answered in a moment."""

    def left(self, peer: ConsolePeer) -> None:
        """Forget a console."""


class ConsolePeer(RefusingPeer):
    """One socket of a member. Its frames are not numbered, and it is not resumed."""

    __slots__ = ("_told_s", "_totals", "feed", "link", "role", "secret_hash", "sessions", "visitors")

    def __init__(self, feed: Feed, secret_hash: bytes, role: str) -> None:
        self.feed = feed
        self.secret_hash = secret_hash
        self.role = role
        self.link = PeerLink(lambda _: None)
        self.visitors: Window[said.VisitorRow] | None = None
        self.sessions: Window[said.SessionRow] | None = None
        self._totals: said.Totals | None = None
        self._told_s = 0.0

    @property
    def counters(self) -> Counters:
        """The node's counters."""
        return self.feed.counters

    # ---- from the door -------------------------------------------------------------------------------

    def receive(self, message: Struct) -> None:
        """Take a decoded message."""
        handler = self._HANDLERS.get(type(message))
        if handler is not None:
            handler(self, message)
        else:
            self.refuse("bad_message")

    def receive_frame(self, frame: bytes) -> bool:
        """Take a binary frame: consoles send none."""
        self.refuse("bad_message")
        return False

    def receive_bad(self, code: RefusalCode) -> None:
        """Take a frame that is refused unread; it has no number."""
        self.refuse(code)

    def dropped(self, wire: Wire) -> None:
        """Note that the wire is gone."""
        self.link.drop()
        self.feed.left(self)

    # ---- from the feed -------------------------------------------------------------------------------

    @property
    def is_due(self) -> bool:
        """Whether it can be told something now: changes come at most four times a second, answers at once."""
        windows = (self.visitors, self.sessions)
        has_asked = any(window is not None and window.is_new for window in windows)
        return has_asked or self.feed.now_s - self._told_s >= CHANGES_EVERY_S

    def tell(self, totals: said.Totals) -> bool:
        """Tell what is new; False if it has to wait, since it is not due or reads too slowly."""
        wire = self.link.wire
        if wire is None:
            return True
        if wire.is_slow:
            for window in (self.visitors, self.sessions):
                if window is not None:
                    window.forget()
            return False
        if not self.is_due:
            return False
        messages: list[Struct] = [totals] if totals != self._totals else []
        if self.visitors is not None and (news := self.visitors.news(self.feed.visitors)) is not None:
            messages.append(_message(said.Visitors, self.visitors, news))
        if self.sessions is not None and (news_of := self.sessions.news(self.feed.sessions)) is not None:
            messages.append(_message(said.Sessions, self.sessions, news_of))
        if messages:
            self._totals, self._told_s = totals, self.feed.now_s
        for message in messages:
            self.link.say(message)
        return True

    # ---- single messages -----------------------------------------------------------------------------

    def _ping(self, message: Ping) -> None:
        self.link.say(Pong(t=message.t, now_ms=self.feed.now_s * 1000))

    def _list_visitors(self, message: said.ListVisitors) -> None:
        query = parse_search(message.search) if message.search.strip() else None
        self.visitors = Window(message.ask, message.first, message.count, query)
        self.feed.asked()

    def _list_sessions(self, message: said.ListSessions) -> None:
        self.sessions = Window(message.ask, message.first, message.count)
        self.feed.asked()

    def _stop_list(self, message: said.StopList) -> None:
        if message.list == "visitors":
            self.visitors = None
        else:
            self.sessions = None

    _HANDLERS: ClassVar[Mapping[type[Struct], Callable[[ConsolePeer, Any], None]]] = {
        Ping: _ping,
        said.ListVisitors: _list_visitors,
        said.ListSessions: _list_sessions,
        said.StopList: _stop_list,
    }


def _message(kind: Callable[..., Struct], window: Window[Any], news: tuple[int, list[str], list[Any]]) -> Struct:
    total, order, rows = news
    return kind(ask=window.ask, first=window.first, total=total, order=order, rows=rows)
