"""WebSockets of proxied pages: the same host, origin, cookies, subprotocol, messages and close as without us."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

from starlette.types import Receive, Scope, Send

from twinpane.actions.browse import Asked, Desk, code_of, recognise
from twinpane.actions.browse_heads import request_head
from twinpane.errors import BrowsingError, FetchFailedError, FetchRefusedError, RateLimitedError
from twinpane.live.browsing import Browsing
from twinpane.live.browsing_figures import BrowsingFigures, Traffic
from twinpane.ports.fetch import UpstreamSocket
from twinpane.rewrite.address import decode_host, sid_of
from twinpane.web.proxy_request import cookies_of, headers_of, host_of, target_of

_STATUS: Final = {"blocked": 403, "no_cookie": 403, "too_many_requests": 429, "unknown_host": 404, "timeout": 504}
_SENDABLE: Final = frozenset({1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014})


class ProxySocket:
    """Answers upgrades for proxied hosts."""

    def __init__(self, desk: Desk) -> None:
        """Take the rooms."""
        self._desk = desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Connect the browser to the site, and carry messages both ways until one of them closes."""
        await receive()
        outcome = "ok"
        try:
            await self._connect(scope, receive, send)
        except BrowsingError as error:
            outcome = error.code
            status = _STATUS.get(error.code, 502)
            headers = [(b"x-twinpane-error", error.code.encode()), (b"content-type", b"text/plain")]
            await send({"type": "websocket.http.response.start", "status": status, "headers": headers})
            await send({"type": "websocket.http.response.body", "body": b""})
        self._desk.browsings.figures.requests[outcome] += 1

    async def _connect(self, scope: Scope, receive: Receive, send: Send) -> None:
        browsing, asked = self._find(scope)
        try:
            with self._desk.browsings.socket(browsing):
                url = f"{asked.site.origin.replace('http', 'ws', 1)}{asked.target}"
                head = request_head(self._desk, browsing, asked, self._desk.clock.now())
                upstream = await self._desk.upstream.connect(url, head, scope["subprotocols"])
                await send({"type": "websocket.accept", "subprotocol": upstream.protocol, "headers": []})
                await _carry((browsing.traffic, self._desk.browsings.figures), browsing, upstream, receive, send)
        except RateLimitedError as error:
            raise BrowsingError("too_many_requests") from error
        except (FetchRefusedError, FetchFailedError) as error:
            raise BrowsingError(code_of(error), str(error)) from error

    def _find(self, scope: Scope) -> tuple[Browsing, Asked]:
        host = host_of(scope) or ""
        sid = sid_of(self._desk.base, host)
        browsing = self._desk.browsings.get(sid) if sid else None
        found = decode_host(self._desk.base, host, browsing.aliases) if browsing else None
        if browsing is None or found is None:
            raise BrowsingError("unknown_host")
        asked = Asked(
            method="GET",
            site=found[1],
            target=target_of(scope),
            headers=[*headers_of(scope), ("sec-fetch-dest", "websocket")],
            cookies=cookies_of(scope),
        )
        recognise(browsing, asked)
        # Browsers always send cookies with WebSockets. Without it anybody could relay through us.
        if not asked.has_cookie:
            raise BrowsingError("no_cookie")
        return browsing, asked


async def _carry(
    counts: tuple[Traffic, BrowsingFigures], browsing: Browsing, upstream: UpstreamSocket, receive: Receive, send: Send
) -> None:
    """Carry messages both ways; whichever side ends first ends the other, with its code and reason."""

    async def down() -> None:
        while (message := await upstream.receive()) is not None:
            for count in counts:
                count.bytes_down += len(message)
            kind = "text" if isinstance(message, str) else "bytes"
            await send({"type": "websocket.send", kind: message})
        code, reason = upstream.closed_with
        # 1005 and 1006 tell of a close, they are not sent: an empty close gives the same to the page.
        await send({"type": "websocket.close", "code": code if _may_send(code) else 1011, "reason": reason})

    async def up() -> None:
        while (event := await receive())["type"] == "websocket.receive":
            text = event.get("text")
            data = text if text is not None else event["bytes"]
            for count in counts:
                count.bytes_up += len(data)
            await upstream.send(data)
        code = event.get("code", 1005)
        await upstream.close(code if _may_send(code) else 1000, event.get("reason") or "")

    await _first_of(browsing, down, up)
    await upstream.close(1001, "")


async def _first_of(browsing: Browsing, *ways: Callable[[], Awaitable[None]]) -> None:
    tasks = [asyncio.ensure_future(way()) for way in ways]

    def hang_up() -> None:
        for task in tasks:
            task.cancel()

    try:
        with browsing.hanging_up(hang_up):
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        hang_up()
        await asyncio.gather(*tasks, return_exceptions=True)


def _may_send(code: int) -> bool:
    return code in _SENDABLE or 3000 <= code <= 4999
