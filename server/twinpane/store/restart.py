"""Put right what a crash left: nobody is online before somebody connects."""

from __future__ import annotations

from sqlalchemy import case, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from twinpane.store.tables import sessions, visitors
from twinpane.store.visitor_index import put_in, take_out

_ROWS = 1000


async def set_everyone_offline(connection: AsyncConnection) -> None:
    """Set visitors offline, in the table and in its index."""
    if connection.dialect.name != "sqlite":  # Its index does not tell who is online.
        everyone = update(visitors).where(visitors.c.is_online)
        await connection.execute(everyone.values(is_online=False, is_in_session=False))
        return
    online = select(visitors).where(visitors.c.is_online).limit(_ROWS)
    while rows := [dict(row._mapping) for row in await connection.execute(online)]:
        ids = [row["id"] for row in rows]
        await take_out(connection, rows)
        await connection.execute(
            update(visitors).where(visitors.c.id.in_(ids)).values(is_online=False, is_in_session=False)
        )
        await put_in(connection, [{**row, "is_online": False} for row in rows])


async def end_open_sessions(connection: AsyncConnection) -> None:
    """End sessions when their visitor was last seen, for the reason `error`."""
    seen_at = (
        select(visitors.c.last_seen_at)
        .where(visitors.c.team_id == sessions.c.team_id, visitors.c.short_id == sessions.c.short_id)
        .scalar_subquery()
    )
    last = func.coalesce(seen_at, sessions.c.started_at)
    ended_at = case((last > sessions.c.started_at, last), else_=sessions.c.started_at)
    ending = update(sessions).where(sessions.c.ended_at.is_(None)).values(ended_at=ended_at, end_reason="error")
    await connection.execute(ending)
