"""Rates are bounded, by time that is passed in."""

from __future__ import annotations

import pytest

from twinpane.access.throttle import GuessLock, Throttle
from twinpane.errors import RateLimitedError


def test_r3_as_many_as_the_rate_at_once_then_no_more() -> None:
    throttle = Throttle(100)
    assert all(throttle.take("a", 0).allowed for _ in range(100))
    refused = throttle.take("a", 0)
    assert not refused.allowed
    assert refused.remaining == 0
    assert refused.retry_after_s == pytest.approx(0.01)
    assert refused.full_after_s == pytest.approx(1)


def test_r3_time_gives_back_and_a_refusal_costs_nothing() -> None:
    throttle = Throttle(10)
    for _ in range(10):
        throttle.take("a", 0)
    assert not throttle.take("a", 0.05).allowed
    assert throttle.take("a", 0.1).allowed
    assert not throttle.take("a", 0.1).allowed
    assert throttle.take("a", 60).remaining == 9


def test_r3_keys_do_not_share_their_rate() -> None:
    throttle = Throttle(1)
    assert throttle.take("a", 0).allowed
    assert throttle.take("b", 0).allowed


def test_r3_keys_long_unused_are_forgotten_without_being_forgiven() -> None:
    throttle = Throttle(1)
    for number in range(2000):
        throttle.take(number, number / 1000)
    assert not throttle.take(1999, 1.999).allowed


def test_s6_ten_wrong_guesses_in_a_minute_lock_out() -> None:
    lock = GuessLock()
    for second in range(10):
        lock.check("a", second)
        lock.note_wrong("a", second)
    with pytest.raises(RateLimitedError) as caught:
        lock.check("a", 10)
    assert caught.value.retry_after_s == 300
    lock.check("b", 10)
    lock.check("a", 9 + 300)


def test_s6_slow_guesses_are_let_through() -> None:
    lock = GuessLock()
    for minute in range(100):
        lock.check("a", minute * 7)
        lock.note_wrong("a", minute * 7)


def test_who_guesses_right_is_forgiven_and_names_long_past_are_forgotten() -> None:
    lock = GuessLock(guesses=2, words="Too many wrong passwords.")
    lock.note_wrong("a", 0)
    lock.forgive("a")
    lock.note_wrong("a", 1)
    lock.check("a", 1)
    lock.note_wrong("a", 2)
    with pytest.raises(RateLimitedError, match=r"Too many wrong passwords\."):
        lock.check("a", 3)
    for number in range(20_001):
        lock.note_wrong(number, 3 if number < 10_000 else 100)
    with pytest.raises(RateLimitedError):
        lock.check("a", 301)
