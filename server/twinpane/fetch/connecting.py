"""Connect to allowed addresses only: looked at after DNS, and again at the socket (P5)."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

from twinpane.fetch.addresses import Guard

_MAX_HEAD_BYTES: Final = 65_536


class ForbiddenAddressError(OSError):
    """A name led to an address that must not be connected to."""


class GuardedResolver(AbstractResolver):
    """Resolves names to allowed addresses only. One bad address among good ones spoils the answer."""

    def __init__(self, guard: Guard, inner: AbstractResolver | None = None) -> None:
        """Take what to allow, and another resolver than the system's."""
        self._guard = guard
        self._inner = inner or ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Resolve; raises ForbiddenAddressError."""
        if self._guard.is_own_host(host):
            raise ForbiddenAddressError(f"{host} is our own")
        found = await self._inner.resolve(host, port, family)
        if not self._guard.allows_host(host) and not all(self._guard.allows_address(each["host"]) for each in found):
            raise ForbiddenAddressError(f"{host} is not public")
        return found

    async def close(self) -> None:
        """Close the inner one."""
        await self._inner.close()


class ListedResolver(AbstractResolver):
    """Knows some names by a list, as a hosts file does; asks the system for the others."""

    def __init__(self, listed: Mapping[str, str]) -> None:
        """Take addresses by lower-case name; `*.name` stands for all below."""
        self._listed = listed
        self._inner = ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Resolve."""
        name = host.lower().rstrip(".")
        address = self._listed.get(name) or self._listed.get(f"*.{name.partition('.')[2]}")
        return await self._inner.resolve(address or host, port, family)

    async def close(self) -> None:
        """Close the inner one."""
        await self._inner.close()


class Connecting:
    """Makes connectors. Those for hosts that the operator named do not look at addresses, but for our own."""

    def __init__(self, guard: Guard, *, resolver: AbstractResolver | None = None, ca_file: Path | None = None) -> None:
        """Take the guard, another resolver than the system's, and certificates to trust besides the system's."""
        self._guard = guard
        self._resolver = resolver
        self._tls: ssl.SSLContext | bool = True
        if ca_file is not None:
            self._tls = ssl.create_default_context()
            self._tls.load_verify_locations(ca_file)

    def connector(self, *, named: bool) -> aiohttp.TCPConnector:
        """Make a connector; `named` is for hosts that the operator named."""
        return aiohttp.TCPConnector(
            resolver=GuardedResolver(self._guard, self._resolver),
            # A cached name could be connected to unlooked-at only without the socket factory.
            socket_factory=self._socket_to_named if named else self._socket,
            ssl=self._tls,
            limit=0,
        )

    def session(self, *, named: bool, timeout: aiohttp.ClientTimeout) -> aiohttp.ClientSession:
        """Make a client that keeps no cookies, unpacks nothing and adds nothing."""
        return aiohttp.ClientSession(
            connector=self.connector(named=named),
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=timeout,
            auto_decompress=False,
            skip_auto_headers=("User-Agent", "Accept", "Accept-Encoding", "Content-Type"),
            max_line_size=_MAX_HEAD_BYTES,
            max_field_size=_MAX_HEAD_BYTES,
            requote_redirect_url=False,
            trace_configs=[_no_redirects()],
        )

    def _socket(self, address: Any) -> socket.socket:
        """Look at the address that is really connected to: no name, cache or rebinding comes after this."""
        where = address[4]
        if not self._guard.allows_address(where[0]) or not self._guard.allows_port(where[1]):
            raise ForbiddenAddressError(f"{where[0]} is not public")
        return self._socket_to_named(address)

    def _socket_to_named(self, address: Any) -> socket.socket:
        family, kind, protocol, _, where = address
        if self._guard.is_own_address(where[0], where[1]):
            raise ForbiddenAddressError("this is ourselves")
        return socket.socket(family, kind, protocol)


def _no_redirects() -> aiohttp.TraceConfig:
    """The library follows redirects of WebSocket handshakes; browsers do not."""
    trace = aiohttp.TraceConfig()

    async def refuse(*_: object) -> None:
        raise aiohttp.ClientError("redirected")

    trace.on_request_redirect.append(refuse)
    return trace


def listed_hosts(entries: Iterable[str]) -> dict[str, str]:
    """Read `host=address` entries."""
    pairs = (entry.partition("=") for entry in entries)
    return {host.lower(): address for host, _, address in pairs}


def is_forbidden(error: BaseException | None) -> bool:
    """Whether our own refusal is what lies behind an error of the library."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        if isinstance(error, ForbiddenAddressError):
            return True
        inner = getattr(error, "os_error", None)
        if isinstance(error, BaseExceptionGroup):
            return any(is_forbidden(each) for each in error.exceptions)
        error = inner or error.__cause__ or error.__context__
    return False
