"""Look-ups that must be fast use an index (R40)."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.dialects import sqlite

from twinpane.access.search import parse_search
from twinpane.store.database import Database
from twinpane.store.search import matching


@pytest.mark.parametrize(
    ("typed", "index"),
    [
        ("", "visitors_latest"),
        ("zoe", "visitors_latest"),
        ("id:u1", "visitors_unique_id"),
        ("AAAA2222", "sqlite_autoindex_visitors_1"),
        ("online", "visitors_online"),
        ("online zoe", "visitors_online"),
    ],
)
async def test_r40_search_walks_an_index_and_sorts_nothing(tmp_path: Path, typed: str, index: str) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'twinpane.db'}")
    await database.open()
    statement = matching(1, parse_search(typed), 51, None)
    compiled = statement.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})
    async with database.reading() as connection:
        plan = " ".join(row.detail for row in await connection.execute(text(f"EXPLAIN QUERY PLAN {compiled}")))
    await database.close()
    assert f"INDEX {index}" in plan
    assert "TEMP B-TREE" not in plan
