"""A search (R40) as conditions on the table of visitors.

Words are looked for by LIKE in a folded column; a full-text index can take their place here and nowhere else.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, false, select, tuple_

from twinpane.access.cursors import read_cursor
from twinpane.access.search import SearchQuery, wanted_tokens
from twinpane.store.tables import visitors


def matching(team_id: int, query: SearchQuery, limit: int, cursor: str | None) -> Select[Any]:
    """Select visitors that match, newest first. Raises InvalidRequestError for a cursor that is not ours."""
    found = select(visitors).where(visitors.c.team_id == team_id, *_terms(query))
    if cursor is not None:
        last_seen_at, short_id = read_cursor(cursor)
        place = tuple_(visitors.c.last_seen_at, visitors.c.short_id)
        found = found.where(
            place < tuple_(last_seen_at, short_id, types=[visitors.c.last_seen_at.type, visitors.c.short_id.type])
        )
    return found.order_by(visitors.c.last_seen_at.desc(), visitors.c.short_id.desc()).limit(limit)


def _terms(query: SearchQuery) -> list[ColumnElement[bool]]:
    terms: list[ColumnElement[bool]] = []
    if query.lookup_code is not None:
        # Codes live in memory with the visitors who are online; the caller turns them into short IDs.
        terms.append(false())
    if query.short_id is not None:
        terms.append(visitors.c.short_id == query.short_id)
    if query.unique_id is not None:
        terms.append(visitors.c.unique_id == query.unique_id)
    if query.ip is not None:
        terms.append(visitors.c.ip_address == query.ip)
    if query.online is not None:
        # Written as the partial index has it: `is_online = 1`.
        terms.append(visitors.c.is_online if query.online else ~visitors.c.is_online)
    terms += [visitors.c.exact_tokens.contains(token, autoescape=True) for token in wanted_tokens(query)]
    terms += [visitors.c.search_text.contains(word, autoescape=True) for word in query.words]
    return terms
