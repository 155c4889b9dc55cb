"""Look-ups that must be fast use an index (R40)."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Select, create_engine, text
from sqlalchemy.dialects import sqlite

from twinpane.access.search import parse_search
from twinpane.ports.records import VisitorChange
from twinpane.store.database import Database
from twinpane.store.search import Bounds, Search
from twinpane.store.sql import SqlStore
from twinpane.store.words import all_of, asked

AFTER = (datetime(2026, 11, 22, tzinfo=UTC), "AAAA2222")


async def plan_of(tmp_path: Path, statement: Select[Any]) -> str:
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'twinpane.db'}")
    await database.open()
    compiled = statement.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})
    explain = f"EXPLAIN QUERY PLAN {compiled}".replace(":", "\\:")
    plan = " ".join(row.detail for row in await database.rows(text(explain)))
    await database.close()
    return plan


def search(typed: str, after: tuple[datetime, str] | None = None) -> Search:
    return Search(1, parse_search(typed), 51, after)


@pytest.mark.parametrize(
    ("typed", "index"),
    [
        ("", "visitors_latest"),
        ("id:u1", "visitors_unique_id"),
        ("AAAA2222", "sqlite_autoindex_visitors_1"),
        ("online", "visitors_online"),
        ("-online", "visitors_latest"),
        ("id:u1 zoe", "visitors_unique_id"),
    ],
)
async def test_r40_search_walks_an_index_and_sorts_nothing(tmp_path: Path, typed: str, index: str) -> None:
    plan = await plan_of(tmp_path, search(typed).listed("sqlite"))
    assert f"INDEX {index}" in plan
    assert "TEMP B-TREE" not in plan


@pytest.mark.parametrize("typed", ["zoe", "zo", "z online", "#vip", "ip:1.1.1.1", "zoe@acme.example -online"])
@pytest.mark.parametrize("after", [None, AFTER])
async def test_r40_words_and_tags_walk_the_full_text_index_and_sort_nothing(
    tmp_path: Path, typed: str, after: tuple[datetime, str] | None
) -> None:
    wanted = search(typed, after)
    plan = await plan_of(tmp_path, wanted.candidates(all_of(asked(1, wanted.query), wanted.query)))
    assert plan.startswith("SCAN visitor_index")
    assert "SEARCH visitors USING INTEGER PRIMARY KEY" in plan
    assert "TEMP B-TREE" not in plan


@pytest.mark.parametrize(("typed", "index"), [("zoe", "visitors_latest"), ("zoe online", "visitors_online")])
@pytest.mark.parametrize("after", [None, AFTER])
async def test_r40_what_many_have_is_looked_for_among_the_newest(
    tmp_path: Path, typed: str, index: str, after: tuple[datetime, str] | None
) -> None:
    plan = await plan_of(tmp_path, search(typed, after).among_newest("sqlite"))
    assert f"INDEX {index}" in plan


@pytest.mark.parametrize("bounds", [Bounds(0, 0, 1), Bounds(2, 8, 5), Bounds(8, 20, 100), Bounds()])
async def test_r40_the_same_is_found_on_every_way(tmp_path: Path, bounds: Bounds) -> None:
    chance = random.Random(7)
    store = SqlStore.in_file(tmp_path / "twinpane.db")
    await store.open()
    await store.add_team("Acme", "abcdef1234")
    for number in range(120):
        columns = {
            "identities": [" ".join(chance.sample(["zoe", "grey", "ada", "brown", "li"], 2))],
            "tags": chance.sample(["vip", "trial", "old"], 1),
            "is_online": chance.random() < 0.3,
        }
        at = AFTER[0] + timedelta(minutes=chance.randrange(60), seconds=chance.randrange(3))
        store.record_visitor(VisitorChange(team_id=1, short_id=f"AAAA{number:04}", at=at, set=columns))
    await store.close()
    engine = create_engine(f"sqlite:///{tmp_path / 'twinpane.db'}")
    place = (AFTER[0] + timedelta(minutes=30), "AAAA0050")
    for typed in ("zoe", "grey ada", "li", "l", "zoe online", "brown -online", "#vip", "#vip grey online", "nobody"):
        for limit, after in ((5, None), (200, None), (7, place)):
            wanted = Search(1, parse_search(typed), limit, after, bounds)
            with engine.connect() as connection:
                assert wanted.rows(connection) == connection.execute(wanted.listed("sqlite")).all(), typed
    engine.dispose()
