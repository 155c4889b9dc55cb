"""What visitors looked at, in SQL and in memory (R12)."""

from __future__ import annotations

from typing import Final

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from twinpane.ports.records import PageView
from twinpane.store.database import Database
from twinpane.store.tables import page_views, visitors
from twinpane.store.writer import Writer

KEPT: Final = 200
"""Views of one visitor; older ones go."""


class PageViews:
    """The part of the SQL store behind visitors' history; see `ports.store.Store`."""

    _database: Database
    _writer: Writer

    async def add_page_views(self, team_id: int, short_id: str, views: list[PageView]) -> None:
        """Keep views of a visitor who is known."""
        if not views:
            return
        known = select(visitors.c.id).where(visitors.c.team_id == team_id, visitors.c.short_id == short_id)
        await self._writer.settle()  # Who came this moment may not be written yet.
        async with self._database.writing() as connection:
            if (await connection.execute(known)).first() is None:
                return
            rows = [
                {
                    "team_id": team_id,
                    "short_id": short_id,
                    "url": view.url,
                    "title": view.title,
                    "viewed_at": view.viewed_at,
                }
                for view in views
            ]
            await connection.execute(insert(page_views), rows)
            await _drop_older(connection, team_id, short_id)

    async def page_views(self, team_id: int, short_id: str, limit: int) -> list[PageView]:
        """What a visitor looked at, newest first."""
        theirs = (page_views.c.team_id == team_id) & (page_views.c.short_id == short_id)
        columns = (page_views.c.url, page_views.c.title, page_views.c.viewed_at)
        found = select(*columns).where(theirs).order_by(page_views.c.id.desc()).limit(limit)
        return [PageView(**row._mapping) for row in await self._database.rows(found)]


async def _drop_older(connection: AsyncConnection, team_id: int, short_id: str) -> None:
    theirs = (page_views.c.team_id == team_id) & (page_views.c.short_id == short_id)
    newest = select(page_views.c.id).where(theirs).order_by(page_views.c.id.desc())
    last = (await connection.execute(newest.offset(KEPT - 1).limit(1))).scalar_one_or_none()
    if last is not None:
        await connection.execute(delete(page_views).where(theirs, page_views.c.id < last))


class MemoryPageViews:
    """The part of the memory store behind visitors' history; see `ports.store.Store`."""

    def __init__(self) -> None:
        """Begin empty."""
        self._views: dict[tuple[int, str], list[PageView]] = {}

    async def page_views(self, team_id: int, short_id: str, limit: int) -> list[PageView]:
        """What a visitor looked at, newest first."""
        return self._views.get((team_id, short_id), [])[: -limit - 1 : -1]
