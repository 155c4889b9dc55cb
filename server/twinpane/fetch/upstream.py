"""Requests and WebSockets of proxied pages by aiohttp: streamed both ways, never to an address that is not public."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from functools import lru_cache
from typing import Any, Final

import aiohttp
from multidict import CIMultiDict
from yarl import URL

from twinpane.errors import FetchFailedError, FetchRefusedError, FetchTimedOutError
from twinpane.fetch.addresses import Guard
from twinpane.fetch.connecting import Connecting, is_forbidden
from twinpane.ports.fetch import Headers, UpstreamRequest

CONNECT_S: Final = 15.0
IDLE_S: Final = 90.0
MAX_MESSAGE_BYTES: Final = 16 * 1024 * 1024
_BROKEN: Final = (TimeoutError, aiohttp.ClientError, OSError, ValueError, asyncio.IncompleteReadError)


class GuardedUpstream:
    """See `ports.fetch.Upstream`. `close` it at the end."""

    def __init__(
        self,
        guard: Guard,
        connecting: Connecting | None = None,
        *,
        connect_s: float = CONNECT_S,
        idle_s: float = IDLE_S,
    ) -> None:
        """Take the guard, the way to connect, and how long to wait for a connection and for the next byte."""
        self._guard = guard
        self._connecting = connecting or Connecting(guard)
        self._idle_s = idle_s
        # The library stops waiting after an answer before the answer (1xx): until the head is there, we wait.
        self._head_s = connect_s + idle_s
        self._timeout = aiohttp.ClientTimeout(total=None, sock_connect=connect_s, sock_read=idle_s)
        self._sessions: dict[bool, aiohttp.ClientSession] = {}

    async def close(self) -> None:
        """Close the connections that are kept."""
        for session in self._sessions.values():
            await session.close()

    def refusal_of(self, url: str) -> str | None:
        """Say why an address must not even be tried."""
        try:
            target = URL(url, encoded=True)
            return self._guard.refusal_of(target) or self._guard.refusal_of_literal(target.host or "")
        except ValueError:
            return "This is not a web address."

    async def open(self, request: UpstreamRequest) -> Answer:
        """Send a request; redirects come back as they are."""
        try:
            target = self._target(request.url)
            async with asyncio.timeout(self._head_s) as stall:
                body = _watched(request.body, stall, self._idle_s) if request.body else None
                response = await self._session_for(target).request(
                    request.method, target, headers=_sendable(request.headers), data=body, allow_redirects=False
                )
        except _BROKEN as error:
            raise _said_plainly(error) from error
        return Answer(response)

    async def connect(self, url: str, headers: Headers, protocols: Sequence[str]) -> Socket:
        """Open a WebSocket; one that is redirected is refused, as browsers do."""
        try:
            target = self._target(url)
            async with asyncio.timeout(self._head_s):
                opened = await self._session_for(target).ws_connect(
                    target,
                    headers=_sendable(headers),
                    protocols=protocols,
                    max_msg_size=MAX_MESSAGE_BYTES,
                    compress=15,
                    timeout=aiohttp.ClientWSTimeout(ws_close=5.0),
                )
        except _BROKEN as error:
            raise _said_plainly(error) from error
        return Socket(opened)

    def _target(self, url: str) -> URL:
        target = URL(url, encoded=True)
        if (why := self._guard.refusal_of(target)) is not None:
            raise FetchRefusedError(why)
        return target

    def _session_for(self, target: URL) -> aiohttp.ClientSession:
        named = self._guard.allows_host(target.host or "")
        session = self._sessions.get(named)
        if session is None:
            session = self._sessions[named] = self._connecting.session(named=named, timeout=self._timeout)
        return session


class Answer:
    """See `ports.fetch.UpstreamAnswer`."""

    def __init__(self, response: aiohttp.ClientResponse) -> None:
        self._response = response
        self.status = response.status
        self.headers = [
            (name.decode("utf-8", "surrogateescape"), value.decode("utf-8", "surrogateescape"))
            for name, value in response.raw_headers
        ]

    async def chunks(self) -> AsyncGenerator[bytes]:
        """The body as it arrives."""
        content = self._response.content
        try:
            if self._response.content_length is None:
                async for chunk in content.iter_any():
                    yield chunk
            else:
                # What arrived in several reads need not be joined, which would copy it.
                while not content.at_eof():
                    yield (await content.readchunk())[0]
        except _BROKEN as error:
            raise _said_plainly(error) from error

    def close(self) -> None:
        """Let go of the connection."""
        if not self._response.closed:
            self._response.close()


class Socket:
    """See `ports.fetch.UpstreamSocket`."""

    def __init__(self, opened: aiohttp.ClientWebSocketResponse[Any]) -> None:
        self._opened = opened
        self.protocol = opened.protocol
        self._reason = ""

    async def receive(self) -> str | bytes | None:
        """The next message, or None."""
        message = await self._opened.receive()
        if message.type in (aiohttp.WSMsgType.TEXT, aiohttp.WSMsgType.BINARY):
            data: str | bytes = message.data
            return data
        if message.type is aiohttp.WSMsgType.CLOSE:
            self._reason = message.extra or ""
        return None

    async def send(self, message: str | bytes) -> None:
        """Send a message."""
        try:
            if isinstance(message, str):
                await self._opened.send_str(message)
            else:
                await self._opened.send_bytes(message)
        except (OSError, aiohttp.ClientError) as error:
            raise _said_plainly(error) from error

    @property
    def closed_with(self) -> tuple[int, str]:
        """Code and reason."""
        return self._opened.close_code or 1006, self._reason

    async def close(self, code: int, reason: str) -> None:
        """Close."""
        await self._opened.close(code=code, message=reason.encode())


async def _watched(body: AsyncIterator[bytes], stall: asyncio.Timeout, idle_s: float) -> AsyncGenerator[bytes]:
    """Let a body time out that does not move: the library waits for ever for a site that reads nothing."""
    now = asyncio.get_running_loop().time

    def wait_until(moment_s: float | None) -> None:
        # A site may answer before it has read all; its answer has a time-out of its own.
        with contextlib.suppress(RuntimeError):
            stall.reschedule(moment_s)

    wait_until(now() + idle_s)
    async for chunk in body:
        wait_until(now() + idle_s)
        yield chunk
    wait_until(now() + idle_s)


def _sendable(headers: Headers) -> CIMultiDict[str]:
    """Leave out what the library cannot write: bytes that are not UTF-8."""
    return CIMultiDict((_written(name), value) for name, value in headers if not _has_surrogates(value))


@lru_cache(maxsize=1024)
def _written(name: str) -> str:
    """As browsers write names over HTTP/1.1; servers should not care, some do."""
    return name if not name.islower() or name.startswith("sec-ch-") else name.title()


def _has_surrogates(value: str) -> bool:
    return not value.isascii() and any("\ud800" <= char <= "\udfff" for char in value)


def _said_plainly(error: BaseException) -> FetchFailedError | FetchRefusedError:
    """What happened, in a sentence for the visitor."""
    if isinstance(error, FetchRefusedError) or is_forbidden(error):
        return FetchRefusedError("The address is not public.")
    if isinstance(error, TimeoutError):
        return FetchTimedOutError("The site did not answer in time.")
    if isinstance(error, aiohttp.ClientConnectorCertificateError | aiohttp.ClientSSLError):
        return FetchFailedError("The site's certificate is not valid.")
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return FetchFailedError("There is no site of this name.")
    if isinstance(error, aiohttp.ClientConnectorError):
        return FetchFailedError("The site does not take connections.")
    return FetchFailedError("The site broke off or sent what cannot be read.")
