"""POST to receivers of webhooks, never to an address that is not public (R21, P5)."""

from __future__ import annotations

from typing import Final

import aiohttp
from yarl import URL

from twinpane.errors import FetchFailedError, FetchRefusedError
from twinpane.fetch.addresses import Guard
from twinpane.fetch.connecting import Connecting, is_forbidden

TIMEOUT: Final = aiohttp.ClientTimeout(total=15.0, connect=5.0)
_READ_BYTES: Final = 64 * 1024


class GuardedPost:
    """See `ports.fetch.Post`. `close` it at the end."""

    def __init__(self, guard: Guard, connecting: Connecting | None = None) -> None:
        """Take what may be connected to."""
        self._guard = guard
        self._connecting = connecting or Connecting(guard)
        self._sessions: dict[bool, aiohttp.ClientSession] = {}

    async def close(self) -> None:
        """Close the connections that are kept."""
        for session in self._sessions.values():
            await session.close()

    def refusal_of(self, url: str) -> str | None:
        """Say why an address must not even be tried, without looking up its name; or None."""
        try:
            target = URL(url)
        except ValueError:
            return "This is not a web address."
        return self._guard.refusal_of(target) or self._guard.refusal_of_literal(target.host or "")

    async def post(self, url: str, headers: dict[str, str], body: bytes) -> int:
        """POST and return the status. Raises FetchRefusedError or FetchFailedError."""
        if (why := self.refusal_of(url)) is not None:
            raise FetchRefusedError(why)
        try:
            target = URL(url)
            session = self._session_for(target.host or "")
            async with session.post(target, data=body, headers=headers, allow_redirects=False) as response:
                # Read a little, so that the connection can serve again; what it says is of no use.
                await response.content.read(_READ_BYTES)
                return response.status
        except (TimeoutError, aiohttp.ClientError, OSError, ValueError) as error:
            if is_forbidden(error):
                raise FetchRefusedError("The address is not public.") from error
            raise FetchFailedError(f"The address did not answer: {type(error).__name__}.") from error

    def _session_for(self, host: str) -> aiohttp.ClientSession:
        named = self._guard.allows_host(host)
        session = self._sessions.get(named)
        if session is None:
            session = self._sessions[named] = self._connecting.session(named=named, timeout=TIMEOUT)
        return session
