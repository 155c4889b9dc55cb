"""Get a public resource of the web."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Protocol

Headers = Sequence[tuple[str, str]]
"""Names and values in order. Bytes that are not UTF-8 are surrogates, as `surrogateescape` makes them."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A whole small resource. `url` is where redirects ended; `content_type` as sent, lower case."""

    url: str
    status: int
    content_type: str
    body: bytes


class Fetch(Protocol):
    """Guarded GETs: only public addresses, checked after DNS, at connecting and at each redirect (P5)."""

    async def get(self, url: str, max_body_bytes: int) -> Fetched:
        """GET a resource. Raises FetchRefusedError or FetchFailedError."""


class Post(Protocol):
    """Guarded POSTs to receivers of webhooks (R21, P5)."""

    def refusal_of(self, url: str) -> str | None:
        """Say why an address must not even be tried, without looking up its name; or None."""

    async def post(self, url: str, headers: dict[str, str], body: bytes) -> int:
        """POST and return the status; redirects are not followed. Raises FetchRefusedError or FetchFailedError."""


@dataclass(frozen=True, slots=True)
class UpstreamRequest:
    """A request to a site. `url` is sent as it is; `body` is streamed, with the Content-Length that `headers` give."""

    method: str
    url: str
    headers: Headers
    body: AsyncIterator[bytes] | None = None


class UpstreamAnswer(Protocol):
    """A site's answer, whose body is still to come."""

    @property
    def status(self) -> int:
        """The status; redirects are not followed."""

    @property
    def headers(self) -> Headers:
        """As sent."""

    def chunks(self) -> AsyncGenerator[bytes]:
        """The body as it arrives, still packed. Raises FetchFailedError when it breaks off."""

    def close(self) -> None:
        """Let go of the connection; it is kept for others only if the body was read to its end."""


class UpstreamSocket(Protocol):
    """An open WebSocket to a site."""

    @property
    def protocol(self) -> str | None:
        """The subprotocol that the site chose."""

    async def receive(self) -> str | bytes | None:
        """The next message; None when it is closed, then `closed_with` tells how."""

    async def send(self, message: str | bytes) -> None:
        """Send a message. Raises FetchFailedError when it cannot be."""

    @property
    def closed_with(self) -> tuple[int, str]:
        """Code and reason."""

    async def close(self, code: int, reason: str) -> None:
        """Close; does nothing when closed."""


class Upstream(Protocol):
    """Guarded requests of any kind: only public addresses, checked after DNS and at connecting (P5)."""

    def refusal_of(self, url: str) -> str | None:
        """Say why an address must not even be tried, without looking up its name; or None."""

    async def open(self, request: UpstreamRequest) -> UpstreamAnswer:
        """Send a request. Raises FetchRefusedError, FetchTimedOutError or FetchFailedError."""

    async def connect(self, url: str, headers: Headers, protocols: Sequence[str]) -> UpstreamSocket:
        """Open a WebSocket. Raises as `open` does, and FetchFailedError when the site does not take it."""
