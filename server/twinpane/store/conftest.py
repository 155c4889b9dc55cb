"""A store of each kind, and what the tests of its promises share."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from twinpane.access.search import parse_search
from twinpane.ports.records import Team, VisitorChange
from twinpane.ports.store import Store
from twinpane.store.memory import MemoryStore
from twinpane.store.sql import SqlStore

NOW = datetime(2026, 11, 22, 12, 0, 0, 123456, tzinfo=UTC)
MakeStore = Callable[[Path], Store]


STORES = {
    "memory": lambda _: MemoryStore(),
    "sqlite": lambda path: SqlStore.in_file(path / "twinpane.db"),
    # As when so much is told that readers do not wait until it is written.
    "sqlite, busy": lambda path: SqlStore.in_file(path / "twinpane.db", few=0),
}


@pytest_asyncio.fixture(params=STORES.values(), ids=STORES.keys())
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    made = request.param(tmp_path)
    await made.open()
    yield made
    await made.close()


@pytest_asyncio.fixture
async def team(store: Store) -> Team:
    return await store.add_team("Acme", "abcdef1234")


def note(store: Store, team: Team, short_id: str, at: datetime = NOW, **columns: Any) -> None:
    store.record_visitor(VisitorChange(team_id=team.id, short_id=short_id, at=at, set=columns))


async def found(store: Store, team: Team, text: str = "") -> list[str]:
    page = await store.search_visitors(team.id, parse_search(text), 50, None)
    return [visitor.short_id for visitor in page.visitors]
