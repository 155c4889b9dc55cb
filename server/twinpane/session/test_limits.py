from __future__ import annotations

from twinpane.session import limits


def test_x6_and_s10_time_outs_are_those_of_the_contract() -> None:
    waits = (limits.WAITING_S, limits.ASKING_S, limits.IDLE_AGENTS_S, limits.NO_TAB_S)
    assert waits == (300, 120, 600, 60)
    assert limits.CONTROL_IDLE_S == 30
    assert limits.MAX_SEATS == 20
