from __future__ import annotations

import pytest

from twinpane.session.phases import PHASES, next_phase


def test_x2_ended_is_final_and_every_other_phase_can_end() -> None:
    assert PHASES["ended"] == {}
    assert all(PHASES[phase]["over"] == "ended" for phase in PHASES if phase != "ended")


def test_x2_the_only_ways_to_live_are_consent_and_return() -> None:
    ways = {(phase, trigger) for phase, row in PHASES.items() for trigger, to in row.items() if to == "live"}
    assert ways == {("waiting", "allowed"), ("asking", "allowed"), ("paused", "page_back")}


def test_x2_a_step_that_the_table_lacks_is_a_bug() -> None:
    with pytest.raises(LookupError):
        next_phase("ended", "allowed")
