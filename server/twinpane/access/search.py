"""Read what is typed into a search box (R40)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """All terms must match; every field empty means latest. Words are folded: lower case, no accents."""

    words: tuple[str, ...] = ()
    unique_id: str | None = None
    short_id: str | None = None
    lookup_code: str | None = None
    email: str | None = None
    ip: str | None = None
    online: bool | None = None
    tags: tuple[str, ...] = ()
    integration: str | None = None
    """`name:id` of `integration_id:NAME:ID`."""
