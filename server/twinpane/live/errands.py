"""Things to be done on the side, such as writing to the store: nobody waits, nothing is lost silently."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from twinpane.errors import UnavailableError

_LOG = logging.getLogger(__name__)


class Errands:
    """Runs coroutines and keeps hold of them until they end."""

    def __init__(self, again_s: float = 1.0) -> None:
        """Take how long to wait for a store that is down before it is asked again; seconds."""
        self._again_s = again_s
        self._tasks: set[asyncio.Task[None]] = set()

    def run(self, name: str, errand: Coroutine[Any, Any, None]) -> None:
        """Start an errand; a failure is logged under its name."""
        task = asyncio.get_running_loop().create_task(errand, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def write(self, name: str, errand: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Start an errand that is done again from its beginning until the store is there for it."""
        self.run(name, self._written(name, errand))

    async def finish(self) -> None:
        """Wait until all are done, also those that others start meanwhile."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _written(self, name: str, errand: Callable[[], Coroutine[Any, Any, None]]) -> None:
        while True:
            try:
                return await errand()
            except UnavailableError:
                _LOG.warning("errand waits for the store: %s", name)
                await asyncio.sleep(self._again_s)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            _LOG.error("errand failed: %s", task.get_name(), exc_info=error)
