"""Fetch by aiohttp, never from an address that is not public (P5)."""

from __future__ import annotations

import socket
from collections.abc import Iterable
from typing import Any, Final

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver
from yarl import URL

from twinpane.errors import FetchFailedError, FetchRefusedError
from twinpane.fetch.addresses import Guard
from twinpane.ports.fetch import Fetched

MAX_REDIRECTS: Final = 5
TIMEOUT: Final = aiohttp.ClientTimeout(total=10.0, connect=5.0)
CHUNK_BYTES: Final = 64 * 1024
HEADERS: Final = {"User-Agent": "Mozilla/5.0 (compatible; Twinpane)", "Accept": "*/*"}


class _ForbiddenAddressError(OSError):
    """A name led to an address that must not be connected to."""


class _GuardedResolver(AbstractResolver):
    """Resolves names to allowed addresses only."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._inner = ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        found = await self._inner.resolve(host, port, family)
        allowed = [result for result in found if self._guard.allows_address(result["host"])]
        if not allowed:
            raise _ForbiddenAddressError(f"{host} is not public")
        return allowed

    async def close(self) -> None:
        await self._inner.close()


class GuardedFetch:
    """See `ports.fetch.Fetch`. Open it with `async with`, or `close` it at the end."""

    def __init__(self, allow: Iterable[str] = ()) -> None:
        """Take hosts and networks that may be fetched although they are not public."""
        self._guard = Guard(allow)
        self._guarded: aiohttp.ClientSession | None = None
        self._free: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        """Close the connections that are kept."""
        for session in (self._guarded, self._free):
            if session is not None:
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
            if _is_forbidden(error):
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
        if self._guard.allows_host(host):
            self._free = self._free or _session(aiohttp.TCPConnector())
            return self._free
        if self._guarded is None:
            resolver = _GuardedResolver(self._guard)
            # Cached names would be connected to unchecked only without the socket factory; both look each time.
            connector = aiohttp.TCPConnector(resolver=resolver, socket_factory=self._socket)
            self._guarded = _session(connector)
        return self._guarded

    def _socket(self, address: Any) -> socket.socket:
        """Look at the address that is really connected to: no name, cache or rebinding comes after this."""
        family, kind, protocol, _, where = address
        if not self._guard.allows_address(where[0]):
            raise _ForbiddenAddressError(f"{where[0]} is not public")
        return socket.socket(family, kind, protocol)


def _session(connector: aiohttp.TCPConnector) -> aiohttp.ClientSession:
    return aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar(), timeout=TIMEOUT)


async def _read(response: aiohttp.ClientResponse, max_body_bytes: int) -> bytes:
    if (response.content_length or 0) > max_body_bytes:
        raise FetchFailedError("The resource is too large.")
    body = bytearray()
    async for chunk in response.content.iter_chunked(CHUNK_BYTES):
        body += chunk
        if len(body) > max_body_bytes:
            raise FetchFailedError("The resource is too large.")
    return bytes(body)


def _is_forbidden(error: BaseException | None) -> bool:
    """Whether our own refusal is what lies behind an error of the library."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        if isinstance(error, _ForbiddenAddressError):
            return True
        inner = getattr(error, "os_error", None)
        if isinstance(error, BaseExceptionGroup):
            return any(_is_forbidden(each) for each in error.exceptions)
        error = inner or error.__cause__ or error.__context__
    return False
