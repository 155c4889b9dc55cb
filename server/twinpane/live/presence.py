"""The visitors who are online at this node, and what is recorded of them (R30)."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from twinpane_protocol.visitor import (
    AgentRequestChanged,
    AgentRequestStatus,
    Identity,
    LookupCode,
    PublicLink,
    PublicLinkWanted,
)
from twinpane_protocol.visitor import PageView as ViewTold

from twinpane.errors import UnavailableError
from twinpane.live.counters import Counters
from twinpane.live.identity import changed_columns, changes_how_agents_see_them, needs_current
from twinpane.live.link import PeerLink
from twinpane.live.links import Links
from twinpane.live.lookup_codes import TRIES, Code, LookupCodes
from twinpane.live.public_links import Invitation
from twinpane.live.refusals import refusal
from twinpane.live.runner import Runner
from twinpane.live.tab_peer import TabPeer
from twinpane.live.world import World
from twinpane.ports.kept import LookupCodeRecord
from twinpane.ports.nodes import Among
from twinpane.ports.outbox import News, NewsType
from twinpane.ports.records import PageView, Team, VisitorChange
from twinpane.session import events as on

VisitorKey = tuple[int, str]

OFFLINE_AFTER_S: Final = 10.0
"""A reload or a short drop is no absence."""
SWEEP_S: Final = 1.0
MAX_UNSAVED_VIEWS: Final = 100
_LONGEST_AGO_S: Final = 86_400.0

PublicLinkTold = tuple[str, datetime]
"""A link's address, and until when it holds."""


def wire_time(time: datetime) -> str:
    """ISO 8601 UTC."""
    return time.isoformat().replace("+00:00", "Z")


class OnlineVisitor:
    """One visitor with their tabs. While a session runs, `runner` is it."""

    __slots__ = (
        "_presence",
        "came_at",
        "identity_lock",
        "is_online",
        "key",
        "runner",
        "tabs",
        "unsaved_views",
        "wants_agent",
    )

    def __init__(self, key: VisitorKey, presence: Presence) -> None:
        self.key = key
        self.tabs: dict[str, TabPeer] = {}
        self.runner: Runner | None = None
        self.is_online = False
        self.came_at = presence.world.clock.now()
        """Since when they are online."""
        self.identity_lock: asyncio.Lock | None = None
        self.wants_agent = False
        self.unsaved_views: deque[PageView] | None = None
        """While earlier ones are being written."""
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
    def lookup_code(self) -> Code | None:
        """The code that they have, if it still holds (S6)."""
        return self._presence.codes.of(*self.key, self._presence.world.clock.now())

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
        self._presence.give_code(self, tab, renew)

    def code_given(self, tab: TabPeer, code: Code | None) -> None:
        """Tell all tabs the code, or the one that asked that there is none."""
        if code is None:
            tab.refuse("no_lookup_code")
            return
        self._presence.world.changes.note(*self.key)
        for each in self.tabs.values():
            each.link.send(LookupCode(code=code.digits, expires_at=wire_time(code.expires_at)))

    def agent_wanted(self, is_wanted: bool) -> None:
        """Tell all tabs, if it is news."""
        self._agent_request("requested" if is_wanted else "cancelled")

    def agent_came(self) -> None:
        """Note that an agent started a session: whoever waited for one waits no more."""
        if self.wants_agent:
            self._agent_request("accepted")

    def _agent_request(self, status: AgentRequestStatus) -> None:
        wants_agent = status == "requested"
        if wants_agent != self.wants_agent:
            self.wants_agent = wants_agent
            self._presence.world.changes.note(*self.key)
            for tab in self.tabs.values():
                tab.link.send(AgentRequestChanged(status=status))

    def public_link_wanted(self, tab: TabPeer, message: PublicLinkWanted) -> None:
        """Give the tab a link that holds for an hour; nothing is stored of it."""
        invitation = Invitation(*self.key, message.agent_id, message.agent_name)
        url, expires_at = self._presence.invite(invitation)
        tab.link.send(PublicLink(id=message.id, url=url, expires_at=wire_time(expires_at)))

    def history_saved(self, views: list[ViewTold]) -> None:
        """Keep what the visitor looked at; of many in a moment only the newest."""
        self._presence.keep_views(self, views)

    def tab_dropped(self, tab: TabPeer) -> None:
        """Note that the tab may come back."""
        self._presence.links.away(tab)
        self._presence.departed(self)
        if self.runner is not None:
            self.runner.happen(on.TabDropped(at_s=self.now_s, tab=tab.id))

    def tab_closed(self, tab: TabPeer) -> None:
        """Note that the tab is gone for good."""
        self._presence.links.left(tab)
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

    def __init__(self, world: World, links: Links, invite: Callable[[Invitation], PublicLinkTold]) -> None:
        """Take the ports, the links of all peers, and how public links are made."""
        self.world = world
        self.invite = invite
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

    def online_short_ids(self, team_id: int) -> list[str]:
        """The visitors of a team who are online."""
        return [key[1] for key, visitor in self._visitors.items() if key[0] == team_id and visitor.is_online]

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
            visitor.is_online, visitor.came_at = True, self.world.clock.now()
            self._online_count[team.id] = self.online_count(team.id) + 1
            self._announce(key, "visitor.online")
        return visitor

    def departed(self, visitor: OnlineVisitor) -> None:
        """Look whether a visitor still has a connected tab."""
        is_known = self._visitors.get(visitor.key) is visitor
        if not is_known or visitor.is_connected or visitor.key in self._departures:
            return
        self._departures[visitor.key] = Departure(visitor, self.world.clock.monotonic())
        if self._stop_sweep is None:
            self._stop_sweep = self.world.clock.call_later(SWEEP_S, self._sweep)

    def forget(self, key: VisitorKey) -> None:
        """Forget an erased visitor. The tabs are told to come again, as somebody of whom nothing is known."""
        self._departures.pop(key, None)
        self.codes.drop(*key)
        self.world.changes.note(*key)
        visitor = self._visitors.pop(key, None)
        if visitor is None:
            return
        if visitor.is_online:
            visitor.is_online = False
            self._online_count[key[0]] -= 1
        for tab in list(visitor.tabs.values()):
            self.links.forget(tab)
            tab.link.say(refusal("server_restarting"))
            tab.link.close(1012, "erased")

    def record(self, visitor: OnlineVisitor, columns: dict[str, Any]) -> None:
        """Record columns of a visitor."""
        team_id, short_id = visitor.key
        change = VisitorChange(team_id=team_id, short_id=short_id, at=self.world.clock.now(), set=columns)
        self.world.store.record_visitor(change)
        self.world.changes.note(team_id, short_id)

    def identify(self, visitor: OnlineVisitor, identity: Identity) -> None:
        """Record who a visitor is, and tell their agents; what adds to something known is read first."""
        is_told = visitor.runner is not None and changes_how_agents_see_them(identity)
        if not needs_current(identity) and visitor.identity_lock is None and not is_told:
            self.record(visitor, changed_columns(identity, None))
        else:
            visitor.identity_lock = visitor.identity_lock or asyncio.Lock()
            self.world.errands.run("identify", self._add_identity(visitor, visitor.identity_lock, identity))

    async def _add_identity(self, visitor: OnlineVisitor, lock: asyncio.Lock, identity: Identity) -> None:
        async with lock:
            current = await self.world.store.visitor(*visitor.key)
            columns = changed_columns(identity, current)
            self.record(visitor, columns)
            if visitor.runner is not None and current is not None:
                visitor.runner.tell_visitor(replace(current, **columns))

    def give_code(self, visitor: OnlineVisitor, tab: TabPeer, renew: bool) -> None:
        """Give a visitor a lookup code that holds through a restart (K5)."""
        if self.world.among is not None:
            self.world.errands.run("give lookup code", self._give_unique(self.world.among, visitor, tab, renew))
            return
        code = self.codes.give(*visitor.key, renew, self.world.clock.now())
        if code is not None:
            self.world.errands.run("keep lookup code", self._keep_code(visitor.key, code))
        visitor.code_given(tab, code)

    async def _give_unique(self, among: Among, visitor: OnlineVisitor, tab: TabPeer, renew: bool) -> None:
        """Among many nodes: draw until no visitor of another node has the same, and only then tell it (N5)."""
        key = visitor.key
        for _ in range(TRIES):
            code = self.codes.give(*key, renew, self.world.clock.now())
            if code is None:
                break
            try:
                await self._keep_code(key, code)
                if await among.store.visitor_by_code(key[0], code.digits, self.world.clock.now()) == key[1]:
                    visitor.code_given(tab, code)
                    return
            except UnavailableError:
                break
            renew = True
        self.codes.drop(*key)
        visitor.code_given(tab, None)

    async def _keep_code(self, key: VisitorKey, code: Code) -> None:
        team_id, short_id = key
        kept = LookupCodeRecord(team_id=team_id, short_id=short_id, digits=code.digits, expires_at=code.expires_at)
        await self.world.store.keep_lookup_code(kept)

    def keep_views(self, visitor: OnlineVisitor, views: list[ViewTold]) -> None:
        """Write what a visitor looked at; one write at a time, with all that came meanwhile."""
        now = self.world.clock.now()
        seen = (PageView(url=each.url, title=each.title, viewed_at=_ago(now, each.ago_s)) for each in views)
        if visitor.unsaved_views is not None:
            visitor.unsaved_views.extend(seen)
        else:
            visitor.unsaved_views = deque(seen, MAX_UNSAVED_VIEWS)
            self.world.errands.run("keep history", self._write_views(visitor))

    async def _write_views(self, visitor: OnlineVisitor) -> None:
        try:
            while visitor.unsaved_views and self._visitors.get(visitor.key) is visitor:
                views, visitor.unsaved_views = list(visitor.unsaved_views), deque(maxlen=MAX_UNSAVED_VIEWS)
                await self.world.store.add_page_views(*visitor.key, views)
        finally:
            visitor.unsaved_views = None

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
                    self.world.changes.note(*key)
        if self._departures:
            self._stop_sweep = self.world.clock.call_later(SWEEP_S, self._sweep)

    def _go_offline(self, visitor: OnlineVisitor) -> None:
        if visitor.is_online:
            visitor.is_online = False
            visitor.wants_agent = False
            self._online_count[visitor.key[0]] -= 1
            self.record(visitor, {"is_online": False})
            self._announce(visitor.key, "visitor.offline")

    def _announce(self, key: VisitorKey, type_: NewsType) -> None:
        team_id, short_id = key
        self.world.tell(News(team_id=team_id, type=type_, short_id=short_id, at=self.world.clock.now()))


def _ago(now: datetime, seconds: float) -> datetime:
    return now - timedelta(seconds=min(seconds, _LONGEST_AGO_S))
