"""List, show and end sessions (R19)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from twinpane.actions.shapes import session_shape
from twinpane.errors import NotFoundError
from twinpane.live.registry import Live
from twinpane.live.visitor_now import NOBODY
from twinpane.ports.records import SessionRecord, Team
from twinpane.ports.store import SessionFilter, Store


async def list_sessions(
    store: Store, team: Team, wanted: SessionFilter, limit: int, cursor: str | None, now: datetime
) -> dict[str, Any]:
    """R19: sessions as R31 tells them, newest first. Raises InvalidRequestError for a cursor that is not ours."""
    page = await store.search_sessions(team.id, wanted, limit, cursor)
    shapes = [session_shape(record, now) for record in page.sessions]
    return {"sessions": shapes} | ({"next_cursor": page.next_cursor} if page.next_cursor else {})


async def show_session(store: Store, team: Team, session_id: str, now: datetime) -> dict[str, Any]:
    """R19: one session as R31 tells it. Raises NotFoundError."""
    return {"session": session_shape(await found_session(store, team, session_id), now)}


async def end_one_session(store: Store, live: Live, team: Team, session_id: str) -> None:
    """R19: end a session; nothing if it has ended. Raises NotFoundError."""
    record = await found_session(store, team, session_id)
    now = (await live.now(team.id, [record.short_id])).get(record.short_id, NOBODY)
    if now.session is not None and now.session.id == record.id:
        await live.end_session(team.id, record.short_id, "agent_stopped")


async def found_session(store: Store, team: Team, session_id: str) -> SessionRecord:
    """One session of a team. Raises NotFoundError."""
    record = await store.session(team.id, session_id)
    if record is None:
        raise NotFoundError("There is no such session.")
    return record
