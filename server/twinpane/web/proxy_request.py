"""A request to a proxied host, as ASGI hands it over."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from starlette.types import Receive, Scope

from twinpane.errors import BrowsingError

Headers = list[tuple[str, str]]


def headers_of(scope: Scope) -> Headers:
    """Names in lower case, values losslessly as text."""
    return [
        (name.decode("ascii", "replace"), value.decode("utf-8", "surrogateescape")) for name, value in scope["headers"]
    ]


def host_of(scope: Scope) -> str | None:
    """The one Host header; None if there is none, or several."""
    hosts = [value for name, value in scope["headers"] if name == b"host"]
    return hosts[0].decode("latin-1").lower() if len(hosts) == 1 else None


def target_of(scope: Scope) -> str:
    """Path and query, byte for byte."""
    path: str = scope["raw_path"].decode("latin-1")
    query: str = scope["query_string"].decode("latin-1")
    return f"{path}?{query}" if query else path


def cookies_of(scope: Scope) -> list[tuple[str, str]]:
    """The browser's own cookies, which are all ours."""
    headers = (value.decode("latin-1") for name, value in scope["headers"] if name == b"cookie")
    pairs = (pair.strip().partition("=") for header in headers for pair in header.split(";"))
    return [(name, value) for name, _, value in pairs]


class Incoming:
    """The body of a request, and whether the browser is still there."""

    def __init__(self, scope: Scope, receive: Receive, max_bytes: int) -> None:
        """Refuse a body that says it is too large."""
        headers = dict(scope["headers"])
        length = headers.get(b"content-length", b"0")
        if not length.isdigit():
            raise BrowsingError("bad_request")
        if int(length) > max_bytes:
            raise BrowsingError("too_large")
        self.has_body = length != b"0" or b"transfer-encoding" in headers
        self.byte_count = 0
        self.is_gone = False
        self.is_too_large = False
        self._receive = receive
        self._left = max_bytes
        self._read = asyncio.Event()
        if not self.has_body:
            self._read.set()

    async def chunks(self) -> AsyncIterator[bytes]:
        """The body as it arrives. Raises when the browser goes: the site must not take a part for the whole."""
        more = True
        while more:
            message = await self._receive()
            if message["type"] == "http.disconnect":
                self.is_gone = True
                raise ConnectionResetError
            body = message.get("body", b"")
            self.byte_count += len(body)
            self._left -= len(body)
            if self._left < 0:
                self.is_too_large = True
                raise BrowsingError("too_large")
            more = message.get("more_body", False)
            if body:
                yield body
        self._read.set()

    async def gone(self) -> None:
        """Return when the browser has gone."""
        await self._read.wait()
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self.is_gone = True
