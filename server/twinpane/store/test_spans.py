"""The spans of R10."""

from __future__ import annotations

from datetime import UTC, datetime

from twinpane.store.spans import usage_spans


def test_r10_today_begins_at_midnight_utc() -> None:
    today, day_ago, month_ago = usage_spans(datetime(2026, 3, 1, 13, 45, 1, 5, tzinfo=UTC))
    assert today == datetime(2026, 3, 1, tzinfo=UTC)
    assert day_ago == datetime(2026, 2, 28, 13, 45, 1, 5, tzinfo=UTC)
    assert month_ago == datetime(2026, 1, 30, 13, 45, 1, 5, tzinfo=UTC)
