"""One SQL database: connections, transactions, schema."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Protocol, TypeVar

import msgspec
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, Executable, NullPool, Row, create_engine, event, make_url
from sqlalchemy.exc import DatabaseError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from twinpane.errors import UnavailableError
from twinpane.store.postgres import MIGRATION_LOCK, connect_arguments, is_failure, lock, without_nul

_MIGRATIONS = Path(__file__).parent / "migrations"
# What is deleted is overwritten with zeros: erasing leaves no byte (R13).
_SQLITE_PRAGMAS = (
    "secure_delete = ON",
    "journal_mode = WAL",
    "synchronous = NORMAL",
    "busy_timeout = 5000",
    "foreign_keys = ON",
)
_READERS = 4
_JSON: dict[str, Any] = {
    "json_serializer": lambda value: msgspec.json.encode(value).decode(),
    "json_deserializer": msgspec.json.decode,
    # Parameters are visitors' data and secrets' hashes; they do not belong in logs.
    "hide_parameters": True,
}
_READS: dict[str, Any] = {
    "pool_size": _READERS,
    # A read is one statement after another: without a transaction there is nothing to roll back after it.
    "isolation_level": "AUTOCOMMIT",
    "pool_reset_on_return": None,
}

Result = TypeVar("Result")
Work = Callable[[Connection], Result]


class Readers(Protocol):
    """Connections that only read."""

    async def read(self, work: Work[Result]) -> Result:
        """Do work with one of the connections."""

    def version(self) -> int | None:
        """A number that is another one after each write, by whichever process; None if that cannot be told."""

    async def close(self) -> None:
        """Disconnect."""


class ThreadReaders:
    """Readers of a file: a thread each, for going to a thread takes longer than a look-up; once for all of a work."""

    def __init__(self, url: URL) -> None:
        """Take the file's URL; connects at first use."""
        self._engine = _prepared(create_engine(url.set(drivername="sqlite"), **_READS, **_JSON))
        self._threads = ThreadPoolExecutor(_READERS, thread_name_prefix="store reader")
        self._watching = sqlite3.connect(url.database or "", timeout=0, isolation_level=None)

    async def read(self, work: Work[Result]) -> Result:
        """Do work with one of the connections, in a thread."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._do, work)

    def version(self) -> int | None:
        """What SQLite counts of others' commits: some microseconds, without a thread."""
        try:
            return int(self._watching.execute("PRAGMA data_version").fetchone()[0])
        except sqlite3.OperationalError:
            return None

    async def close(self) -> None:
        """Wait for work that is being done, and disconnect."""
        await asyncio.to_thread(self._threads.shutdown)
        self._watching.close()
        self._engine.dispose()

    def _do(self, work: Work[Result]) -> Result:
        with self._engine.connect() as connection:
            return work(connection)


class TaskReaders:
    """Readers of a database elsewhere."""

    def __init__(self, url: URL) -> None:
        """Take a URL with an async driver; connects at first use."""
        self._engine = _elsewhere(url, **_READS)

    async def read(self, work: Work[Result]) -> Result:
        """Do work with one of the connections."""
        async with self._engine.connect() as connection:
            return await connection.run_sync(work)

    def version(self) -> int | None:
        """Cannot be told without asking."""
        return None

    async def close(self) -> None:
        """Disconnect."""
        await self._engine.dispose()


class Database:
    """Connections to one database. Reads run side by side; one write at a time."""

    def __init__(self, url: str | URL) -> None:
        """Take an SQLAlchemy URL with an async driver; connects at first use."""
        self._url = make_url(url)
        self.dialect = self._url.get_backend_name()
        """`sqlite` or `postgresql`."""
        self._writer: AsyncEngine | None = None
        self._readers: Readers | None = None
        self._writes = asyncio.Lock()

    async def open(self) -> None:
        """Connect and bring the schema up to date."""
        await self._migrate()
        self._writer = _elsewhere(self._url, pool_size=1, max_overflow=0)
        self._readers = ThreadReaders(self._url) if self.dialect == "sqlite" else TaskReaders(self._url)

    async def versions(self) -> tuple[str | None, str]:
        """The schema that a database elsewhere has, None if none, and the one that this program needs.

        Changes nothing and needs no `open`. Raises UnavailableError.
        """
        async with self._once() as connection:
            return await connection.run_sync(_current), needed_schema()

    async def vacuum(self, *tables: str) -> None:
        """Let PostgreSQL take what was deleted out of its tables and indexes. Raises UnavailableError."""
        async with self._once(isolation_level="AUTOCOMMIT") as connection:
            await connection.exec_driver_sql(f"VACUUM {', '.join(tables)}")

    async def _migrate(self) -> None:
        async with self._once() as connection:
            await connection.run_sync(migrate)

    @asynccontextmanager
    async def _once(self, **options: Any) -> AsyncIterator[AsyncConnection]:
        """A connection for something that may take long, in a transaction."""
        engine = _elsewhere(self._url, is_patient=True, poolclass=NullPool, **options)
        try:
            async with _telling_failures(), engine.begin() as connection:
                yield connection
        finally:
            await engine.dispose()

    async def close(self) -> None:
        """Disconnect; opening again is possible."""
        writer, readers, self._writer, self._readers = self._writer, self._readers, None, None
        if readers is not None:
            await readers.close()
        if writer is not None:
            await writer.dispose()

    async def read(self, work: Work[Result]) -> Result:
        """Do work that only reads, with a connection of its own. Raises UnavailableError.

        It may run in a thread: it returns rows and keeps no cursor.
        """
        async with _telling_failures():
            return await _open(self._readers).read(work)

    def version(self) -> int | None:
        """A number that is another one after each write, by whichever process; None if that cannot be told."""
        return _open(self._readers).version()

    async def rows(self, statement: Executable) -> list[Row[Any]]:
        """The rows of one statement. Raises UnavailableError when the database does not answer."""
        return await self.read(lambda connection: list(connection.execute(statement).all()))

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """A connection in a transaction, committed at the end. Raises UnavailableError."""
        async with self._writes, _telling_failures(), _open(self._writer).begin() as connection:
            yield connection


def migrate(connection: Connection) -> None:
    """Bring the schema up to date on a connection, one process at a time."""
    lock(connection, MIGRATION_LOCK)
    config = _migrations()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def schema_versions(path: Path) -> tuple[str | None, str]:
    """The schema that a SQLite file has, None if it has none, and the one that this program needs.

    Changes nothing. Raises UnavailableError if the file cannot be read.
    """
    if not path.exists():
        return None, needed_schema()
    engine = create_engine(f"sqlite:///file:{path.resolve()}?mode=ro&uri=true")
    try:
        with engine.connect() as connection:
            return _current(connection), needed_schema()
    except DatabaseError as error:
        raise UnavailableError(f"{path} cannot be read.") from error
    finally:
        engine.dispose()


def needed_schema() -> str:
    """The schema that this program needs."""
    return ScriptDirectory.from_config(_migrations()).get_current_head() or ""


def _current(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _migrations() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    return config


def _open(opened: Result | None) -> Result:
    if opened is None:
        raise UnavailableError("The store is not open.")
    return opened


def _elsewhere(url: URL, *, is_patient: bool = False, **options: Any) -> AsyncEngine:
    """Connections by an async driver. After a restart of the database the next one to be used is made anew."""
    given = {"connect_args": connect_arguments(url, is_patient=is_patient), "pool_pre_ping": True}
    engine = create_async_engine(url, **given, **options, **_JSON)
    _prepared(engine.sync_engine)
    return engine


def _prepared(engine: Engine) -> Engine:
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_pragmas)
    else:
        event.listen(engine, "before_cursor_execute", without_nul, retval=True)
    return engine


@asynccontextmanager
async def _telling_failures() -> AsyncIterator[None]:
    try:
        yield
    except Exception as error:
        if not is_failure(error):
            raise
        raise UnavailableError("The database does not answer.") from error


def _set_pragmas(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in _SQLITE_PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
