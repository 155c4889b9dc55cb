"""Time and chance, as the live rooms get them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """What time it is."""

    def now(self) -> datetime:
        """Aware UTC wall time."""

    def monotonic(self) -> float:
        """Seconds that never go back."""

    def call_later(self, delay_s: float, call: Callable[[], None]) -> Callable[[], None]:
        """Call once after a delay; returns how to cancel."""


class Chance(Protocol):
    """Where random things come from."""

    def token(self) -> str:
        """256 bits, URL-safe."""

    def short_id(self) -> str:
        """8 characters of R30's alphabet."""

    def digits(self, count: int) -> str:
        """That many decimal digits."""
