"""List and show visitors (R11, R12)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from twinpane.access.search import SearchQuery, as_words, parse_search
from twinpane.access.throttle import GuessLock
from twinpane.actions.shapes import Presence, view_shape, visitor_shape
from twinpane.errors import NotFoundError
from twinpane.live.registry import Live
from twinpane.live.visitor_now import NOBODY, VisitorNow
from twinpane.ports.records import Team, Visitor
from twinpane.ports.store import Store, VisitorPage
from twinpane.ports.world import Clock

RECENT_SESSIONS = 5
RECENT_VIEWS = 100


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks, and for which team. `name` tells who is locked out after wrong lookup codes; `address` is ours."""

    team: Team
    name: str
    address: str


async def search_store(store: Store, team_id: int, query: SearchQuery, limit: int, cursor: str | None) -> VisitorPage:
    """Visitors that match; where no short ID is what looks like one, those who have it as a word (R40)."""
    page = await store.search_visitors(team_id, query, limit, cursor)
    words = as_words(query)
    if not page.visitors and cursor is None and words is not None:
        page = await store.search_visitors(team_id, words, limit, cursor)
    return page


class FindVisitors:
    """The visitors of a team, for a reader."""

    def __init__(self, store: Store, live: Live, clock: Clock) -> None:
        """Search the store, with what the live room knows."""
        self._store = store
        self._live = live
        self._clock = clock
        self._guesses = GuessLock()

    async def list(self, reader: Reader, search: str, limit: int, cursor: str | None) -> dict[str, Any]:
        """R11. Raises InvalidRequestError for a bad cursor, RateLimitedError after too many wrong lookup codes (S6)."""
        query = parse_search(search)
        if query.lookup_code is not None:
            query = await self._by_code(reader, query, query.lookup_code)
        return await self._shaped(reader, await search_store(self._store, reader.team.id, query, limit, cursor))

    async def show(self, reader: Reader, short_id: str, with_history: bool = False) -> dict[str, Any]:
        """R12. Raises NotFoundError."""
        visitor = await self._store.visitor(reader.team.id, short_id)
        if visitor is None:
            raise NotFoundError("There is no such visitor.")
        [shape] = (await self._shaped(reader, VisitorPage([visitor], None)))["visitors"]
        if with_history:
            views = await self._store.page_views(reader.team.id, short_id, RECENT_VIEWS)
            shape["pageviews"] = [view_shape(view) for view in views]
        return {"visitor": shape}

    async def _by_code(self, reader: Reader, query: SearchQuery, code: str) -> SearchQuery:
        now_s = self._clock.monotonic()
        self._guesses.check(reader.name, now_s)
        short_id = await self._live.short_id_by_code(reader.team.id, code)
        if short_id is None:
            self._guesses.note_wrong(reader.name, now_s)
            return query
        if query.short_id not in (None, short_id):
            return query
        return replace(query, lookup_code=None, short_id=short_id)

    async def _shaped(self, reader: Reader, page: VisitorPage) -> dict[str, Any]:
        short_ids = [visitor.short_id for visitor in page.visitors]
        recent = await self._store.recent_sessions(reader.team.id, short_ids, RECENT_SESSIONS)
        now = self._clock.now()
        known = await self._live.now(reader.team.id, short_ids)

        def shape(visitor: Visitor) -> dict[str, Any]:
            presence = _presence(known.get(visitor.short_id, NOBODY), now)
            return visitor_shape(visitor, reader.team, presence, recent.get(visitor.short_id, []), reader.address, now)

        shapes = [shape(visitor) for visitor in page.visitors]
        return {"visitors": shapes} | ({"next_cursor": page.next_cursor} if page.next_cursor else {})


def _presence(visitor: VisitorNow, now: datetime) -> Presence:
    return Presence(
        is_online=visitor.online_since is not None,
        is_in_session=visitor.session is not None,
        is_waiting_for_call=visitor.waits_for_agent,
        lookup_code=visitor.code_at(now),
    )
