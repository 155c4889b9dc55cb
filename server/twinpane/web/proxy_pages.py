"""What a visitor sees when a proxied page cannot be shown: what happened, and how to go on."""

from __future__ import annotations

from html import escape
from typing import Final

from starlette.responses import PlainTextResponse, Response

from twinpane.errors import BrowsingCode, BrowsingError
from twinpane.web.csp import NOTHING, page_in
from twinpane.web.documents import html_page, words_page

_ASK: Final = "Ask whoever sent you here for a new link."
_TELLS: Final[dict[BrowsingCode, tuple[int, str, str]]] = {
    "bad_request": (400, "This request cannot be read", "Your browser sent something that this server does not take."),
    "unknown_host": (404, "There is nothing at this address", f"No shared browsing runs under it. {_ASK}"),
    "ended": (410, "This shared browsing has ended", f"It was open for a limited time, which is over. {_ASK}"),
    "no_cookie": (
        403,
        "This page is not open to this browser",
        f"It is part of another shared browsing. {_ASK}",
    ),
    "not_allowed": (403, "This site is not part of the shared browsing", "Go back, or open the site by itself."),
    "start_link_used": (410, "This link cannot be opened", f"Each link opens once, within five minutes. {_ASK}"),
    "blocked": (403, "This address is not opened", "Only public web sites are opened here."),
    "unreachable": (502, "The site cannot be reached", "It may be down, or its address may be mistyped."),
    "timeout": (504, "The site does not answer", "It took too long. It may be busy."),
    "too_many_requests": (
        429,
        "Too many requests",
        "This page asks for too much at once. Try again shortly.",
    ),
    "too_large": (413, "This is too large", "What was sent or asked for is larger than this server lets through."),
    "internal": (500, "Something went wrong", "The mistake is on our side. Try again."),
}
_RETRY: Final = ("blocked", "unreachable", "timeout", "too_many_requests", "too_large", "internal")
_HEADERS: Final = {
    "X-Robots-Tag": "noindex, nofollow",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": NOTHING,
    "Cache-Control": "no-store",
}


def ours(answer: Response) -> Response:
    """An answer of our own on a proxied host, with the headers that each of them has unless it says otherwise."""
    for name, value in _HEADERS.items():
        answer.headers.setdefault(name, value)
    return answer


def problem_page(error: BrowsingError, frame_ancestors: tuple[str, ...], *, is_page: bool) -> Response:
    """A page for a navigation, a bare status for what a page loads."""
    status, title, words = _TELLS[error.code]
    if not is_page:
        answer: Response = PlainTextResponse(f"{title}.\n", status)
    else:
        lines = [words] if not error.message or error.code == "blocked" else [error.message, words]
        # An empty address is that of the page itself.
        link = ("", "Try again") if error.code in _RETRY else None
        answer = words_page(title, *lines, status=status, csp=page_in(frame_ancestors), link=link)
    answer.headers["X-Twinpane-Error"] = error.code
    if error.retry_after_s is not None:
        answer.headers["Retry-After"] = str(error.retry_after_s)
    return ours(answer)


def own_tab_page(start: str, frame_ancestors: tuple[str, ...]) -> Response:
    """Offer the tab where the browser keeps no cookies for a frame (P1)."""
    return html_page(
        "Open in its own tab",
        "<h1>Open in its own tab</h1><p>Your browser keeps nothing for pages inside other pages, so this site cannot "
        "work here.</p>"
        f'<a class="button" href="{escape(start)}" target="_blank" rel="noopener">Open in a new tab</a>',
        csp=page_in(frame_ancestors),
    )
