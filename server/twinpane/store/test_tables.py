"""The tables and the migrations tell of the same schema; times are exact."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.ext.asyncio import create_async_engine

from twinpane.store.database import migrate
from twinpane.store.postgres import postgres_url
from twinpane.store.tables import UtcTime, metadata


def _is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Not the full-text index, which is several tables of FTS5's own."""
    return kind != "table" or not (name or "").startswith("visitor_index")


def test_migrations_make_the_tables() -> None:
    engine = sa.create_engine("sqlite://")
    with engine.begin() as connection:
        migrate(connection)
        differences = compare_metadata(
            MigrationContext.configure(connection, opts={"include_name": _is_ours}), metadata
        )
    engine.dispose()
    # SQLite has no other integer than the big one, and reports it as such.
    assert [each for each in differences if not isinstance(each, list)] == []
    assert [part for each in differences if isinstance(each, list) for part in each if part[0] != "modify_type"] == []


async def test_migrations_make_the_tables_in_postgresql(postgres_database: str) -> None:
    engine = create_async_engine(postgres_url(postgres_database))
    async with engine.connect() as connection:
        differences = await connection.run_sync(
            lambda given: compare_metadata(
                MigrationContext.configure(given, opts={"include_name": _is_ours, "compare_type": True}), metadata
            )
        )
    await engine.dispose()
    assert differences == []


@given(st.datetimes(min_value=datetime(1970, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - hypothesis adds it
def test_time_comes_back_to_the_microsecond(time: datetime) -> None:
    kind, dialect = UtcTime(), sa.create_mock_engine("sqlite://", executor=lambda *_: None).dialect
    assert kind.process_result_value(kind.process_bind_param(time, dialect), dialect) == time
