"""Read what is typed into a search box (R40), and say by which text a visitor is found."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

_TERM = re.compile(r'[^\s"]*"[^"]*"|\S+')
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_LOOKUP_CODE = re.compile(r"[0-9]{4}")
_SHORT_ID = re.compile(r"[A-HJ-NP-Z2-9]{8}")
_BREAK = "\n"
"""Stands between exact tokens; never inside one."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """What a search looks at in something that is not in the database."""

    text: str
    """As `search_text` makes it."""
    tokens: str
    """As `exact_tokens` makes them."""
    unique_id: str | None = None
    ip: str | None = None


def fits(query: SearchQuery, it: Searched) -> bool:
    """Whether somebody online matches all terms. What looks like a short ID or a lookup code is a word here."""
    words = [*query.words, *(fold(each) for each in (query.short_id, query.lookup_code) if each is not None)]
    return (
        query.online is not False
        and query.unique_id in (None, it.unique_id)
        and query.ip in (None, it.ip)
        and all(token in it.tokens for token in wanted_tokens(query))
        and all(word in it.text for word in words)
    )


def fold(text: str) -> str:
    """Lower case, no accents, single spaces: "Zoë  GREY" is "zoe grey"."""
    if not text.isascii():
        text = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return " ".join(text.casefold().split())


def parse_search(text: str) -> SearchQuery:
    """Read a search. A value with spaces stands in quotes: `id:"a b"`. Of two equal exact terms the last one counts."""
    query = SearchQuery()
    for term in _TERM.findall(text):
        query = _with_term(query, term.replace('"', ""))
    return query


def as_words(query: SearchQuery) -> SearchQuery | None:
    """Read what looked like a short ID as a word instead; None if nothing did."""
    if query.short_id is None:
        return None
    return replace(query, short_id=None, words=(*query.words, fold(query.short_id)))


def search_text(
    short_id: str,
    unique_id: str | None,
    identities: Iterable[str],
    metadata: Mapping[str, str | float | bool],
    last_url: str | None,
) -> str:
    """The folded text in which words are looked for."""
    values = [str(value) for value in metadata.values()]
    return fold(" ".join([*identities, unique_id or "", *values, last_url or "", short_id]))


def exact_tokens(
    identities: Iterable[str],
    metadata: Mapping[str, str | float | bool],
    tags: Iterable[str],
    integration_ids: Iterable[str],
) -> str:
    """The tokens that match whole, each between line breaks; see `token_of`."""
    # A tag may be written with its sign, as in existing pages: `#customer` is `customer`.
    found = [token_of("tag", tag.removeprefix("#")) for tag in tags]
    found += [token_of("integration", name) for name in integration_ids]
    found += [token_of("email", text) for text in (*identities, *map(str, metadata.values())) if is_email(text)]
    return "".join(dict.fromkeys(found))


def wanted_tokens(query: SearchQuery) -> list[str]:
    """The tokens of `exact_tokens` that a match must have."""
    found = [token_of("tag", tag) for tag in query.tags]
    if query.email is not None:
        found.append(token_of("email", query.email))
    if query.integration is not None:
        found.append(token_of("integration", query.integration))
    return found


def token_of(kind: str, value: str) -> str:
    """One exact token, as it stands in `exact_tokens`."""
    return f"{_BREAK}{kind}:{fold(value)}{_BREAK}"


def is_email(text: str) -> bool:
    """Whether a text is an e-mail address and nothing else."""
    return _EMAIL.fullmatch(text) is not None


def _with_term(query: SearchQuery, term: str) -> SearchQuery:
    name, colon, value = term.partition(":")
    if colon and value and name == "id":
        return replace(query, unique_id=value)
    if colon and value and name == "ip":
        return replace(query, ip=value)
    if colon and value and name == "integration_id":
        return replace(query, integration=value)
    if term in ("online", "-online"):
        return replace(query, online=term == "online")
    if term.startswith("#") and len(term) > 1:
        return replace(query, tags=(*query.tags, fold(term[1:])))
    if _LOOKUP_CODE.fullmatch(term):
        return replace(query, lookup_code=term)
    if _SHORT_ID.fullmatch(term):
        return replace(query, short_id=term)
    if is_email(term):
        return replace(query, email=fold(term))
    return replace(query, words=(*query.words, *fold(term).split()))
