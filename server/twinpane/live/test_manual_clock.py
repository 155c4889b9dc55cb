from __future__ import annotations

from twinpane.live.manual_clock import ManualClock


def test_what_is_due_runs_in_order_and_sees_its_own_time() -> None:
    clock = ManualClock()
    seen: list[tuple[str, float]] = []
    clock.call_later(2, lambda: seen.append(("late", clock.monotonic())))
    clock.call_later(1, lambda: clock.call_later(0.5, lambda: seen.append(("nested", clock.monotonic()))) and None)
    clock.call_later(1, lambda: seen.append(("early", clock.monotonic())))
    clock.call_later(1, lambda: seen.append(("never", 0)))()
    clock.advance(3)
    assert seen == [("early", 1), ("nested", 1.5), ("late", 2)]
    assert (clock.now() - ManualClock().now()).total_seconds() == 3
