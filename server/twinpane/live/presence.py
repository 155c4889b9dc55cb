"""The visitors who are online at this node, and what is recorded of them (R30)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from twinpane_protocol.visitor import Identity, LookupCode

from twinpane.live.counters import Counters
from twinpane.live.identity import changed_columns, needs_current
from twinpane.live.link import PeerLink
from twinpane.live.links import Links
from twinpane.live.lookup_codes import LookupCodes
from twinpane.live.runner import Runner, World
from twinpane.live.tab_peer import TabPeer
from twinpane.ports.records import Team, VisitorChange
from twinpane.session import events as on

VisitorKey = tuple[int, str]

OFFLINE_AFTER_S: Final = 10.0
"""A reload or a short drop is no absence."""
SWEEP_S: Final = 1.0


class OnlineVisitor:
    """One visitor with their tabs. While a session runs, `runner` is it."""

    __slots__ = ("_presence", "identity_lock", "is_online", "key", "runner", "tabs")

    def __init__(self, key: VisitorKey, presence: Presence) -> None:
        self.key = key
        self.tabs: dict[str, TabPeer] = {}
        self.runner: Runner | None = None
        self.is_online = False
        self.identity_lock: asyncio.Lock | None = None
        self._presence = presence

    @property
    def now_s(self) -> float:
        """The clock that events carry."""
        return self._presence.world.clock.monotonic()

    @property
    def counters(self) -> Counters:
        """The node's counters."""
        return self._presence.world.counters

    @property
    def is_connected(self) -> bool:
        """Whether any tab has a wire."""
        return any(tab.link.wire is not None for tab in self.tabs.values())

    def owes_ack(self, link: PeerLink) -> None:
        """See that a link gets an acknowledgement within a second."""
        self._presence.links.owes_ack(link)

    def attend(self, runner: Runner | None) -> None:
        """Take part in a session, or in none any more."""
        self.runner = runner
        if runner is not None:
            runner.tabs = self.tabs

    def page_changed(self, tab: TabPeer) -> None:
        """Record what the tab shows, if the visitor looks at it."""
        if tab.page.focused or len(self.tabs) == 1:
            self._presence.record(self, {"last_url": tab.page.url, "last_title": tab.page.title})

    def identified(self, identity: Identity) -> None:
        """Record who the visitor is."""
        self._presence.identify(self, identity)

    def lookup_code_wanted(self, tab: TabPeer, renew: bool) -> None:
        """Give the tab a lookup code."""
        code = self._presence.codes.give(*self.key, renew, self._presence.world.clock.now())
        if code is None:
            tab.refuse("not_possible")
        else:
            expires_at = code.expires_at.isoformat().replace("+00:00", "Z")
            for each in self.tabs.values():
                each.link.send(LookupCode(code=code.digits, expires_at=expires_at))

    def tab_dropped(self, tab: TabPeer) -> None:
        """Note that the tab may come back."""
        self._presence.links.away(tab)
        self._presence.departed(self)
        if self.runner is not None:
            self.runner.happen(on.TabDropped(at_s=self.now_s, tab=tab.id))

    def tab_closed(self, tab: TabPeer) -> None:
        """Note that the tab is gone for good."""
        self._presence.links.forget(tab)
        if self.tabs.get(tab.id) is tab:
            del self.tabs[tab.id]
        self._presence.departed(self)
        if self.runner is not None:
            self.runner.happen(on.TabClosed(at_s=self.now_s, tab=tab.id))


@dataclass(slots=True)
class Departure:
    """A visitor without a connected tab, since when."""

    visitor: OnlineVisitor
    since_s: float


class Presence:
    """Who is online.

    A visitor without a connected tab is offline after 10 s, and forgotten when no tab can come back.
    """

    def __init__(self, world: World, links: Links) -> None:
        self.world = world
        self.links = links
        self.codes = LookupCodes(world.chance)
        self._visitors: dict[VisitorKey, OnlineVisitor] = {}
        self._online_count: dict[int, int] = {}
        self._departures: dict[VisitorKey, Departure] = {}
        self._stop_sweep: Callable[[], None] | None = None

    def get(self, key: VisitorKey) -> OnlineVisitor | None:
        """The visitor, if here or gone a moment ago."""
        return self._visitors.get(key)

    def online_count(self, team_id: int) -> int:
        """How many visitors of a team are online."""
        return self._online_count.get(team_id, 0)

    @property
    def total_online(self) -> int:
        """How many visitors are online."""
        return sum(self._online_count.values())

    def all(self) -> list[OnlineVisitor]:
        """Everyone who is known."""
        return list(self._visitors.values())

    def arrive(self, team: Team, short_id: str) -> OnlineVisitor:
        """Return the visitor whose tab connects."""
        key = (team.id, short_id)
        visitor = self._visitors.get(key)
        if visitor is None:
            visitor = self._visitors[key] = OnlineVisitor(key, self)
        self._departures.pop(key, None)
        if not visitor.is_online:
            visitor.is_online = True
            self._online_count[team.id] = self.online_count(team.id) + 1
        return visitor

    def departed(self, visitor: OnlineVisitor) -> None:
        """Look whether a visitor still has a connected tab."""
        if visitor.is_connected or visitor.key in self._departures:
            return
        self._departures[visitor.key] = Departure(visitor, self.world.clock.monotonic())
        if self._stop_sweep is None:
            self._stop_sweep = self.world.clock.call_later(SWEEP_S, self._sweep)

    def record(self, visitor: OnlineVisitor, columns: dict[str, Any]) -> None:
        """Record columns of a visitor."""
        team_id, short_id = visitor.key
        change = VisitorChange(team_id=team_id, short_id=short_id, at=self.world.clock.now(), set=columns)
        self.world.store.record_visitor(change)

    def identify(self, visitor: OnlineVisitor, identity: Identity) -> None:
        """Record who a visitor is; what adds to something known is read first."""
        if not needs_current(identity) and visitor.identity_lock is None:
            self.record(visitor, changed_columns(identity, None))
        else:
            visitor.identity_lock = visitor.identity_lock or asyncio.Lock()
            self.world.errands.run("identify", self._add_identity(visitor, visitor.identity_lock, identity))

    async def _add_identity(self, visitor: OnlineVisitor, lock: asyncio.Lock, identity: Identity) -> None:
        async with lock:
            current = await self.world.store.visitor(*visitor.key)
            self.record(visitor, changed_columns(identity, current))

    def set_offline(self) -> None:
        """Record everyone offline; for the node's end."""
        if self._stop_sweep is not None:
            self._stop_sweep()
        for visitor in self._visitors.values():
            self._go_offline(visitor)

    def _sweep(self) -> None:
        self._stop_sweep = None
        before_s = self.world.clock.monotonic() - OFFLINE_AFTER_S
        for key, departure in list(self._departures.items()):
            if departure.since_s <= before_s:
                self._go_offline(departure.visitor)
                if not departure.visitor.tabs:
                    del self._departures[key], self._visitors[key]
                    self.codes.drop(*key)
        if self._departures:
            self._stop_sweep = self.world.clock.call_later(SWEEP_S, self._sweep)

    def _go_offline(self, visitor: OnlineVisitor) -> None:
        if visitor.is_online:
            visitor.is_online = False
            self._online_count[visitor.key[0]] -= 1
            self.record(visitor, {"is_online": False})
