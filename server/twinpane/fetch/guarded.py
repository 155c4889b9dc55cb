"""Fetch by aiohttp, never from an address that is not public (P5)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import aiohttp
from yarl import URL

from twinpane.errors import FetchFailedError, FetchRefusedError
from twinpane.fetch.addresses import Guard
from twinpane.fetch.connecting import Connecting, is_forbidden
from twinpane.ports.fetch import Fetched

MAX_REDIRECTS: Final = 5
TIMEOUT: Final = aiohttp.ClientTimeout(total=10.0, connect=5.0)
CHUNK_BYTES: Final = 64 * 1024
HEADERS: Final = {"User-Agent": "Mozilla/5.0 (compatible; Twinpane)", "Accept": "*/*"}


class GuardedFetch:
    """See `ports.fetch.Fetch`. Open it with `async with`, or `close` it at the end."""

    def __init__(self, guard: Guard | Iterable[str] = (), connecting: Connecting | None = None) -> None:
        """Take a guard, or hosts and networks that may be fetched although they are not public."""
        self._guard = guard if isinstance(guard, Guard) else Guard(guard)
        self._connecting = connecting or Connecting(self._guard)
        self._sessions: dict[bool, aiohttp.ClientSession] = {}

    async def close(self) -> None:
        """Close the connections that are kept."""
        for session in self._sessions.values():
            await session.close()

    async def __aenter__(self) -> GuardedFetch:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def get(self, url: str, max_body_bytes: int) -> Fetched:
        """GET a resource, following up to 5 redirects, each checked anew.

        Raises FetchRefusedError for an address that must not be fetched, FetchFailedError for everything else.
        """
        try:
            target = URL(url)
            for _ in range(MAX_REDIRECTS + 1):
                answer = await self._get_one(target, max_body_bytes)
                if isinstance(answer, Fetched):
                    return answer
                target = answer
        except (TimeoutError, aiohttp.ClientError, OSError, ValueError) as error:
            if is_forbidden(error):
                raise FetchRefusedError("The address is not public.") from error
            raise FetchFailedError(f"The address did not answer: {type(error).__name__}.") from error
        raise FetchFailedError("The address redirects too often.")

    async def _get_one(self, target: URL, max_body_bytes: int) -> Fetched | URL:
        if (why := self._guard.refusal_of(target)) is not None:
            raise FetchRefusedError(why)
        session = self._session_for(target.host or "")
        async with session.get(target, allow_redirects=False, headers=HEADERS) as response:
            location = response.headers.get("Location")
            if response.status in (301, 302, 303, 307, 308) and location is not None:
                return target.join(URL(location))
            body = await _read(response, max_body_bytes)
            content_type = response.headers.get("Content-Type", "").lower()
            return Fetched(str(target), response.status, content_type, body)

    def _session_for(self, host: str) -> aiohttp.ClientSession:
        named = self._guard.allows_host(host)
        session = self._sessions.get(named)
        if session is None:
            session = self._sessions[named] = aiohttp.ClientSession(
                connector=self._connecting.connector(named=named), cookie_jar=aiohttp.DummyCookieJar(), timeout=TIMEOUT
            )
        return session


async def _read(response: aiohttp.ClientResponse, max_body_bytes: int) -> bytes:
    if (response.content_length or 0) > max_body_bytes:
        raise FetchFailedError("The resource is too large.")
    body = bytearray()
    async for chunk in response.content.iter_chunked(CHUNK_BYTES):
        body += chunk
        if len(body) > max_body_bytes:
            raise FetchFailedError("The resource is too large.")
    return bytes(body)
