"""The ASGI app of proxied hosts: one request of a browser, its answer, and what is counted of it."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from typing import Final

import structlog
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from twinpane.actions.browse import Asked, Desk, Shown, admit, browse, recognise
from twinpane.actions.page_again import show_again
from twinpane.errors import BrowsingError, FetchFailedError, RateLimitedError
from twinpane.live.browsing import Browsing
from twinpane.rewrite.address import Site, decode_host, sid_of
from twinpane.web.bundles import Bundles
from twinpane.web.proxy_head import head_for, status_for
from twinpane.web.proxy_pages import ours, problem_page
from twinpane.web.proxy_request import Incoming, cookies_of, headers_of, host_of, target_of
from twinpane.web.proxy_reserved import MAX_BODY_BYTES, PAGE_AGAIN, PREFIX, Reserved
from twinpane.web.proxy_socket import ProxySocket

_log = structlog.get_logger(__name__)
# Of the hop, not of the site; TRACE would show scripts what they must not see.
_NEVER: Final = ("CONNECT", "TRACE", "TRACK")
_NOWHERE: Final = Site("https", "", 443)


class BrokenOffError(Exception):
    """The answer ends before its end; the connection must break so that the browser notices."""


class ProxyDoor:
    """Answers all requests whose Host is on the proxy's domain."""

    def __init__(self, desk: Desk, bundles: Bundles) -> None:
        """Take the rooms, and the built scripts."""
        self._desk = desk
        self._reserved = Reserved(desk, bundles)
        self._socket = ProxySocket(desk)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""
        if scope["type"] == "websocket":
            await self._socket(scope, receive, send)
            return
        asked = Asked(
            method=scope["method"], site=_NOWHERE, target="/", headers=headers_of(scope), cookies=cookies_of(scope)
        )
        outcome, options = "ok", self._desk.options
        try:
            if asked.method in _NEVER:
                raise BrowsingError("bad_request")
            if scope["path"] == "/robots.txt" and not asked.cookies:
                await ours(PlainTextResponse("User-agent: *\nDisallow: /\n"))(scope, receive, send)
                return
            browsing = self._find(scope, asked)
            await self._answer(browsing, asked, scope, receive, send)
        except BrowsingError as error:
            outcome = error.code
            page = problem_page(error, options.frame_ancestors, is_page=asked.is_page)
            await page(scope, receive, send)
        except BrokenOffError:
            outcome = "broken_off"
            await _break_off(scope, receive)
        except Exception:
            _log.exception("a proxied request was not answered")
            outcome = "internal"
            page = problem_page(BrowsingError("internal"), options.frame_ancestors, is_page=asked.is_page)
            await page(scope, receive, send)
        self._desk.browsings.figures.requests[outcome] += 1
        if asked.is_page:
            # Hosts only: paths and queries of a site may be secret.
            _log.info("proxied_page", sid=_sid_in(scope), host=asked.site.host, method=asked.method, outcome=outcome)

    def _find(self, scope: Scope, asked: Asked) -> Browsing:
        """The session and site that the Host names; fills in `asked`. Raises BrowsingError."""
        host = host_of(scope)
        if host is None:
            raise BrowsingError("bad_request")
        sid = sid_of(self._desk.base, host)
        browsing = self._desk.browsings.get(sid) if sid else None
        if browsing is None:
            raise BrowsingError("ended" if sid and self._desk.browsings.has_ended(sid) else "unknown_host")
        found = decode_host(self._desk.base, host, browsing.aliases)
        if found is None:
            raise BrowsingError("unknown_host")
        asked.site, asked.target = found[1], target_of(scope)
        return browsing

    async def _answer(self, browsing: Browsing, asked: Asked, scope: Scope, receive: Receive, send: Send) -> None:
        options = self._desk.options
        if asked.target.startswith(PAGE_AGAIN):
            await self._show_again(browsing, asked, Incoming(scope, receive, options.max_page_bytes), send)
            return
        is_reserved = asked.target.startswith(PREFIX)
        incoming = Incoming(scope, receive, MAX_BODY_BYTES if is_reserved else options.max_upload_bytes)
        if is_reserved:
            recognise(browsing, asked)
            body = b"".join([chunk async for chunk in incoming.chunks()]) if incoming.has_body else b""
            await ours(self._reserved.answer(browsing, asked, body))(scope, receive, send)
            return
        admit(self._desk, browsing, asked)
        try:
            with self._desk.browsings.request(browsing):
                await self._relay(browsing, asked, incoming, send)
        except RateLimitedError as error:
            raise BrowsingError("too_many_requests", retry_after_s=error.retry_after_s) from error
        except BrowsingError as error:
            raise BrowsingError("too_large") if incoming.is_too_large else error from None

    async def _show_again(self, browsing: Browsing, asked: Asked, incoming: Incoming, send: Send) -> None:
        """Answer the shim in a site's service worker."""
        recognise(browsing, asked)
        if not asked.has_cookie or asked.header("sec-fetch-site") not in ("same-origin", ""):
            raise BrowsingError("no_cookie")
        asked.body = incoming.chunks()
        await self._pass_on(browsing, await show_again(self._desk, browsing, asked), send)

    async def _relay(self, browsing: Browsing, asked: Asked, incoming: Incoming, send: Send) -> None:
        """Ask the site and pass its answer on, as long as the browser is there and the session lasts."""
        if incoming.has_body:
            asked.body = incoming.chunks()
        work = asyncio.current_task()
        assert work is not None  # noqa: S101 - we are in one
        watching = asyncio.create_task(_cancel_when_gone(incoming, work))
        is_over = False

        def hang_up() -> None:
            nonlocal is_over
            is_over = True
            work.cancel()

        try:
            with browsing.hanging_up(hang_up):
                shown = await browse(self._desk, browsing, asked)
                await self._pass_on(browsing, shown, send)
        except asyncio.CancelledError:
            if not (incoming.is_gone or is_over):
                raise
            work.uncancel()
            if is_over and not incoming.is_gone:
                raise BrokenOffError from None
        finally:
            watching.cancel()
            browsing.traffic.bytes_up += incoming.byte_count
            self._desk.browsings.figures.bytes_up += incoming.byte_count

    async def _pass_on(self, browsing: Browsing, shown: Shown, send: Send) -> None:
        left = self._desk.options.max_response_bytes
        await send({"type": "http.response.start", "status": status_for(shown), "headers": head_for(shown)})
        try:
            async with aclosing(shown.chunks) as chunks:
                async for chunk in chunks:
                    left -= len(chunk)
                    if left < 0:
                        raise BrokenOffError
                    await send({"type": "http.response.body", "body": chunk, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
        except (FetchFailedError, BrowsingError) as error:
            raise BrokenOffError from error
        except Exception as error:
            _log.exception("a proxied answer was not rewritten")
            raise BrokenOffError from error
        finally:
            shown.close()
            passed = self._desk.options.max_response_bytes - left
            browsing.traffic.bytes_down += passed
            self._desk.browsings.figures.bytes_down += passed


def _sid_in(scope: Scope) -> str:
    """The session that a request named, for the log: what comes before the first hyphen, if it looks like one."""
    name = (host_of(scope) or "").partition("-")[0]
    return name if len(name) == 12 and name.isalnum() else "-"


async def _cancel_when_gone(incoming: Incoming, work: asyncio.Task[None]) -> None:
    await incoming.gone()
    work.cancel()


async def _break_off(scope: Scope, receive: Receive) -> None:
    """Close the connection before the answer's end, which is how HTTP/1.1 tells that it is not whole."""
    scope["extensions"]["twinpane.abort"]()
    while (await receive())["type"] != "http.disconnect":
        pass
