"""One timer that looks after all sockets: hello in time, pings, silence (W2, W7)."""

from __future__ import annotations

import asyncio
from typing import Protocol


class Swept(Protocol):
    """A socket that is looked after."""

    def look_after(self, now_s: float) -> None:
        """Ping if it is time, hang up if it is too late."""


class Sweeper:
    """Calls `look_after` of every socket, `every_s`; runs only while there are sockets."""

    def __init__(self, every_s: float) -> None:
        self._every_s = every_s
        self._sockets: set[Swept] = set()
        self._timer: asyncio.TimerHandle | None = None

    def add(self, socket: Swept) -> None:
        """Look after a socket from now on."""
        self._sockets.add(socket)
        if self._timer is None:
            self._arm()

    def remove(self, socket: Swept) -> None:
        """Leave a socket alone."""
        self._sockets.discard(socket)
        if not self._sockets and self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _arm(self) -> None:
        self._timer = asyncio.get_running_loop().call_later(self._every_s, self._sweep)

    def _sweep(self) -> None:
        self._timer = None
        now_s = asyncio.get_running_loop().time()
        for socket in list(self._sockets):
            socket.look_after(now_s)
        if self._sockets:
            self._arm()
