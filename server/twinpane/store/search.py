"""Search visitors in SQL (R40): the full-text index names the candidates, the table decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Row,
    Select,
    cast,
    column,
    false,
    func,
    select,
    table,
    tuple_,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from twinpane.access.search import SearchQuery, wanted_tokens
from twinpane.store.tables import visitors
from twinpane.store.words import ID_BITS, ID_MASK, Term, all_of, asked, span_of, tsquery_of

_index = table("visitor_index", column("rowid", BigInteger), column("visitor_index"))
_vectors = table("visitor_index", column("id", BigInteger), column("grams"))
_BY_TIME = (visitors.c.last_seen_at.desc(), visitors.c.short_id.desc())
_COUNT: Final = "(SELECT count(*) FROM (SELECT 1 FROM visitor_index WHERE visitor_index MATCH ? LIMIT ?))"


@dataclass(frozen=True, slots=True)
class Bounds:
    """How many visitors are looked at for knowing how to search; whatever they are, the same is found."""

    few: int = 500
    some: int = 8000
    """What fewer visitors have is rare. To count so many in the index takes 0.1 and 1 ms."""
    newest: int = 1000
    """Looked through before the index is asked for what many have: 3 ms."""


@dataclass(frozen=True, slots=True)
class Search:
    """Visitors of a team that match, newest first: at most `limit`, those after a place if one is given."""

    team_id: int
    query: SearchQuery
    limit: int
    after: tuple[datetime, str] | None = None
    bounds: Bounds = Bounds()

    def rows(self, connection: Connection) -> list[Row[Any]]:
        """The rows of `visitors`."""
        dialect = connection.dialect.name
        terms = asked(self.team_id, self.query)
        if not terms:
            return list(connection.execute(self.listed(dialect)).all())
        if dialect != "sqlite":
            return self._among_newest(connection) or list(connection.execute(self.by_vector(terms)).all())
        if rare := _rare(connection, terms, self.bounds.few):
            return self._by_index(connection, all_of(rare, self.query))
        if found := self._among_newest(connection):
            return found
        return self._by_index(connection, all_of(_rare(connection, terms, self.bounds.some) or terms, self.query))

    def listed(self, dialect: str) -> Select[Any]:
        """Walk an index of the table."""
        found = select(visitors).where(*self._place(), *_terms(dialect, self.query))
        return found.order_by(*_BY_TIME).limit(self.limit)

    def among_newest(self, dialect: str) -> Select[Any]:
        """Those of the newest visitors that match."""
        place = [*self._place(), visitors.c.is_online] if self.query.online else self._place()
        newest = select(visitors.c.id).where(*place).order_by(*_BY_TIME).limit(self.bounds.newest).subquery()
        found = select(visitors).join(newest, newest.c.id == visitors.c.id).where(*_terms(dialect, self.query))
        return found.order_by(*_BY_TIME).limit(self.limit)

    def by_vector(self, terms: list[Term]) -> Select[Any]:
        """Those that match, by PostgreSQL's index; asked for by itself, for the planner takes it for cheap."""
        wanted = _vectors.c.grams.op("@@")(cast(tsquery_of(terms), TSQUERY))
        hits = select(_vectors.c.id).where(wanted).cte("hits").prefix_with("MATERIALIZED")
        found = select(visitors).join(hits, hits.c.id == visitors.c.id)
        found = found.where(*self._place(), *_terms("postgresql", self.query))
        return found.order_by(*_BY_TIME).limit(self.limit)

    def candidates(self, expression: str) -> Select[Any]:
        """Those that match, by the index: spans of time from the newest on, in no order within a span."""
        place = _index.c.rowid
        wanted = [_index.c.visitor_index.op("MATCH")(expression), visitors.c.id == place.op("&")(ID_MASK)]
        if self.after is not None:
            wanted.append(place < span_of(self.after[0]) + 1 << ID_BITS)
        columns = (place.op(">>")(ID_BITS).label("span"), visitors.c.id, visitors.c.last_seen_at, visitors.c.short_id)
        hits = select(*columns).where(*wanted, *self._place(), *_terms("sqlite", self.query))
        return hits.order_by(place.desc())

    def _among_newest(self, connection: Connection) -> list[Row[Any]] | None:
        """A full page from among the newest visitors; None if they do not fill it."""
        found = connection.execute(self.among_newest(connection.dialect.name)).all()
        return list(found) if len(found) == self.limit else None

    def _by_index(self, connection: Connection, expression: str) -> list[Row[Any]]:
        """Walk the index down to the end of the span that fills the page; SQLite finds one as we ask for it."""
        found: list[Row[Any]] = []
        with connection.execute(self.candidates(expression)) as hits:
            for hit in hits:
                if len(found) >= self.limit and hit.span < found[self.limit - 1].span:
                    break
                found.append(hit)
        found.sort(key=lambda hit: (hit.last_seen_at, hit.short_id), reverse=True)
        ids = [hit.id for hit in found[: self.limit]]
        return list(connection.execute(select(visitors).where(visitors.c.id.in_(ids)).order_by(*_BY_TIME)).all())

    def _place(self) -> list[ColumnElement[bool]]:
        conditions = [visitors.c.team_id == self.team_id]
        if self.after is not None:
            place = tuple_(visitors.c.last_seen_at, visitors.c.short_id)
            conditions.append(place < tuple_(*self.after, types=[each.type for each in place.clauses]))
        return conditions


def _rare(connection: Connection, terms: list[Term], most: int) -> list[Term]:
    """The terms that fewer visitors have: to ask for them is enough, and to read what many have takes longest."""
    statement = "SELECT " + ", ".join([_COUNT] * len(terms))
    given = [value for term in terms for value in (term.for_sqlite(), most)]
    counted = connection.exec_driver_sql(statement, tuple(given)).one()
    return [term for term, count in zip(terms, counted, strict=True) if count < most]


def _terms(dialect: str, query: SearchQuery) -> list[ColumnElement[bool]]:
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
    # Not LIKE, which ends at a NUL, folds case again and takes longer.
    place_in = func.instr if dialect == "sqlite" else func.strpos
    terms += [place_in(visitors.c.exact_tokens, token) > 0 for token in wanted_tokens(query)]
    terms += [place_in(visitors.c.search_text, word) > 0 for word in query.words]
    return terms
