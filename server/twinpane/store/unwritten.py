"""Read what the table has and lay over it what is told and not written yet, so that no reader waits for a writer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection, select

from twinpane.ports.records import Visitor, VisitorChange
from twinpane.store.changes import apply_change
from twinpane.store.matching import matches, recency
from twinpane.store.rows import visitor_of
from twinpane.store.search import Search
from twinpane.store.tables import visitors

Told = Mapping[str, Sequence[VisitorChange]]
"""Changes of visitors of one team by short ID, oldest first. Some may be written meanwhile: twice does no harm."""


def visitors_as_told(connection: Connection, team_id: int, told: Told) -> list[Visitor]:
    """The visitors whose changes these are, as they will be."""
    theirs = (visitors.c.team_id == team_id) & visitors.c.short_id.in_(list(told))
    known = {row.short_id: visitor_of(row) for row in connection.execute(select(visitors).where(theirs))}
    return [visitor for short_id, changes in told.items() if (visitor := _changed(known.get(short_id), changes))]


def search_over(connection: Connection, search: Search, told: Told) -> list[Visitor]:
    """What `search.rows` finds once these changes are written."""
    found = [visitor for visitor in visitors_as_told(connection, search.team_id, told) if _is_found(visitor, search)]
    written, part = 0, search
    while written < search.limit:
        rows = part.rows(connection)
        others = [visitor_of(row) for row in rows if row.short_id not in told]
        found += others
        written += len(others)
        if len(rows) < part.limit:
            break
        part = replace(part, after=(rows[-1].last_seen_at, rows[-1].short_id), limit=part.limit * 2)
    return sorted(found, key=recency, reverse=True)[: search.limit]


def _changed(visitor: Visitor | None, changes: Sequence[VisitorChange]) -> Visitor | None:
    for change in changes:
        visitor = apply_change(visitor, change)
    return visitor


def _is_found(visitor: Visitor, search: Search) -> bool:
    return (search.after is None or recency(visitor) < search.after) and matches(visitor, search.query)
