"""What is remembered is what the database says, whoever wrote it (R2)."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from twinpane.store.remembered import Remembered
from twinpane.store.sql import SqlStore

NOW = datetime(2026, 11, 22, tzinfo=UTC)


async def test_r2_key_that_another_process_revokes_is_revoked_at_once(tmp_path: Path) -> None:
    server, beside = (SqlStore.in_file(tmp_path / "twinpane.db") for _ in range(2))
    await server.open()
    await beside.connect()
    team = await server.add_team("Acme", "abcdef1234")
    key = await server.add_rest_key(team.id, "shop", b"h" * 32, frozenset({"read"}), NOW)
    for _ in range(3):
        assert await server.rest_key_by_hash(b"h" * 32) == key
    await beside.revoke_rest_key(team.id, key.id, NOW)
    revoked = await server.rest_key_by_hash(b"h" * 32)
    assert revoked is not None
    assert revoked.revoked_at == NOW
    await beside.change_team(team.id, allowed_domains=("shop.example",))
    changed = await server.team(team.id)
    assert changed is not None
    assert changed.allowed_domains == ("shop.example",)
    await beside.close()
    await server.close()


async def test_answer_asked_for_before_a_write_is_not_kept_after_it() -> None:
    version: int | None = 1
    remembered = Remembered(lambda: version)
    asked: list[str] = []

    async def ask(answer: str, then: int | None) -> str:
        nonlocal version
        asked.append(answer)
        version = then
        return answer

    assert await remembered.answer("key", lambda: ask("old", 2)) == "old"
    assert await remembered.answer("key", lambda: ask("new", 2)) == "new"
    assert await remembered.answer("key", lambda: ask("never", 2)) == "new"
    version = None
    assert await remembered.answer("key", lambda: ask("asked", None)) == "asked"
    assert await remembered.answer("key", lambda: ask("again", None)) == "again"
    assert asked == ["old", "new", "asked", "again"]
