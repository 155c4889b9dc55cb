"""Notes are written in batches, and none is lost when the database fails."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from twinpane.errors import UnavailableError
from twinpane.ports.records import VisitorChange
from twinpane.store.sql import SqlStore

NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "twinpane.db"


@pytest_asyncio.fixture
async def store(path: Path) -> AsyncIterator[SqlStore]:
    made = SqlStore.in_file(path)
    await made.open()
    await made.add_team("Acme", "abcdef1234")
    yield made
    await made.close()


def note(store: SqlStore, short_id: str, at: datetime = NOW, **columns: Any) -> None:
    store.record_visitor(VisitorChange(team_id=1, short_id=short_id, at=at, set=columns))


def rows(path: Path, statement: str = "SELECT count(*) FROM visitors") -> Any:
    connection = sqlite3.connect(path)
    try:
        return connection.execute(statement).fetchall()
    finally:
        connection.close()


async def until_written(path: Path, count: int) -> None:
    async with asyncio.timeout(10):
        while (await asyncio.to_thread(rows, path))[0][0] < count:
            pass


async def test_notes_reach_the_file_by_themselves(store: SqlStore, path: Path) -> None:
    note(store, "AAAA2222")
    assert rows(path) == [(0,)]
    await until_written(path, 1)
    note(store, "AAAA3333")
    await until_written(path, 2)


async def test_a_thousand_notes_are_written_at_once_and_merged(store: SqlStore, path: Path) -> None:
    for number in range(3000):
        note(store, f"A{number % 1000:07}", NOW + timedelta(seconds=number), last_title=str(number))
    await store.flush()
    assert rows(path) == [(1000,)]
    visitor = await store.visitor(1, "A0000007")
    assert visitor is not None
    assert visitor.first_seen_at == NOW + timedelta(seconds=7)
    assert visitor.last_seen_at == NOW + timedelta(seconds=2007)
    assert visitor.last_title == "2007"


async def test_closing_writes_what_waits(path: Path) -> None:
    store = SqlStore.in_file(path)
    await store.open()
    await store.add_team("Acme", "abcdef1234")
    note(store, "AAAA2222")
    await store.close()
    assert rows(path) == [(1,)]


async def test_notes_wait_while_the_database_is_locked_and_are_written_after(path: Path) -> None:
    store = SqlStore.in_file(path)
    await store.open()
    await store.add_team("Acme", "abcdef1234")
    rows(path, "ALTER TABLE visitors RENAME TO hidden")
    note(store, "AAAA2222", call_name="first")
    with pytest.raises(UnavailableError):
        await store.flush()
    note(store, "AAAA2222", NOW + timedelta(seconds=1), last_title="second")
    rows(path, "ALTER TABLE hidden RENAME TO visitors")
    visitor = await store.visitor(1, "AAAA2222")
    assert visitor is not None
    assert (visitor.first_seen_at, visitor.call_name, visitor.last_title) == (NOW, "first", "second")
    await store.close()


async def test_a_note_that_cannot_be_written_does_not_keep_the_others(
    store: SqlStore, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    note(store, "AAAA2222", call_name="fine")
    note(store, "AAAA3333", call_name="\ud800 very-private")
    note(store, "AAAA4444", call_name="fine")
    await store.flush()
    assert await store.visitor(1, "AAAA2222") is not None
    assert await store.visitor(1, "AAAA3333") is None
    assert await store.visitor(1, "AAAA4444") is not None
    assert "AAAA3333" in caplog.text + "".join(capsys.readouterr())
