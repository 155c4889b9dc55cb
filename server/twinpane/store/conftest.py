"""A store of each kind, and what the tests of its promises share."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg
import pytest
import pytest_asyncio
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

import twinpane.store.database as database_module
from tools.postgres import Postgres, running, why_not
from twinpane.access.search import parse_search
from twinpane.ports.records import Team, VisitorChange
from twinpane.ports.store import Store
from twinpane.store.database import Database
from twinpane.store.memory import MemoryStore
from twinpane.store.postgres import postgres_url
from twinpane.store.sql import SqlStore
from twinpane.store.tables import metadata

MIGRATIONS = str(database_module._MIGRATIONS)
NOW = datetime(2026, 11, 22, 12, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """PostgreSQL, started for these tests."""
    if reason := why_not():
        pytest.skip(reason)
    with running() as server:
        yield server


@pytest_asyncio.fixture
async def postgres_database(postgres: Postgres) -> str:
    """The URL of a database with our schema and nothing in it; emptied for each test, for making one takes longer."""
    with suppress(asyncpg.DuplicateDatabaseError):
        await postgres.create("emptied")
        database = Database(postgres_url(postgres.url("emptied")))
        await database.open()
        await database.close()
    names = ["visitor_index", *(table.name for table in reversed(metadata.sorted_tables))]
    begin_again = "SELECT setval(sequencename::regclass, 1, false) FROM pg_sequences"
    await postgres.say("emptied", ";".join([*(f"DELETE FROM {name}" for name in names), begin_again]))
    return postgres.url("emptied")


STORES: dict[str, Callable[[Path], Store]] = {
    "memory": lambda _: MemoryStore(),
    "sqlite": lambda path: SqlStore.in_file(path / "twinpane.db"),
    # As when so much is told that readers do not wait until it is written.
    "sqlite, busy": lambda path: SqlStore.in_file(path / "twinpane.db", few=0),
}
IN_POSTGRESQL: dict[str, Callable[[str], Store]] = {
    "postgresql": lambda url: SqlStore(postgres_url(url)),
    "postgresql, busy": lambda url: SqlStore(postgres_url(url), few=0),
}


@pytest.fixture(params=[*STORES, *IN_POSTGRESQL])
def unopened(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    if request.param in IN_POSTGRESQL:
        return IN_POSTGRESQL[request.param](request.getfixturevalue("postgres_database"))
    return STORES[request.param](tmp_path)


@pytest_asyncio.fixture
async def store(unopened: Store) -> AsyncIterator[Store]:
    await unopened.open()
    yield unopened
    await unopened.close()


@pytest_asyncio.fixture
async def team(store: Store) -> Team:
    return await store.add_team("Acme", "abcdef1234")


def note(store: Store, team: Team, short_id: str, at: datetime = NOW, **columns: Any) -> None:
    store.record_visitor(VisitorChange(team_id=team.id, short_id=short_id, at=at, set=columns))


async def found(store: Store, team: Team, text: str = "") -> list[str]:
    page = await store.search_visitors(team.id, parse_search(text), 50, None)
    return [visitor.short_id for visitor in page.visitors]


def begin_older(connection: Connection) -> None:
    """Make a database as the first version left it, with a visitor in it."""
    config = Config()
    config.set_main_option("script_location", MIGRATIONS)
    config.attributes["connection"] = connection
    command.upgrade(config, "0001")
    connection.execute(text("INSERT INTO teams VALUES (1, 'abcdef1234', 'A', '[]', '{}')"))
    connection.execute(
        text(
            "INSERT INTO visitors VALUES (1, 'AAAA2222', 1, 1700000000000000, 'u1', '[\"Zoë\"]', '[]', '[]', '{}', "
            "NULL, NULL, NULL, NULL, NULL, '10.1.1.1', true, false, 'zoe u1 aaaa2222', '')"
        )
    )
