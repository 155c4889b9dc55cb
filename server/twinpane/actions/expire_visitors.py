"""Erase visitors who were not seen for long (R13, `retention_days`) and old recordings (R20, `recording_days`).

In the background, a few at a time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import structlog

from twinpane.actions.recordings import expire_recordings
from twinpane.errors import UnavailableError
from twinpane.live.registry import Live
from twinpane.ports.records import Team
from twinpane.ports.store import Store
from twinpane.ports.world import Clock

AT_ONCE: Final = 100
"""Visitors erased in one transaction: some tens of milliseconds, in which nobody else writes."""
FIRST_S: Final = 60.0
EVERY_S: Final = 3600.0

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """How long visitors are kept after they were seen last, and recordings after their session; None: for ever."""

    visitors: timedelta | None = None
    recordings: timedelta | None = None


class Retention:
    """Looks a minute after the start and then each hour. `start` it, and at the end `stop` it."""

    def __init__(self, store: Store, live: Live, clock: Clock, keep: Kept) -> None:
        """Take how long things are kept."""
        self._store = store
        self._live = live
        self._clock = clock
        self._keep = keep
        self._due = asyncio.Event()
        self._idle = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._cancel: Callable[[], None] | None = None

    def start(self) -> None:
        """Begin to look."""
        self._idle.set()
        self._look_in(FIRST_S)
        self._task = asyncio.create_task(self._run(), name="retention")

    async def stop(self) -> None:
        """Stop after what is being erased now."""
        if self._cancel is not None:
            self._cancel()
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
            self._task = None

    async def idle(self) -> None:
        """Wait until nothing is due."""
        await self._idle.wait()

    def _look_in(self, seconds: float) -> None:
        def look() -> None:
            self._idle.clear()
            self._due.set()

        self._cancel = self._clock.call_later(seconds, look)

    async def _run(self) -> None:
        while True:
            await self._due.wait()
            self._due.clear()
            try:
                await self._expire_all()
            except UnavailableError:
                _log.warning("retention_failed", exc_info=True)
            self._look_in(EVERY_S)
            self._idle.set()

    async def _expire_all(self) -> None:
        began_s = self._clock.monotonic()
        if self._keep.recordings is not None:
            await expire_recordings(self._store, self._live.recordings, self._clock.now() - self._keep.recordings)
        erased = 0
        if self._keep.visitors is not None:
            erased = sum([await self._expire(team, self._keep.visitors) for team in await self._store.teams()])
        if erased:
            await self._store.scrub()
            _log.info("retention", visitors=erased, seconds=round(self._clock.monotonic() - began_s, 1))

    async def _expire(self, team: Team, keep: timedelta) -> int:
        before = self._clock.now() - keep
        erased = 0
        while stale := await self._store.stale_visitors(team.id, before, AT_ONCE):
            gone = await self._live.expire_visitors(team.id, stale)
            if not gone:
                break
            erased += gone
            await asyncio.sleep(0)
        return erased
