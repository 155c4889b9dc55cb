"""Put right what the last run left: nobody is online before somebody connects."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from twinpane.store.tables import visitors
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
