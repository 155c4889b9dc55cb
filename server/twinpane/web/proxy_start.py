"""The way into a proxy session: one-time start link, the session's cookie, the tab of its own (P1)."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from urllib.parse import parse_qs, quote

from starlette.responses import RedirectResponse, Response

from twinpane.actions.browse import Asked, Desk
from twinpane.errors import BrowsingError
from twinpane.live.browsing import Browsing
from twinpane.rewrite.address import ProxyBase, encode_site
from twinpane.web.proxy_pages import own_tab_page

_IN_A_FRAME: Final = ("iframe", "frame", "embed", "object")


def start(desk: Desk, browsing: Browsing, asked: Asked) -> Response:
    """`/__tp/start?t=TOKEN&to=PATH`: use the token up, set the cookie, go to the path."""
    if asked.method != "GET" or "prefetch" in asked.header("sec-purpose"):
        raise BrowsingError("bad_request")
    token, to = _token_and_path(asked)
    secret = desk.browsings.open(browsing, token)
    if secret is None:
        raise BrowsingError("start_link_used")
    is_framed = asked.destination in _IN_A_FRAME
    if is_framed:
        browsing.is_embedded = True
        token = desk.browsings.new_start_token(browsing)
        answer = _go(f"/__tp/open?t={token}&to={quote(to, safe='/')}")
    else:
        answer = _go(_address(desk, browsing, asked, to))
    for line in auth_cookies(desk.base, browsing, secret, desk.clock.now(), is_framed=is_framed):
        answer.headers.append("Set-Cookie", line)
    return answer


def open_in_own_tab(desk: Desk, browsing: Browsing, asked: Asked) -> Response:
    """`/__tp/open?t=TOKEN&to=PATH`: on to the path, or the page that offers a tab if the cookie did not come back."""
    token, to = _token_and_path(asked)
    if asked.has_cookie:
        browsing.use_start_token(token, desk.clock.now())
        return _go(_address(desk, browsing, asked, to))
    # The token is not used up here: the new tab does that.
    return own_tab_page(f"/__tp/start?t={quote(token)}&to={quote(to, safe='/')}", desk.options.frame_ancestors)


def auth_cookies(base: ProxyBase, browsing: Browsing, secret: str, now: datetime, *, is_framed: bool) -> list[str]:
    """The lines that set the session's cookie: for all proxied hosts, in frames of other sites too.

    In a frame the partitioned one is for that frame alone; another is for the tabs that are opened from it, where the
    browser keeps it. Over plain http also as a copy for browsers that take `Secure` only over https.
    """
    age_s = max(0, int((browsing.wanted.expires_at - now).total_seconds()))
    common = f"{secret}; Domain={base.host}; Path=/; Max-Age={age_s}; HttpOnly"
    whole = f"tps_{browsing.sid}={common}; Secure; SameSite=None"
    lines = [f"{whole}; Partitioned"]
    if is_framed:
        lines.append(whole)
    return lines if base.scheme == "https" else [*lines, f"tpl_{browsing.sid}={common}; SameSite=Lax"]


def _token_and_path(asked: Asked) -> tuple[str, str]:
    query = parse_qs(asked.target.partition("?")[2])
    token, to = query.get("t", [""])[0], query.get("to", ["/"])[0]
    if not to.startswith("/") or any(char < " " for char in to):
        raise BrowsingError("bad_request")
    return token, to


def _address(desk: Desk, browsing: Browsing, asked: Asked, to: str) -> str:
    return f"{encode_site(desk.base, browsing.sid, asked.site, browsing.aliases)}{to}"


def _go(to: str) -> Response:
    # The token in this page's own address must not reach the site.
    answer = RedirectResponse("/", 302)
    answer.headers["Location"] = to
    return answer
