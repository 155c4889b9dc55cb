"""The real time and the real chance: adapters of `ports.world`."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable
from datetime import UTC, datetime

SHORT_ID_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Upper-case letters and digits without 0 O 1 I (R30)."""


class RealClock:
    """The machine's clocks and the running event loop's timers."""

    def now(self) -> datetime:
        """Aware UTC wall time."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds that never go back."""
        return time.monotonic()

    def call_later(self, delay_s: float, call: Callable[[], None]) -> Callable[[], None]:
        """Call once after a delay; returns how to cancel."""
        return asyncio.get_running_loop().call_later(delay_s, call).cancel


class RealChance:
    """The operating system's random numbers."""

    def token(self) -> str:
        """256 bits, URL-safe."""
        return secrets.token_urlsafe(32)

    def short_id(self) -> str:
        """8 characters of R30's alphabet."""
        return "".join(secrets.choice(SHORT_ID_ALPHABET) for _ in range(8))

    def digits(self, count: int) -> str:
        """That many decimal digits."""
        return f"{secrets.randbelow(10**count):0{count}}"
