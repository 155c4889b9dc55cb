"""A team's live lists, kept while a console of the team is open: read from the store, followed by what changes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime
from typing import Final

from twinpane_protocol import console as told

from twinpane.access.search import Searched, exact_tokens, search_text
from twinpane.live.console_peer import ConsolePeer
from twinpane.live.console_rows import CHANGES_EVERY_S, Row, Rows
from twinpane.live.counters import Counters
from twinpane.live.devices import device_of
from twinpane.live.identity import visitor_info
from twinpane.live.visitor_now import NOBODY, SessionNow, VisitorNow
from twinpane.live.world import World
from twinpane.ports.records import Visitor

NowOf = Callable[[int, Iterable[str]], Awaitable[dict[str, VisitorNow]]]
"""What is now of these visitors of a team, at whichever node."""

_ANSWER_IN_S: Final = 0.05
_AT_ONCE: Final = 500
"""Visitors read from the store at once."""


class TeamFeed:
    """The lists of one team and the consoles that watch them. One timer for all, only while there is something new."""

    def __init__(self, team_id: int, world: World, now_of: NowOf) -> None:
        """Begin to listen; whoever made it says whom to read first."""
        self.visitors: Rows[told.VisitorRow] = Rows()
        self.sessions: Rows[told.SessionRow] = Rows()
        self.peers: set[ConsolePeer] = set()
        self._team_id = team_id
        self._world = world
        self._now_of = now_of
        self._session_of: dict[str, str] = {}
        self._waiting: set[str] = set()
        self._is_reading = False
        self._due_s: float | None = None
        self._cancel: Callable[[], None] = lambda: None
        self._stop_listening = world.changes.listen(team_id, self._changed)
        self._dirty: dict[str, None] = {}

    @property
    def counters(self) -> Counters:
        """The node's counters."""
        return self._world.counters

    @property
    def now_s(self) -> float:
        """Seconds that never go back."""
        return self._world.clock.monotonic()

    def joined(self, peer: ConsolePeer) -> None:
        """Take a console in."""
        self.peers.add(peer)
        self.asked()

    def read(self, short_ids: Iterable[str]) -> None:
        """Read these, and again whom the lists show."""
        self._dirty |= dict.fromkeys([*short_ids, *self.visitors.by_id, *self._session_of])
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
            online=len(self.visitors.order),
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
        found = await self._now_of(self._team_id, changed)
        for short_id in changed:
            visitor, now = known.get(short_id), found.get(short_id, NOBODY)
            (self._waiting.add if now.waits_for_agent else self._waiting.discard)(short_id)
            if visitor is None or now.online_since is None:
                self.visitors.remove(short_id)
            else:
                self.visitors.put(_visitor_row(visitor, now, now.online_since))
            self._put_session(short_id, visitor, now.session)
        for peer in self.peers:
            if peer.visitors is not None and not peer.visitors.is_new:
                peer.visitors.follow(self.visitors, changed)

    def _put_session(self, short_id: str, visitor: Visitor | None, session: SessionNow | None) -> None:
        if (before := self._session_of.pop(short_id, None)) is not None:
            self.sessions.remove(before)
        if session is not None:
            self._session_of[short_id] = session.id
            self.sessions.put(_session_row(visitor, short_id, session))


def _visitor_row(visitor: Visitor, now: VisitorNow, since: datetime) -> Row[told.VisitorRow]:
    session = now.session
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
        online_since=_iso(since),
        waits_for_agent=now.waits_for_agent,
        agent_prompt=visitor.agent_prompt,
        session_id=session.id if session is not None else None,
        phase=session.phase if session is not None else None,
        agents=[each.name for each in session.agents] if session is not None else [],
    )
    searched = Searched(
        text=search_text(visitor.short_id, visitor.unique_id, visitor.identities, visitor.metadata, visitor.last_url),
        tokens=exact_tokens(visitor.identities, visitor.metadata, visitor.tags, visitor.integration_ids),
        unique_id=visitor.unique_id,
        ip=visitor.ip_address,
    )
    place = (0 if now.waits_for_agent else 1, -since.timestamp(), visitor.short_id)
    return Row(visitor.short_id, place, row, searched)


def _session_row(visitor: Visitor | None, short_id: str, session: SessionNow) -> Row[told.SessionRow]:
    row = told.SessionRow(
        id=session.id,
        short_id=short_id,
        visitor_name=visitor_info(visitor, short_id).name,
        url=visitor.last_url if visitor is not None else None,
        title=visitor.last_title if visitor is not None else None,
        phase=session.phase,
        started_at=_iso(session.started_at),
        went_live_at=_iso(session.went_live_at) if session.went_live_at is not None else None,
        agents=session.agents,
    )
    return Row(session.id, (0, -session.started_at.timestamp(), session.id), row)


def _iso(time: datetime) -> str:
    return time.isoformat(timespec="milliseconds").replace("+00:00", "Z")
