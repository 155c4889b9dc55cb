from __future__ import annotations

from datetime import timedelta

from twinpane.live.clock import RealChance
from twinpane.live.lookup_codes import LookupCodes
from twinpane.live.manual_clock import ManualClock


class Digits(RealChance):
    """Chance that is foreseen."""

    def __init__(self, *foreseen: str) -> None:
        self._foreseen = list(foreseen)

    def digits(self, count: int) -> str:
        return self._foreseen.pop(0) if len(self._foreseen) > 1 else self._foreseen[0]


def test_s6_codes_are_unique_within_a_team_only() -> None:
    now = ManualClock().now()
    codes = LookupCodes(Digits("0001", "0001", "0002", "0001"))
    assert (one := codes.give(1, "A", False, now))
    assert one.digits == "0001"
    assert (two := codes.give(1, "B", False, now))
    assert two.digits == "0002"
    assert (other := codes.give(2, "C", False, now))
    assert other.digits == "0001"
    assert codes.find(1, "0001", now) == "A"
    assert codes.find(2, "0001", now) == "C"
    assert codes.find(1, "9999", now) is None


def test_s6_a_code_holds_for_an_hour_and_is_kept_unless_renewed() -> None:
    now = ManualClock().now()
    codes = LookupCodes(Digits("0001", "0002", "0001"))
    codes.give(1, "A", False, now)
    assert (same := codes.give(1, "A", False, now))
    assert same.digits == "0001"
    assert (fresh := codes.give(1, "A", True, now))
    assert fresh.digits == "0002"
    assert codes.find(1, "0001", now) is None
    later = now + timedelta(hours=1)
    assert codes.of(1, "A", later) is None
    assert codes.find(1, "0002", later) is None


def test_s6_an_expired_code_goes_to_the_next() -> None:
    now = ManualClock().now()
    codes = LookupCodes(Digits("0001"))
    codes.give(1, "A", False, now)
    later = now + timedelta(hours=2)
    assert codes.give(1, "B", False, later) is not None
    assert codes.find(1, "0001", later) == "B"
    codes.drop(1, "B")
    assert codes.find(1, "0001", later) is None


def test_s6_every_code_is_given_before_there_is_none() -> None:
    now = ManualClock().now()
    codes = LookupCodes(RealChance())
    given = [codes.give(1, f"V{number}", False, now) for number in range(10_000)]
    assert {code.digits for code in given if code} == {f"{number:04}" for number in range(10_000)}
    assert codes.give(1, "too many", False, now) is None
    assert codes.give(1, "V7", False, now) == given[7]
    assert codes.give(1, "V7", True, now) is None
    assert codes.of(1, "V7", now) == given[7]
    codes.drop(1, "V42")
    assert given[42] is not None
    assert codes.give(1, "too many", False, now) == given[42]
    assert codes.give(2, "another team's", False, now) is not None
