"""A bus within one process: for nodes that are objects, as in tests."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from twinpane.errors import UnavailableError
from twinpane.ports.bus import Take


class Exchange:
    """What connects the memory buses of one installation."""

    def __init__(self) -> None:
        self.listening: dict[str, list[tuple[MemoryBus, Take]]] = {}


class MemoryBus:
    """One node's end; see `ports.bus.Bus`."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._tasks: set[asyncio.Task[bytes | None]] = set()

    async def open(self) -> None:
        """Nothing to connect to."""

    async def close(self) -> None:
        """Listen no longer, once what was said is taken."""
        if self._tasks:
            await asyncio.wait(self._tasks)
        for takers in self._exchange.listening.values():
            takers[:] = [taker for taker in takers if taker[0] is not self]

    async def publish(self, subject: str, message: bytes) -> None:
        """Tell all others that listen."""
        for bus, take in self._exchange.listening.get(subject, []):
            if bus is not self:
                self._begin(take, message)

    async def listen(self, subject: str, take: Take, on_return: Callable[[], None] = lambda: None) -> None:
        """Take what others say on a subject; nothing is ever lost."""
        self._exchange.listening.setdefault(subject, []).append((self, take))

    async def ask(self, subject: str, message: bytes, within_s: float) -> bytes:
        """Ask the one who listens."""
        takers = self._exchange.listening.get(subject, [])
        if not takers:
            raise UnavailableError("Nobody listens.")
        try:
            async with asyncio.timeout(within_s):
                answer = await self._begin(takers[0][1], message)
        except TimeoutError as error:
            raise UnavailableError("No answer came.") from error
        if answer is None:
            raise UnavailableError("No answer came.")
        return answer

    def _begin(self, take: Take, message: bytes) -> asyncio.Task[bytes | None]:
        async def taken() -> bytes | None:
            return await take(message)

        task = asyncio.get_running_loop().create_task(taken())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task
