"""Headers and cookies of a proxied request: the jar's in place of the browser's, real addresses in place of ours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from twinpane.live.browsing import Browsing
from twinpane.ports.fetch import Headers, UpstreamAnswer
from twinpane.rewrite.address import ProxyBase, Site, decode_url, encode_url, site_of
from twinpane.rewrite.cookies import CookieRequest
from twinpane.rewrite.request_headers import Asking, headers_for_site
from twinpane.rewrite.response_headers import Answering, clears_cookies, containment_policy, headers_for_browser
from twinpane.rewrite.sites import fetch_site

if TYPE_CHECKING:
    from twinpane.actions.browse import Asked, Desk

REWRITTEN_DESTINATIONS: Final = frozenset(
    "document iframe frame embed object script style worker sharedworker serviceworker "
    "audioworklet paintworklet".split()
)
_ELSEWHERE: Final = Site("https", "elsewhere.invalid", 443)
"""Stands for a page that is not proxied and made the browser send something here."""


def initiator_of(base: ProxyBase, browsing: Browsing, asked: Asked) -> Site | None:
    """The site whose page caused a request; None: the visitor, or a page that embeds us."""
    for name in ("origin", "referer"):
        real = decode_url(base, asked.header(name), browsing.aliases)
        if real is not None:
            return site_of(real)
    told = asked.header("sec-fetch-site")
    if told == "same-origin":
        return asked.site
    return _ELSEWHERE if told == "cross-site" and asked.method not in ("GET", "HEAD") else None


def cookie_request(base: ProxyBase, browsing: Browsing, asked: Asked) -> CookieRequest:
    """The request as the jar sees it. Notes which site's tab a framed page is in, for what that page loads later."""
    initiator = initiator_of(base, browsing, asked)
    top = browsing.tops.get(initiator, initiator) if initiator else None
    if asked.destination == "document":
        browsing.tops.pop(asked.site, None)
    elif asked.is_page and top is not None:
        browsing.tops[asked.site] = top
    return CookieRequest(
        site=asked.site,
        path=asked.target,
        method=asked.method,
        initiator=initiator,
        top=None if asked.destination == "document" else top,
        navigates_top=asked.destination == "document",
    )


def request_head(desk: Desk, browsing: Browsing, asked: Asked, now: datetime) -> Headers:
    """The headers for the site."""
    request = cookie_request(desk.base, browsing, asked)
    cookie = ""
    if asked.has_cookie:
        take_script_writes(browsing, asked, document_request(asked, request), now)
        cookie = browsing.jar.cookie_header(request, now.timestamp())
    asking = Asking(
        site=asked.site,
        cookie=cookie,
        fetch_site=fetch_site(request.initiator, asked.site),
        rewritten=asked.destination in REWRITTEN_DESTINATIONS,
        etag_mark=desk.options.etag_mark,
    )
    return headers_for_site(asked.headers, asking, lambda url: decode_url(desk.base, url, browsing.aliases))


def take_cookies(desk: Desk, browsing: Browsing, asked: Asked, answer: UpstreamAnswer, now: datetime) -> None:
    """Keep what the site sets."""
    if clears_cookies(answer.headers):
        browsing.jar.clear_site(asked.site)
    lines = [value for name, value in answer.headers if name.lower() == "set-cookie"]
    if lines:
        request = cookie_request(desk.base, browsing, asked)
        for line in lines:
            browsing.jar.take_set_cookie(line, request, now.timestamp())


def take_script_writes(browsing: Browsing, asked: Asked, document: CookieRequest, now: datetime) -> None:
    """Keep what scripts of this host wrote to `document.cookie` since; it rides along in cookies of the host."""
    for name, value in script_writes(browsing.sid, asked.cookies):
        # The next request may be under way already when the answer to the first takes the cookie away.
        if browsing.is_first(asked.site, name):
            browsing.jar.take_script_write(unquote(value), document, now.timestamp())


def document_request(asked: Asked, request: CookieRequest) -> CookieRequest:
    """The document that a request of its own host comes from, as the jar sees it."""
    referer = asked.header("referer")
    path = (
        f"/{referer.split('/', 3)[3]}" if referer.count("/") >= 3 and request.initiator == asked.site else asked.target
    )
    return CookieRequest(asked.site, path, initiator=asked.site, top=request.top)


def script_writes(sid: str, cookies: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The cookies `tpw_{sid}_{n}`, in the order of n."""
    prefix = f"tpw_{sid}_"
    found = [(name, value) for name, value in cookies if name.startswith(prefix)]
    return sorted(found, key=lambda each: (len(each[0]), each[0])) if len(found) > 1 else found


def answer_head(
    desk: Desk, browsing: Browsing, asked: Asked, answer: UpstreamAnswer, *, rewritten: bool, coding: str
) -> list[tuple[str, str]]:
    """The headers for the browser."""
    answering = Answering(
        rewritten=rewritten,
        coding=coding,
        etag_mark=desk.options.etag_mark,
        containment=containment_policy(desk.base, browsing.wanted.api, desk.options.frame_ancestors),
    )

    def encode(url: str) -> str:
        return encode_url(desk.base, browsing.sid, url, browsing.aliases, asked.site)

    # The server adds a Date of its own.
    headers = [each for each in headers_for_browser(answer.headers, answering, encode) if each[0].lower() != "date"]
    return headers + own_cookies(desk.base, browsing, asked)


def own_cookies(base: ProxyBase, browsing: Browsing, asked: Asked) -> list[tuple[str, str]]:
    """Take back the writes that were kept, and tell the page when what its scripts may see has changed."""
    if not asked.has_cookie:
        return []
    lines = [f"{name}=; Path=/; Max-Age=0" for name, _ in script_writes(browsing.sid, asked.cookies)]
    version = str(browsing.jar.visible_version(asked.site.host))
    name = f"tpv_{browsing.sid}"
    if version != dict(asked.cookies).get(name, "0"):
        lines.append(f"{name}={version}; Path=/")
    ways = ["Secure; SameSite=None; Partitioned"] + (["SameSite=Lax"] if base.scheme == "http" else [])
    return [("Set-Cookie", f"{line}; {way}") for line in lines for way in ways]
