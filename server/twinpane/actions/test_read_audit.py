"""The audit shows when it was changed (R22)."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from twinpane.actions.read_audit import list_audit, verify_audit
from twinpane.ports.audit import Deed
from twinpane.store.memory import MemoryStore
from twinpane.store.sql import SqlStore

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def deed(team_id: int, did: str) -> Deed:
    return Deed(team_id=team_id, at=NOW, who="key 1 (shop)", did=did, address="192.0.2.7")


async def test_r22_list_is_newest_first_by_pages_and_teams() -> None:
    store = MemoryStore()
    team, other = await store.add_team("Acme", "abcdef1234"), await store.add_team("Other", "zyxwvu9876")
    for number in range(5):
        await store.add_deed(deed(team.id, f"POST {number}"))
        await store.add_deed(deed(other.id, "POST x"))
    first = await list_audit(store, team, 3, None)
    assert [entry["did"] for entry in first["entries"]] == ["POST 4", "POST 3", "POST 2"]
    assert first["entries"][0]["ip_address"] == "192.0.2.7"
    rest = await list_audit(store, team, 3, int(first["next_cursor"]))
    assert [entry["did"] for entry in rest["entries"]] == ["POST 1", "POST 0"]
    assert "next_cursor" not in rest
    assert (await verify_audit(store)).entries == 10


@pytest.mark.parametrize(
    ("tampering", "broken_at"),
    [
        ("UPDATE audit SET did = 'GET 2' WHERE number = 3", 3),
        ("UPDATE audit SET at = at + 1 WHERE number = 1", 1),
        ("UPDATE audit SET address = NULL WHERE number = 5", 5),
        ("DELETE FROM audit WHERE number = 4", 5),
        ("UPDATE audit SET hash = x'00' WHERE number = 2", 2),
    ],
)
async def test_r22_changed_or_missing_entry_is_found(tmp_path: Path, tampering: str, broken_at: int) -> None:
    store = SqlStore.in_file(tmp_path / "twinpane.db")
    await store.open()
    team = await store.add_team("Acme", "abcdef1234")
    for number in range(5):
        await store.add_deed(deed(team.id, f"POST {number}"))
    good = await verify_audit(store)
    assert (good.entries, good.broken_at) == (5, None)
    with sqlite3.connect(tmp_path / "twinpane.db") as connection:
        connection.execute(tampering)
    connection.close()
    assert (await verify_audit(store)).broken_at == broken_at
    await store.close()


async def test_r22_two_processes_add_to_one_chain(tmp_path: Path) -> None:
    one, other = SqlStore.in_file(tmp_path / "twinpane.db"), SqlStore.in_file(tmp_path / "twinpane.db")
    await one.open()
    await other.connect()
    team = await one.add_team("Acme", "abcdef1234")
    for number in range(6):
        await (one, other)[number % 2].add_deed(deed(team.id, f"POST {number}"))
    assert await verify_audit(one) == await verify_audit(other)
    assert (await verify_audit(one)).entries == 6
    await other.close()
    await one.close()
