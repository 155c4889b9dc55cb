from __future__ import annotations

from twinpane.live.counters import Counters


def test_w6_refusals_are_counted_by_code_from_nothing() -> None:
    counters = Counters()
    counters.refusals["masked"] += 2
    assert counters.refusals == {"masked": 2}
    assert Counters().refusals == {}
