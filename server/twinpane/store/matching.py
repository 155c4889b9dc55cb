"""Whether a visitor matches a search, and which comes first (R11, R40), told from the visitor alone."""

from __future__ import annotations

from datetime import datetime

from twinpane.access.search import SearchQuery, exact_tokens, search_text, wanted_tokens
from twinpane.ports.records import Visitor


def recency(visitor: Visitor) -> tuple[datetime, str]:
    """By what visitors are listed, the greatest first."""
    return visitor.last_seen_at, visitor.short_id


def matches(visitor: Visitor, query: SearchQuery) -> bool:
    """Whether all terms match."""
    exact = (
        (query.unique_id, visitor.unique_id),
        (query.short_id, visitor.short_id),
        (query.ip, visitor.ip_address),
        (query.online, visitor.is_online),
    )
    if query.lookup_code is not None or any(wanted is not None and wanted != had for wanted, had in exact):
        return False
    if wanted := wanted_tokens(query):
        tokens = exact_tokens(visitor.identities, visitor.metadata, visitor.tags, visitor.integration_ids)
        if not all(token in tokens for token in wanted):
            return False
    if not query.words:
        return True
    text = search_text(visitor.short_id, visitor.unique_id, visitor.identities, visitor.metadata, visitor.last_url)
    return all(word in text for word in query.words)
