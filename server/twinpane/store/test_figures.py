"""Seconds of sessions count within their span only (R10)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from twinpane.ports.records import SessionRecord
from twinpane.store.sql import SqlStore

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 22, tzinfo=UTC)


async def test_r10_session_over_midnight_counts_today_from_midnight_on(tmp_path: Path) -> None:
    store = SqlStore.in_file(tmp_path / "twinpane.db")
    await store.open()
    await store.add_team("Acme", "abcdef1234")
    began = MIDNIGHT - timedelta(seconds=100)
    await store.add_session(SessionRecord(id="s1", team_id=1, short_id="AAAA2222", started_at=began))
    await store.update_session("s1", went_live_at=began, ended_at=MIDNIGHT + timedelta(seconds=50.9))
    usage = await store.usage(1, NOON)
    assert (usage.session_seconds_today, usage.session_seconds_last_30_days) == (50, 150)
    assert (usage.sessions_today, usage.sessions_last_30_days) == (0, 1)
    await store.close()
