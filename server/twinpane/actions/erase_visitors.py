"""Erase visitors and everything stored about them (R13, R14)."""

from __future__ import annotations

from twinpane.access.search import SearchQuery
from twinpane.errors import NotFoundError
from twinpane.live.registry import Live
from twinpane.ports.records import Team
from twinpane.ports.store import Store

_AT_ONCE = 200


async def erase_visitor(store: Store, live: Live, team: Team, short_id: str) -> None:
    """R13: end the visitor's session and erase them; no byte is left when this returns. Raises NotFoundError."""
    if await store.visitor(team.id, short_id) is None:
        raise NotFoundError("There is no such visitor.")
    await live.forget_visitor(team.id, short_id)
    await store.erase_visitors(team.id, [short_id])
    await store.scrub()


async def erase_offline_visitors(store: Store, live: Live, team: Team) -> None:
    """R14: erase all visitors who are neither online nor in a session."""
    cursor: str | None = None
    while True:
        page = await store.search_visitors(team.id, SearchQuery(), _AT_ONCE, cursor)
        now = await live.now(team.id, [visitor.short_id for visitor in page.visitors])
        busy = {short_id for short_id, each in now.items() if each.online_since is not None or each.session is not None}
        gone = [visitor.short_id for visitor in page.visitors if visitor.short_id not in busy]
        if gone:
            await store.erase_visitors(team.id, gone)
            await live.forget_assets(team.id, gone)
        cursor = page.next_cursor
        if cursor is None:
            break
    await store.scrub()
