"""What the full-text index holds of a visitor, and how SQLite and PostgreSQL are asked (R40).

Words are found by any part of them, so the index holds their grams: each run of three characters, and the shorter ones
at a word's end; what begins with them answers for one or two. Everything else stands in it as a mark. The index only
names candidates: the conditions of `search.py` decide, so a gram too many costs time and nothing else.

In SQLite rows are numbered by when visitors were seen last, in spans of 18 minutes: a search for the latest can stop
early.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from twinpane.access.cursors import EPOCH
from twinpane.access.search import SearchQuery, token_of, wanted_tokens

SPAN_BITS: Final = 30
"""Of microseconds: a span of `last_seen_at` is 2^30 of them."""
ID_BITS: Final = 40
ID_MASK: Final = (1 << ID_BITS) - 1
CREATE_INDEX: Final = """
CREATE VIRTUAL TABLE visitor_index USING fts5(
  grams, content='', columnsize=0, detail=none, prefix='1 2',
  tokenize="unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'"
)
"""
_MARK = "\ue000"
"""Begins a mark; a private character, so that parts of words are not taken for one."""
_ONLINE = f"{_MARK}on"
_GRAM = 3
_GRAMS_ASKED = 8
"""Of one word: more would rarely leave fewer candidates."""


class Term(NamedTuple):
    """A gram or mark that a visitor must have, or the beginning of one."""

    text: str
    is_beginning: bool = False

    def for_sqlite(self) -> str:
        """A term of FTS5."""
        quoted = '"' + self.text.replace('"', '""') + '"'
        return f"{quoted}*" if self.is_beginning else quoted

    def for_postgresql(self) -> str:
        """A term of a `tsquery`."""
        quoted = "'" + self.text.replace("\\", "\\\\").replace("'", "''") + "'"
        return f"{quoted}:*" if self.is_beginning else quoted


def span_of(last_seen_at: datetime) -> int:
    """The span of time in which a visitor was seen last."""
    return (last_seen_at - EPOCH) // timedelta(microseconds=1) >> SPAN_BITS


def place_of(last_seen_at: datetime, visitor_id: int) -> int:
    """The number of a visitor's row in the index."""
    return span_of(last_seen_at) << ID_BITS | visitor_id


def document(row: Mapping[str, Any]) -> str:
    """What is indexed of a row of `visitors`, in any order. Taking it out of the index takes the same again."""
    found = {word[at : at + _GRAM] for word in set(row["search_text"].split()) for at in range(len(word))}
    found.add(_team(row["team_id"]))
    found.update(_marked(token) for token in row["exact_tokens"].split("\n") if token)
    if row["ip_address"] is not None:
        found.add(_marked(token_of("ip", row["ip_address"]).strip("\n")))
    if row["is_online"]:
        found.add(_ONLINE)
    return " ".join(found)


def asked(team_id: int, query: SearchQuery) -> list[Term]:
    """The terms that a visitor must have; none if an index of the table itself serves the search better."""
    if query.short_id is not None or query.unique_id is not None:
        return []
    terms = [Term(_marked(token.strip("\n"))) for token in wanted_tokens(query)]
    if query.ip is not None:
        terms.append(Term(_marked(token_of("ip", query.ip).strip("\n"))))
    terms += dict.fromkeys(term for word in query.words for term in _word_terms(word))
    if not terms:
        return []
    terms.append(Term(_team(team_id)))
    return terms


def all_of(terms: list[Term], query: SearchQuery) -> str:
    """An expression of FTS5: who has all of these terms, and is online or not if that is wanted."""
    every = " AND ".join(term.for_sqlite() for term in terms)
    if query.online is None:
        return every
    return f"({every}) {'AND' if query.online else 'NOT'} {Term(_ONLINE).for_sqlite()}"


def tsquery_of(terms: list[Term]) -> str:
    """A `tsquery` of PostgreSQL: who has all of these terms."""
    return " & ".join(term.for_postgresql() for term in terms)


def _word_terms(word: str) -> Iterable[Term]:
    """The grams of a word that narrow the search most: those of its beginning, its end and evenly between."""
    if not word.isprintable():
        return []  # The index may divide it otherwise; the conditions find it without.
    if len(word) < _GRAM:
        return [Term(word, is_beginning=True)]
    grams = [word[at : at + _GRAM] for at in range(len(word) - _GRAM + 1)]
    step = -(-len(grams) // _GRAMS_ASKED)
    return [Term(gram) for gram in [*grams[::step], grams[-1]]]


def _team(team_id: int) -> str:
    return f"{_MARK}t{team_id}"


def _marked(token: str) -> str:
    """A token of `access.search`, hashed: nothing in the index reads as somebody's address or name."""
    return _MARK + hashlib.blake2b(token.encode(errors="surrogatepass"), digest_size=6).hexdigest()
