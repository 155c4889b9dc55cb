"""A team's live lists, kept while a console of the team is open: read from the store, followed by what changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Final

from twinpane_protocol import console as told

from twinpane.access.search import Searched, exact_tokens, search_text
from twinpane.live.console_peer import ConsolePeer
from twinpane.live.console_rows import CHANGES_EVERY_S, Row, Rows
from twinpane.live.counters import Counters
from twinpane.live.devices import device_of
from twinpane.live.identity import visitor_info
from twinpane.live.presence import OnlineVisitor, Presence, VisitorKey
from twinpane.live.runner import Runner, World
from twinpane.ports.records import Visitor

_ANSWER_IN_S: Final = 0.05
_AT_ONCE: Final = 500
"""Visitors read from the store at once."""


class TeamFeed:
    """The lists of one team and the consoles that watch them. One timer for all, only while there is something new."""

    def __init__(
        self, team_id: int, world: World, presence: Presence, runner_of: Callable[[VisitorKey], Runner | None]
    ) -> None:
        """Begin to listen; everybody who is online is read first."""
        self.visitors: Rows[told.VisitorRow] = Rows()
        self.sessions: Rows[told.SessionRow] = Rows()
        self.peers: set[ConsolePeer] = set()
        self._team_id = team_id
        self._world = world
        self._presence = presence
        self._runner_of = runner_of
        self._session_of: dict[str, str] = {}
        self._waiting: set[str] = set()
        self._is_reading = False
        self._due_s: float | None = None
        self._cancel: Callable[[], None] = lambda: None
        self._stop_listening = world.changes.listen(team_id, self._changed)
        self._dirty: dict[str, None] = dict.fromkeys(presence.online_short_ids(team_id))

    @property
    def counters(self) -> Counters:
        """The node's counters."""
        return self._world.counters

    @property
    def now_s(self) -> float:
        """Seconds that never go back."""
        return self._world.clock.monotonic()

    def joined(self, peer: ConsolePeer, with_sessions_of: Iterable[str]) -> None:
        """Take a console in; sessions whose visitor is not online are read as well."""
        self.peers.add(peer)
        self._dirty |= dict.fromkeys(with_sessions_of)
        self.asked()

    def asked(self) -> None:
        """See that a console that asked is answered in a moment."""
        self._wake_in(_ANSWER_IN_S)

    def left(self, peer: ConsolePeer) -> None:
        """Forget a console."""
        self.peers.discard(peer)

    def stop(self) -> None:
        """Listen no longer."""
        self._stop_listening()
        self._cancel()
        self._dirty = {}

    def _changed(self, short_id: str) -> None:
        self._dirty[short_id] = None
        self._wake_in(CHANGES_EVERY_S)

    def _wake_in(self, delay_s: float) -> None:
        due_s = self.now_s + delay_s
        if self._is_reading or (self._due_s is not None and self._due_s <= due_s):
            return
        self._cancel()
        self._due_s = due_s
        self._cancel = self._world.clock.call_later(delay_s, self._wake)

    def _wake(self) -> None:
        self._due_s = None
        self._is_reading = True
        self._world.errands.run("console lists", self._catch_up())

    async def _catch_up(self) -> None:
        """Read what changed, then tell the consoles."""
        must_wait = False
        try:
            while self._dirty:
                changed = list(self._dirty)[:_AT_ONCE]
                for short_id in changed:
                    del self._dirty[short_id]
                await self._read(changed)
                if len(changed) < _AT_ONCE:
                    break
        finally:
            self._is_reading = False
        totals = told.Totals(
            online=self._presence.online_count(self._team_id),
            waiting=len(self._waiting),
            sessions=len(self.sessions.order),
        )
        for peer in list(self.peers):
            if peer.visitors is not None and peer.visitors.is_new:
                peer.visitors.search(self.visitors)
            must_wait |= not peer.tell(totals)
        if self._dirty or must_wait:
            self._wake_in(CHANGES_EVERY_S)

    async def _read(self, changed: list[str]) -> None:
        known = {each.short_id: each for each in await self._world.store.visitors_among(self._team_id, changed)}
        for short_id in changed:
            key = (self._team_id, short_id)
            visitor, here, runner = known.get(short_id), self._presence.get(key), self._runner_of(key)
            is_waiting = here is not None and here.is_online and here.wants_agent
            (self._waiting.add if is_waiting else self._waiting.discard)(short_id)
            if visitor is None or here is None or not here.is_online:
                self.visitors.remove(short_id)
            else:
                self.visitors.put(_visitor_row(visitor, here, runner))
            self._put_session(short_id, visitor, runner)
        for peer in self.peers:
            if peer.visitors is not None and not peer.visitors.is_new:
                peer.visitors.follow(self.visitors, changed)

    def _put_session(self, short_id: str, visitor: Visitor | None, runner: Runner | None) -> None:
        if (before := self._session_of.pop(short_id, None)) is not None:
            self.sessions.remove(before)
        if runner is not None:
            self._session_of[short_id] = runner.record.id
            self.sessions.put(_session_row(visitor, runner))


def _visitor_row(visitor: Visitor, here: OnlineVisitor, runner: Runner | None) -> Row[told.VisitorRow]:
    device = device_of(visitor.user_agent)
    row = told.VisitorRow(
        short_id=visitor.short_id,
        name=visitor_info(visitor, visitor.short_id).name,
        unique_id=visitor.unique_id,
        identities=visitor.identities,
        tags=visitor.tags,
        url=visitor.last_url,
        title=visitor.last_title,
        browser_name=device.browser,
        device_type=device.type,  # type: ignore[arg-type]
        city=visitor.location_city,
        country=visitor.location_country,
        online_since=_iso(here.came_at),
        waits_for_agent=here.wants_agent,
        agent_prompt=visitor.agent_prompt,
        session_id=runner.record.id if runner is not None else None,
        phase=runner.session.phase if runner is not None else None,
        agents=[each.name for each in _agents(runner)],
    )
    searched = Searched(
        text=search_text(visitor.short_id, visitor.unique_id, visitor.identities, visitor.metadata, visitor.last_url),
        tokens=exact_tokens(visitor.identities, visitor.metadata, visitor.tags, visitor.integration_ids),
        unique_id=visitor.unique_id,
        ip=visitor.ip_address,
    )
    place = (0 if here.wants_agent else 1, -here.came_at.timestamp(), visitor.short_id)
    return Row(visitor.short_id, place, row, searched)


def _session_row(visitor: Visitor | None, runner: Runner) -> Row[told.SessionRow]:
    record = runner.record
    row = told.SessionRow(
        id=record.id,
        short_id=record.short_id,
        visitor_name=visitor_info(visitor, record.short_id).name,
        url=visitor.last_url if visitor is not None else None,
        title=visitor.last_title if visitor is not None else None,
        phase=runner.session.phase,
        started_at=_iso(record.started_at),
        went_live_at=_iso(record.went_live_at) if record.went_live_at is not None else None,
        agents=_agents(runner),
    )
    return Row(record.id, (0, -record.started_at.timestamp(), record.id), row)


def _agents(runner: Runner | None) -> list[told.RowAgent]:
    if runner is None:
        return []
    return [told.RowAgent(name=each.name, color=each.color) for each in runner.session.state_for(None).agents]


def _iso(time: datetime) -> str:
    return time.isoformat(timespec="milliseconds").replace("+00:00", "Z")
