"""Rewrite a page that the site's own service worker answers a navigation with (P3).

What a worker fetches, keeps and makes up is as the site knows it: bodies that scripts fetch pass untouched. So a page
gets its addresses and the shim only when the worker answers with it. The shim in the worker sends it here and passes on
what comes back.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qs

from twinpane.actions.browse import Asked, Desk, Shown
from twinpane.actions.browse_heads import answer_head
from twinpane.actions.rewrite_body import Rewriting, body_for, typed
from twinpane.errors import BrowsingError
from twinpane.live.browsing import Browsing
from twinpane.ports.fetch import Headers

_OURS: Final = b"<script>self.__tp$="
_LOOK_BYTES: Final = 4_096
_DESTINATIONS: Final = ("document", "iframe", "frame", "embed", "object")


@dataclass(frozen=True, slots=True)
class _Given:
    """The worker's answer, in the place of the site's."""

    headers: Headers
    first: bytes
    rest: AsyncIterator[bytes]
    status: int = 200

    async def chunks(self) -> AsyncGenerator[bytes]:
        """The page as it arrives."""
        yield self.first
        async for chunk in self.rest:
            yield chunk

    def close(self) -> None:
        """Nothing is held."""


async def show_again(desk: Desk, browsing: Browsing, asked: Asked) -> Shown:
    """Return the page in the request's body for the browser. Query: `to`, its path; `for`, its destination.

    A page that is rewritten already (some browsers let a worker fetch as a navigation does) comes back as it is.
    Raises BrowsingError.
    """
    query = parse_qs(asked.target.partition("?")[2])
    target, destination = query.get("to", [""])[0], query.get("for", [""])[0]
    if asked.method != "POST" or asked.body is None or not target.startswith("/") or destination not in _DESTINATIONS:
        raise BrowsingError("bad_request")
    replaced = ("sec-fetch-dest", "sec-fetch-mode", "content-type", "content-length", "origin")
    headers = [each for each in asked.headers if each[0] not in replaced]
    headers += [("sec-fetch-dest", destination), ("sec-fetch-mode", "navigate")]
    page = Asked(method="GET", site=asked.site, target=target, headers=headers, cookies=asked.cookies, has_cookie=True)
    first = await _beginning(asked.body)
    given = _Given([("Content-Type", asked.header("content-type") or "text/html")], first, asked.body)
    rewriting = Rewriting(desk, browsing, page, given, desk.clock.now())
    head = typed(answer_head(desk, browsing, page, given, rewritten=True, coding="identity"), "page")
    chunks = given.chunks() if _OURS in first else await body_for("page", rewriting)
    return Shown(200, head, chunks, given.close)


async def _beginning(body: AsyncIterator[bytes]) -> bytes:
    """Read until there is enough to see whether the page is ours."""
    first = b""
    while len(first) < _LOOK_BYTES and (chunk := await anext(body, b"")):
        first += chunk
    return first
