"""Things to be done on the side, such as writing to the store: nobody waits, nothing is lost silently."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

_LOG = logging.getLogger(__name__)


class Errands:
    """Runs coroutines and keeps hold of them until they end."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def run(self, name: str, errand: Coroutine[Any, Any, None]) -> None:
        """Start an errand; a failure is logged under its name."""
        task = asyncio.get_running_loop().create_task(errand, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    async def finish(self) -> None:
        """Wait until all are done, also those that others start meanwhile."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            _LOG.error("errand failed: %s", task.get_name(), exc_info=error)
