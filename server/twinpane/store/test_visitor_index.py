"""The index says what the table says (R40)."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine

from twinpane.access.search import parse_search
from twinpane.ports.records import VisitorChange
from twinpane.store.conftest import begin_older
from twinpane.store.sql import SqlStore
from twinpane.store.visitor_index import is_indexed_alike

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def entries(path: Path, expression: str) -> int:
    connection = sqlite3.connect(path)
    try:
        connection.execute("INSERT INTO visitor_index (visitor_index) VALUES ('integrity-check')")
        [count] = connection.execute(
            "SELECT count(*) FROM visitor_index WHERE visitor_index MATCH ?", (expression,)
        ).fetchone()
        return int(count)
    finally:
        connection.close()


async def test_r40_index_follows_every_change_and_keeps_nothing_of_before(tmp_path: Path) -> None:
    path = tmp_path / "twinpane.db"
    store = SqlStore.in_file(path)
    await store.open()
    await store.add_team("Acme", "abcdef1234")
    for number, columns in enumerate(
        [{"identities": ["Zoë"]}, {"identities": ["Adam"]}, {"is_online": True}, {"last_title": "T"}, {"tags": ["x"]}]
    ):
        at = NOW + timedelta(minutes=number * 15)
        store.record_visitor(VisitorChange(team_id=1, short_id="AAAA2222", at=at, set=columns))
        await store.flush()
        assert entries(path, '"\ue000t1"') == 1
    assert (entries(path, '"zoe"'), entries(path, '"ada"'), entries(path, '"\ue000on"')) == (0, 1, 1)
    await store.close()
    await store.open()
    assert entries(path, '"\ue000on"') == 0
    assert [each.short_id for each in (await store.search_visitors(1, parse_search("ada -online"), 5, None)).visitors]
    await store.close()


async def test_r40_visitors_of_an_older_database_are_indexed_as_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "twinpane.db"
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        begin_older(connection)
    engine.dispose()
    store = SqlStore.in_file(path)
    await store.open()
    for typed in ("zo", "ip:10.1.1.1 -online", "id:u1"):
        [visitor] = (await store.search_visitors(1, parse_search(typed), 5, None)).visitors
        assert visitor.identities == ["Zoë"]
    await store.close()


def test_r40_what_is_not_searched_does_not_touch_the_index() -> None:
    row: dict[str, Any] = {
        "last_seen_at": NOW,
        "search_text": "zoe",
        "exact_tokens": "",
        "ip_address": None,
        "is_online": True,
        "last_title": "A",
    }
    assert is_indexed_alike("sqlite", row, row | {"last_title": "B", "last_seen_at": NOW + timedelta(seconds=1)})
    assert not is_indexed_alike("sqlite", row, row | {"last_seen_at": NOW + timedelta(minutes=18)})
    assert not is_indexed_alike("sqlite", row, row | {"is_online": False})
    assert not is_indexed_alike("sqlite", row, row | {"ip_address": "10.1.1.1"})
    assert is_indexed_alike("postgresql", row, row | {"last_seen_at": NOW + timedelta(minutes=18), "is_online": False})
    assert not is_indexed_alike("postgresql", row, row | {"search_text": "ada"})
