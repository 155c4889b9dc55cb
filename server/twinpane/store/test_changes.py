"""What a change makes of a visitor."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from twinpane.ports.records import VisitorChange
from twinpane.store.changes import apply_change, check_change

NOW = datetime(2026, 11, 22, tzinfo=UTC)
LATER = NOW + timedelta(seconds=5)


def test_unknown_visitor_is_first_seen_by_its_first_change() -> None:
    visitor = apply_change(None, VisitorChange(team_id=1, short_id="AAAA2222", at=NOW, set={"call_name": "Zoë"}))
    assert (visitor.first_seen_at, visitor.last_seen_at, visitor.call_name) == (NOW, NOW, "Zoë")


def test_later_change_moves_only_what_it_names_and_the_last_time() -> None:
    visitor = apply_change(None, VisitorChange(team_id=1, short_id="AAAA2222", at=NOW, set={"call_name": "Zoë"}))
    visitor = apply_change(visitor, VisitorChange(team_id=1, short_id="AAAA2222", at=LATER, set={"is_online": True}))
    assert (visitor.first_seen_at, visitor.last_seen_at) == (NOW, LATER)
    assert (visitor.call_name, visitor.is_online) == ("Zoë", True)


@pytest.mark.parametrize("name", ["colour", "team_id", "short_id", "search_text"])
def test_column_that_cannot_be_changed_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=name):
        check_change(VisitorChange(team_id=1, short_id="AAAA2222", at=NOW, set={name: "x"}))
