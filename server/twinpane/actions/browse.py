"""Answer one request to a proxied host (P3, P4, P5)."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from twinpane.access.hosts import host_allowed
from twinpane.actions.browse_heads import answer_head, request_head, take_cookies
from twinpane.actions.rewrite_body import Rewriting, body_for, rewriting_of, typed
from twinpane.errors import (
    BrowsingCode,
    BrowsingError,
    FetchFailedError,
    FetchRefusedError,
    FetchTimedOutError,
    RateLimitedError,
)
from twinpane.live.browsing import Browsing, Browsings
from twinpane.ports.fetch import Headers, Upstream, UpstreamAnswer, UpstreamRequest
from twinpane.ports.world import Clock
from twinpane.rewrite.address import ProxyBase, Site

_PAGE_DESTINATIONS: Final = ("document", "iframe", "frame", "embed", "object")


@dataclass(frozen=True, slots=True, kw_only=True)
class BrowseOptions:
    """What the operator can set about proxied requests, and the names of the built scripts."""

    frame_ancestors: tuple[str, ...] = ("*",)
    max_upload_bytes: int = 4 << 30
    max_response_bytes: int = 4 << 30
    max_page_bytes: int = 20_000_000
    shim: str = "shim.js"
    worker: str = "worker.js"

    @property
    def etag_mark(self) -> str:
        """What the tags of rewritten bodies end in: another one when we rewrite otherwise."""
        return f";tp-{self.shim}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The rooms behind proxied requests."""

    browsings: Browsings
    upstream: Upstream
    clock: Clock
    base: ProxyBase
    options: BrowseOptions = field(default_factory=BrowseOptions)


@dataclass(slots=True, kw_only=True)
class Asked:
    """A request of the browser. `target` is path and query as sent; header names are in lower case."""

    method: str
    site: Site
    target: str
    headers: Headers
    cookies: Sequence[tuple[str, str]]
    body: AsyncIterator[bytes] | None = None
    has_cookie: bool = False
    """Whether the session's cookie came along; `recognise` finds out. It stands for the browser's credentials mode."""

    def header(self, name: str) -> str:
        """The first header of this name, or nothing."""
        return next((value for each, value in self.headers if each == name), "")

    @property
    def destination(self) -> str:
        """What the browser wants it for; guessed for browsers that do not say."""
        return self.header("sec-fetch-dest") or ("document" if "text/html" in self.header("accept") else "empty")

    @property
    def is_page(self) -> bool:
        """Whether this is a navigation, not a fetch of something for a page."""
        mode = self.header("sec-fetch-mode")
        return self.destination in _PAGE_DESTINATIONS and mode in ("navigate", "")


@dataclass(slots=True)
class Shown:
    """What the browser gets. `close` when the chunks were not read to their end."""

    status: int
    headers: Headers
    chunks: AsyncGenerator[bytes]
    close: Callable[[], None]


def recognise(browsing: Browsing, asked: Asked) -> None:
    """See whether the session's cookie came along."""
    names = (f"tps_{browsing.sid}", f"tpl_{browsing.sid}")
    asked.has_cookie = browsing.knows_cookie(*(value for name, value in asked.cookies if name in names))


def admit(desk: Desk, browsing: Browsing, asked: Asked) -> None:
    """Let a request in, or raise BrowsingError.

    Pages need the session's cookie; what pages load without credentials does not have it, and gets none of the jar's.
    Browsers say what such a request is for; crawlers do not, and get nothing.
    """
    recognise(browsing, asked)
    if not asked.has_cookie and (asked.is_page or not asked.header("sec-fetch-mode")):
        raise BrowsingError("no_cookie")
    if asked.is_page and not host_allowed(asked.site.host, browsing.wanted.allowed_hosts):
        raise BrowsingError("not_allowed", asked.site.host)
    if not asked.has_cookie:
        try:
            desk.browsings.take_without_cookie(browsing)
        except RateLimitedError as error:
            raise BrowsingError("too_many_requests", retry_after_s=error.retry_after_s) from error


async def browse(desk: Desk, browsing: Browsing, asked: Asked) -> Shown:
    """Ask the site what the browser asked us, keep its cookies, and return its answer with our addresses in it.

    Redirects go back to the browser. Raises BrowsingError.
    """
    now = desk.clock.now()
    browsing.traffic.note_host(asked.site.host)
    url = f"{asked.site.origin}{asked.target}"
    answer = await _opened(
        desk, UpstreamRequest(asked.method, url, request_head(desk, browsing, asked, now), asked.body)
    )
    try:
        if answer.status < 200:
            raise BrowsingError("unreachable")
        if _length_of(answer) > desk.options.max_response_bytes:
            raise BrowsingError("too_large")
        if asked.has_cookie:
            take_cookies(desk, browsing, asked, answer, now)
        kind = rewriting_of(asked, answer)
        rewriting = Rewriting(desk, browsing, asked, answer, now)
        coding = rewriting.coding if kind else "identity"
        headers = answer_head(desk, browsing, asked, answer, rewritten=kind is not None, coding=coding)
        if kind is not None and answer.status != 304:
            headers = typed(headers, kind)
        chunks = await body_for(kind, rewriting)
    except FetchFailedError as error:
        answer.close()
        raise BrowsingError(code_of(error), str(error)) from error
    except BaseException:
        answer.close()
        raise
    return Shown(answer.status, headers, chunks, answer.close)


def _length_of(answer: UpstreamAnswer) -> int:
    said = next((value for name, value in answer.headers if name.lower() == "content-length"), "")
    return int(said) if said.isascii() and said.isdigit() else 0


async def _opened(desk: Desk, request: UpstreamRequest) -> UpstreamAnswer:
    try:
        return await desk.upstream.open(request)
    except (FetchRefusedError, FetchFailedError) as error:
        raise BrowsingError(code_of(error), str(error)) from error


def code_of(error: FetchRefusedError | FetchFailedError) -> BrowsingCode:
    """The code for a site that we could not ask."""
    if isinstance(error, FetchRefusedError):
        return "blocked"
    return "timeout" if isinstance(error, FetchTimedOutError) else "unreachable"
