"""The bus by NATS (core, without JetStream): at most once, nothing is kept by the broker."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final

import nats
import structlog
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error

from twinpane.errors import UnavailableError
from twinpane.ports.bus import Take

SCHEMES: Final = ("nats", "tls")
_AGAIN_AFTER_S: Final = 0.5
_PINGS_EVERY_S: Final = 5

_log = structlog.get_logger(__name__)


def nats_servers(written: str) -> list[str]:
    """What an operator writes: `nats://[user:password@]host[:4222]`, several with commas.

    Raises ValueError for anything else.
    """
    servers = [part for part in written.replace(",", " ").split() if part]
    if not servers or any(server.partition("://")[0] not in SCHEMES for server in servers):
        raise ValueError("must be nats://host or tls://host, several with commas")
    return servers


class NatsBus:
    """See `ports.bus.Bus`. Subjects stand below a prefix, so that several installations can share a broker."""

    def __init__(self, servers: list[str], prefix: str = "twinpane", connect_within_s: float = 10.0) -> None:
        self._servers = servers
        self._prefix = prefix
        self._connect_within_s = connect_within_s
        self._client = Client()
        self._away = asyncio.Event()
        self._returns: list[Callable[[], None]] = []
        self._tasks: set[asyncio.Task[None]] = set()

    async def open(self) -> None:
        """Connect; from then on for ever, whenever the broker comes back."""
        try:
            async with asyncio.timeout(self._connect_within_s):
                self._client = await nats.connect(
                    self._servers,
                    no_echo=True,
                    max_reconnect_attempts=-1,
                    reconnect_time_wait=_AGAIN_AFTER_S,
                    ping_interval=_PINGS_EVERY_S,
                    error_cb=self._failed,
                    disconnected_cb=self._left,
                    reconnected_cb=self._came_back,
                )
        except (TimeoutError, OSError, Error) as error:
            raise UnavailableError("The broker (NATS) does not answer.") from error

    async def close(self) -> None:
        """Send what waits and disconnect."""
        if self._client.is_connected:
            await self._client.drain()
        else:
            await self._client.close()
        if self._tasks:
            await asyncio.wait(self._tasks)

    async def publish(self, subject: str, message: bytes) -> None:
        """Tell all others that listen."""
        try:
            await self._client.publish(f"{self._prefix}.{subject}", message)
        except Error as error:
            raise UnavailableError("The broker (NATS) does not answer.") from error

    async def listen(self, subject: str, take: Take, on_return: Callable[[], None] = lambda: None) -> None:
        """Take what others say on a subject."""

        async def taken(message: Msg) -> None:
            task = asyncio.get_running_loop().create_task(self._answer(message, take))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

        self._returns.append(on_return)
        await self._client.subscribe(f"{self._prefix}.{subject}", cb=taken)
        # The client writes its ping ahead of what waits: only the second one comes after the subscription.
        await self._client.flush()
        await self._client.flush()

    async def ask(self, subject: str, message: bytes, within_s: float) -> bytes:
        """Ask the one who listens; at once UnavailableError while the broker is away, so that nothing is done late."""
        if not self._client.is_connected:
            raise UnavailableError("The broker (NATS) does not answer.")
        asking = asyncio.ensure_future(self._client.request(f"{self._prefix}.{subject}", message, timeout=within_s))
        leaving = asyncio.ensure_future(self._away.wait())
        try:
            await asyncio.wait((asking, leaving), return_when=asyncio.FIRST_COMPLETED)
            if not asking.done():
                raise UnavailableError("The broker (NATS) does not answer.")
            return (await asking).data
        except Error as error:
            raise UnavailableError("No answer came by the broker (NATS).") from error
        finally:
            asking.cancel()
            leaving.cancel()

    async def _answer(self, message: Msg, take: Take) -> None:
        try:
            answer = await take(message.data)
            if answer is not None and message.reply:
                await message.respond(answer)
        except Exception:
            _log.exception("a message of another node was not taken")

    async def _failed(self, error: Exception) -> None:
        _log.warning("broker_failed", error=str(error) or type(error).__name__)

    async def _left(self) -> None:
        self._away.set()
        _log.warning("broker_away")

    async def _came_back(self) -> None:
        self._away.clear()
        _log.info("broker_back")
        for on_return in self._returns:
            on_return()
