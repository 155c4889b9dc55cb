"""Choose by Host: hosts of proxied sites go to the proxy, all others to the API and its pages (P4)."""

from __future__ import annotations

import asyncio
from typing import Any, Final

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

MAX_HEAD_BYTES: Final = 65_536
_SOCKET: Final = b"websocket"


class ByHost:
    """The ASGI app of a server with a proxy domain."""

    def __init__(self, proxy: ASGIApp, others: ASGIApp, domain: str) -> None:
        """Take both apps, and the proxy's domain without port."""
        self._proxy = proxy
        self._others = others
        self._is_proxied = is_proxied(domain)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on."""
        app = self._proxy if self._is_proxied(scope.get("headers", ())) else self._others
        await app(scope, receive, send)


class is_proxied:  # noqa: N801 - used as a function
    """Tells whether a request with these headers is for a proxied host. One bad Host among several is enough."""

    def __init__(self, domain: str) -> None:
        """Take the proxy's domain without port."""
        self._domain = domain.encode()
        self._below = b"." + self._domain

    def __call__(self, headers: Any) -> bool:
        """Look at all Host headers."""
        hosts = [value.lower().partition(b":")[0].rstrip(b".") for name, value in headers if name == b"host"]
        return any(host == self._domain or host.endswith(self._below) for host in hosts)


def make_http(door: type[asyncio.Protocol], domain: str | None) -> type[asyncio.Protocol]:
    """Return uvicorn's HTTP protocol with a bound on heads and a choice of WebSocket doors.

    Upgrades for proxied hosts are uvicorn's own matter and reach the ASGI app; all others are `door`'s.
    """
    proxied = is_proxied(domain) if domain else None

    class Http(HttpToolsProtocol):
        """One connection."""

        def on_message_begin(self) -> None:
            super().on_message_begin()
            self._head_bytes = 0
            self.scope["extensions"] = {"twinpane.abort": self.transport.abort}  # type: ignore[dict-item]

        def on_url(self, url: bytes) -> None:
            super().on_url(url)
            self._count(len(url))

        def on_header(self, name: bytes, value: bytes) -> None:
            super().on_header(name, value)
            self._count(len(name) + len(value))

        def on_headers_complete(self) -> None:
            hosts = sum(name == b"host" for name, _ in self.headers)
            if hosts > 1 or (hosts == 0 and self.parser.get_http_version() != "1.0"):
                raise ValueError("not one host")
            super().on_headers_complete()

        def handle_websocket_upgrade(self) -> None:
            is_ours = proxied is None or not proxied(self.headers)
            self.ws_protocol_class = door if is_ours else WebSocketsSansIOProtocol
            super().handle_websocket_upgrade()

        def _count(self, byte_count: int) -> None:
            self._head_bytes += byte_count
            if self._head_bytes > MAX_HEAD_BYTES:
                raise ValueError("the head is too large")

    return Http
