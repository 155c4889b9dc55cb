"""One SQLite file: it waits, it fails with a code, it is not blocked by a second process."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import text

import twinpane.store.database as database_module
from twinpane.errors import UnavailableError
from twinpane.store.database import Database


def head() -> str | None:
    config = Config()
    config.set_main_option("script_location", str(Path(database_module.__file__).parent / "migrations"))
    return ScriptDirectory.from_config(config).get_current_head()


async def opened(path: Path) -> Database:
    database = Database(f"sqlite+aiosqlite:///{path}")
    await database.open()
    return database


async def test_file_is_in_wal_mode_so_that_readers_do_not_wait_for_the_writer(tmp_path: Path) -> None:
    database = await opened(tmp_path / "t 100%.db")
    async with database.writing() as writer:
        await writer.execute(text("INSERT INTO teams VALUES (1, 'abcdef1234', 'A', '[]', '{}')"))
        assert await database.rows(text("PRAGMA journal_mode")) == [("wal",)]
        assert await database.rows(text("SELECT count(*) FROM teams")) == [(0,)]
    await database.close()


async def test_failure_is_told_without_the_statements_values(tmp_path: Path) -> None:
    database = await opened(tmp_path / "t.db")
    with pytest.raises(UnavailableError) as caught:
        await database.rows(text("SELECT * FROM nothing WHERE x = :x").bindparams(x="very-private"))
    assert "very-private" not in f"{caught.value!r} {caught.value.__cause__}"
    await database.close()


async def test_closed_database_is_unavailable(tmp_path: Path) -> None:
    database = await opened(tmp_path / "t.db")
    await database.close()
    with pytest.raises(UnavailableError):
        await database.rows(text("SELECT 1"))


async def test_failed_transaction_leaves_nothing(tmp_path: Path) -> None:
    database = await opened(tmp_path / "t.db")
    with suppress(RuntimeError):
        async with database.writing() as connection:
            await connection.execute(text("INSERT INTO teams VALUES (1, 'abcdef1234', 'A', '[]', '{}')"))
            raise RuntimeError
    assert await database.rows(text("SELECT count(*) FROM teams")) == [(0,)]
    await database.close()


async def test_opening_again_keeps_what_was_written(tmp_path: Path) -> None:
    for _ in range(2):
        await (await opened(tmp_path / "t.db")).close()
    connection = sqlite3.connect(tmp_path / "t.db")
    assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(head(),)]
    connection.close()
