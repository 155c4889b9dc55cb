"""A disk that is full: what was told is kept and written when there is room again; nothing else is harmed."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from twinpane.errors import UnavailableError
from twinpane.store.conftest import note
from twinpane.store.sql import SqlStore

PEOPLE = 300


async def let_grow_to(store: SqlStore, pages: int) -> None:
    """SQLite's own bound: beyond it each write fails as on a full disk (SQLITE_FULL)."""
    async with store._database.writing() as connection:
        await connection.execute(text(f"PRAGMA max_page_count = {pages}"))


async def test_visitors_told_while_the_disk_is_full_are_written_when_there_is_room(tmp_path: Path) -> None:
    store = SqlStore.in_file(tmp_path / "twinpane.db")
    await store.open()
    team = await store.add_team("Acme", "abcdef1234")
    await let_grow_to(store, 1)  # never below what there is
    for number in range(PEOPLE):
        note(store, team, f"VIS{number:05}", metadata={"filling": "x" * 1000})
    with pytest.raises(UnavailableError):
        await store.flush()
    assert await store.team(team.id) == team
    await let_grow_to(store, 1_000_000)
    await store.flush()
    await store.close()
    store = SqlStore.in_file(tmp_path / "twinpane.db")
    await store.open()
    assert len(await store.visitors_among(team.id, [f"VIS{number:05}" for number in range(PEOPLE)])) == PEOPLE
    await store.close()
