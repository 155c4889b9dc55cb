"""What is special about PostgreSQL: its address, its connections, its failures (by asyncpg)."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import URL, Connection, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

SCHEMES: Final = ("postgresql", "postgres")
_ANSWER_WITHIN_S: Final = 15
"""Also how long a server that has vanished from the network is waited for."""
_FAILURES: Final = frozenset({"08", "28", "3D", "40", "53", "55", "57", "58"})
"""Classes of SQLSTATE that are not the statement's fault: connection, who and where, rollback, resources, system."""
_LOCK: Final = text("SELECT pg_advisory_xact_lock(:number)")
_NUL: Final = "\x00"

MIGRATION_LOCK: Final = 0x7477_0001
AUDIT_LOCK: Final = 0x7477_0002


def postgres_url(written: str) -> URL:
    """What an operator writes, `postgresql://user:password@host/name?sslmode=…`, for our driver.

    Raises ValueError for anything else.
    """
    try:
        url = make_url(written)
    except ArgumentError as error:
        raise ValueError("must be postgresql://user:password@host/name") from error
    if url.drivername not in SCHEMES or not url.database:
        raise ValueError("must be postgresql://user:password@host/name")
    query = {"ssl" if name == "sslmode" else name: value for name, value in url.query.items()}
    return url.set(drivername="postgresql+asyncpg", query=query)


def connect_arguments(url: URL, *, is_patient: bool = False) -> dict[str, Any]:
    """What the driver is told on top of the URL; a patient connection may run long statements."""
    if url.get_backend_name() != "postgresql":
        return {}
    return {"timeout": _ANSWER_WITHIN_S, "command_timeout": None if is_patient else _ANSWER_WITHIN_S}


def is_failure(error: BaseException) -> bool:
    """Whether the database failed, and not what was asked of it."""
    if isinstance(error, DBAPIError):
        state = str(getattr(error.orig, "sqlstate", None) or "")
        return isinstance(error, OperationalError) or error.connection_invalidated or state[:2] in _FAILURES
    return isinstance(error, PoolTimeoutError | OSError)


def lock(connection: Connection, number: int) -> None:
    """Wait until no other transaction holds this lock; ours ends with the transaction. Nothing in SQLite."""
    if connection.dialect.name == "postgresql":
        connection.execute(_LOCK, {"number": number})


def without_nul(_connection: Any, _cursor: Any, statement: str, given: Any, *_: Any) -> tuple[str, Any]:
    """A listener for `before_cursor_execute`: texts of PostgreSQL have no NUL, it stands there as U+FFFD."""
    if isinstance(given, list):
        return statement, [_plain(row) for row in given]
    return statement, _plain(given)


def _plain(given: Any) -> Any:
    if not isinstance(given, tuple) or not any(isinstance(each, str) and _NUL in each for each in given):
        return given
    return tuple(each.replace(_NUL, "\ufffd") if isinstance(each, str) else each for each in given)
