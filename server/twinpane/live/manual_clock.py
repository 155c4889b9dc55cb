"""A clock that goes when told to, for tests of what takes long."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class ManualClock:
    """Starts at a fixed time; `advance` runs what became due, in order."""

    def __init__(self) -> None:
        """Begin at the start of 2026."""
        self._passed_s = 0.0
        self._due: list[tuple[float, int, Callable[[], None]]] = []
        self._count = 0

    def now(self) -> datetime:
        """Aware UTC wall time."""
        return datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=self._passed_s)

    def monotonic(self) -> float:
        """Seconds since the clock was made."""
        return self._passed_s

    def call_later(self, delay_s: float, call: Callable[[], None]) -> Callable[[], None]:
        """Call once when the time has been advanced so far; returns how to cancel."""
        self._count += 1
        entry = (self._passed_s + delay_s, self._count, call)
        self._due.append(entry)

        def cancel() -> None:
            if entry in self._due:
                self._due.remove(entry)

        return cancel

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        end_s = self._passed_s + seconds
        while due := [entry for entry in self._due if entry[0] <= end_s]:
            entry = min(due, key=lambda each: each[:2])
            self._due.remove(entry)
            self._passed_s = max(self._passed_s, entry[0])
            entry[2]()
        self._passed_s = end_s
