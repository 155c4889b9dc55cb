"""One SQL database: connections, transactions, schema."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from twinpane.errors import UnavailableError

_MIGRATIONS = Path(__file__).parent / "migrations"
_SQLITE_PRAGMAS = ("journal_mode = WAL", "synchronous = NORMAL", "busy_timeout = 5000", "foreign_keys = ON")
_READERS = 4


class Database:
    """Connections to one database. Reads run side by side; one write at a time."""

    def __init__(self, url: str) -> None:
        """Take an SQLAlchemy URL with an async driver; connects at first use."""
        self._url = url
        self._writer: AsyncEngine | None = None
        self._reader: AsyncEngine | None = None
        self._writes = asyncio.Lock()

    async def open(self) -> None:
        """Connect and bring the schema up to date."""
        self._writer = self._engine(pool_size=1, max_overflow=0)
        # A read is one statement: without a transaction there is nothing to roll back after it.
        self._reader = self._engine(pool_size=_READERS, isolation_level="AUTOCOMMIT", pool_reset_on_return=None)
        async with self.writing() as connection:
            await connection.run_sync(migrate)

    async def close(self) -> None:
        """Disconnect; opening again is possible."""
        for engine in (self._writer, self._reader):
            if engine is not None:
                await engine.dispose()
        self._writer = self._reader = None

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """A connection to read from. Raises UnavailableError when the database does not answer."""
        async with _telling_failures(), _open(self._reader).connect() as connection:
            yield connection

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """A connection in a transaction, committed at the end. Raises UnavailableError."""
        async with self._writes, _telling_failures(), _open(self._writer).begin() as connection:
            yield connection

    def _engine(self, **options: Any) -> AsyncEngine:
        engine = create_async_engine(
            self._url,
            json_serializer=lambda value: msgspec.json.encode(value).decode(),
            json_deserializer=msgspec.json.decode,
            # Parameters are visitors' data and secrets' hashes; they do not belong in logs.
            hide_parameters=True,
            **options,
        )
        if engine.dialect.name == "sqlite":
            event.listen(engine.sync_engine, "connect", _set_pragmas)
        return engine


def migrate(connection: Connection) -> None:
    """Bring the schema up to date on a connection."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _open(engine: AsyncEngine | None) -> AsyncEngine:
    if engine is None:
        raise UnavailableError("The store is not open.")
    return engine


@asynccontextmanager
async def _telling_failures() -> AsyncIterator[None]:
    try:
        yield
    except (OperationalError, PoolTimeoutError) as error:
        raise UnavailableError("The database does not answer.") from error


def _set_pragmas(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in _SQLITE_PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
