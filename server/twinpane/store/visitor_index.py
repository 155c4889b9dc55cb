"""Keep the full-text index in step with the table of visitors (R40).

SQLite's tells when visitors were seen last and who is online. PostgreSQL's does not, so that it need not be written
whenever somebody comes or goes; the table decides there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncConnection

from twinpane.store.tables import UtcTime
from twinpane.store.words import CREATE_INDEX, document, place_of, span_of

_TAKE_OUT = text("INSERT INTO visitor_index (visitor_index, rowid, grams) VALUES ('delete', :place, :grams)")
_PUT_IN = text("INSERT INTO visitor_index (rowid, grams) VALUES (:place, :grams)")
_INDEXED = ("search_text", "exact_tokens", "ip_address")
_REMOVE = text("DELETE FROM visitor_index WHERE id = :id")
_ADD = text("INSERT INTO visitor_index (id, grams) VALUES (:id, array_to_tsvector(string_to_array(:grams, ' ')))")
_READ = "SELECT id, team_id, last_seen_at, ip_address, is_online, search_text, exact_tokens FROM visitors ORDER BY id"
_ROWS = 1000

Rows = Sequence[Mapping[str, Any]]


def is_indexed_alike(dialect: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether a change of a row changes nothing for the index."""
    if dialect != "sqlite":
        return all(before[name] == after[name] for name in _INDEXED)
    is_place_alike = span_of(before["last_seen_at"]) == span_of(after["last_seen_at"])
    return is_place_alike and all(before[name] == after[name] for name in (*_INDEXED, "is_online"))


async def take_out(connection: AsyncConnection, rows: Rows) -> None:
    """Take rows of `visitors` out of the index, as they were put in."""
    if rows and connection.dialect.name == "sqlite":
        await connection.execute(_TAKE_OUT, [_entry(row) for row in rows])
    elif rows:
        await connection.execute(_REMOVE, [{"id": row["id"]} for row in rows])


async def put_in(connection: AsyncConnection, rows: Rows) -> None:
    """Put rows of `visitors` into the index; they are not in it."""
    if rows:
        await connection.run_sync(_put_in, rows)


def rebuild(connection: Connection) -> None:
    """Make the index of SQLite anew from all visitors."""
    connection.execute(text("DROP TABLE IF EXISTS visitor_index"))
    connection.execute(text(CREATE_INDEX))
    fill(connection)


def fill(connection: Connection) -> None:
    """Put all visitors into an index that is empty."""
    read = connection.execute(text(_READ).columns(last_seen_at=UtcTime()))
    while rows := read.mappings().fetchmany(_ROWS):
        _put_in(connection, [dict(row) for row in rows])


def _put_in(connection: Connection, rows: Rows) -> None:
    if connection.dialect.name == "sqlite":
        connection.execute(_PUT_IN, [_entry(row) for row in rows])
    else:
        connection.execute(_ADD, [{"id": row["id"], "grams": document({**row, "is_online": False})} for row in rows])


def _entry(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"place": place_of(row["last_seen_at"], row["id"]), "grams": document(row)}
