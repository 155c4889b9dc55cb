"""Shapes of R30 and R31. Their fields are in web/test_api_visitor.py; here is what is computed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from twinpane.actions.shapes import formatted_length, iso_time, session_shape
from twinpane.ports.records import SessionRecord

NOW = datetime(2026, 11, 22, 14, 50, 0, 123_999, tzinfo=UTC)


def test_r30_times_are_iso_8601_in_utc() -> None:
    assert iso_time(NOW) == "2026-11-22T14:50:00.123Z"
    assert iso_time(None) is None


@pytest.mark.parametrize(
    ("seconds", "shown"), [(0, "0:00"), (59, "0:59"), (245, "4:05"), (3723, "1:02:03"), (90_000, "25:00:00")]
)
def test_r31_length_is_readable(seconds: int, shown: str) -> None:
    assert formatted_length(seconds) == shown


def test_r31_length_counts_from_going_live_to_the_end_or_now() -> None:
    record = SessionRecord(id="s1", team_id=1, short_id="AAAA2222", started_at=NOW)
    later = NOW + timedelta(seconds=100)
    assert session_shape(record, later)["length_seconds"] == 0
    record.went_live_at = NOW + timedelta(seconds=40)
    assert session_shape(record, later)["length_seconds"] == 60
    record.ended_at = NOW + timedelta(seconds=50)
    shape = session_shape(record, later)
    assert (shape["length_seconds"], shape["formatted_length"], shape["went_live"]) == (10, "0:10", True)
