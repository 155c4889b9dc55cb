"""Bound how often something is done. Time is passed in, in seconds of any clock that never goes back."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from twinpane.errors import RateLimitedError


@dataclass(frozen=True, slots=True)
class Allowance:
    """The answer of a throttle. `retry_after_s` is 0 when allowed; `full_after_s` is when all may be spent again."""

    allowed: bool
    remaining: int
    retry_after_s: float
    full_after_s: float


class Throttle:
    """A token bucket a name: `rate_per_s` on average, and as many at once (§5: 100 requests a second a key)."""

    def __init__(self, rate_per_s: int) -> None:
        """Start with every bucket full."""
        self.rate_per_s = rate_per_s
        self._buckets: dict[object, tuple[float, float]] = {}

    def take(self, name: object, now_s: float) -> Allowance:
        """Spend one, if there is one."""
        left, at_s = self._buckets.get(name, (float(self.rate_per_s), now_s))
        left = min(self.rate_per_s, left + (now_s - at_s) * self.rate_per_s)
        allowed = left >= 1
        left -= allowed
        self._forget_full(now_s)
        self._buckets[name] = (left, now_s)
        return Allowance(
            allowed=allowed,
            remaining=int(left),
            retry_after_s=0.0 if allowed else (1 - left) / self.rate_per_s,
            full_after_s=(self.rate_per_s - left) / self.rate_per_s,
        )

    def _forget_full(self, now_s: float) -> None:
        """A bucket untouched for a second is full, and a full bucket need not be kept."""
        if len(self._buckets) > 1000:
            self._buckets = {name: (left, at_s) for name, (left, at_s) in self._buckets.items() if now_s - at_s < 1}


class GuessLock:
    """Locks out who guesses wrong too often (S6: 10 a minute)."""

    def __init__(
        self,
        guesses: int = 10,
        window_s: float = 60,
        lock_out_s: float = 300,
        words: str = "Too many lookup codes that do not exist.",
    ) -> None:
        """Lock out for `lock_out_s` after `guesses` wrong ones within `window_s`; `words` are told then."""
        self._words = words
        self._guesses = guesses
        self._window_s = window_s
        self._lock_out_s = lock_out_s
        self._wrong: dict[object, deque[float]] = {}
        self._locked_until: dict[object, float] = {}

    def check(self, name: object, now_s: float) -> None:
        """Raise RateLimitedError while locked out."""
        until_s = self._locked_until.get(name, now_s)
        if until_s > now_s:
            wait_s = int(until_s - now_s) + 1
            raise RateLimitedError(self._words, retry_after_s=wait_s)
        self._locked_until.pop(name, None)

    def note_wrong(self, name: object, now_s: float) -> None:
        """Count a wrong guess."""
        self._forget_old(now_s)
        wrong = self._wrong.setdefault(name, deque())
        wrong.append(now_s)
        while wrong and now_s - wrong[0] > self._window_s:
            wrong.popleft()
        if len(wrong) >= self._guesses:
            self._locked_until[name] = now_s + self._lock_out_s
            del self._wrong[name]

    def forgive(self, name: object) -> None:
        """Forget the wrong guesses of somebody who then guessed right."""
        self._wrong.pop(name, None)
        self._locked_until.pop(name, None)

    def _forget_old(self, now_s: float) -> None:
        """Names are whatever anybody sends: what does not count any more need not be kept."""
        if len(self._wrong) + len(self._locked_until) > 10_000:
            self._wrong = {name: each for name, each in self._wrong.items() if now_s - each[-1] <= self._window_s}
            self._locked_until = {name: until_s for name, until_s in self._locked_until.items() if until_s > now_s}
