"""The spans of time that usage is counted over (R10)."""

from __future__ import annotations

from datetime import datetime, timedelta


def usage_spans(now: datetime) -> tuple[datetime, datetime, datetime]:
    """Where today (UTC), the last 24 hours and the last 30 days begin."""
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return today, now - timedelta(hours=24), now - timedelta(days=30)
