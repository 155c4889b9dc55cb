"""What lives under `/__tp/` on every proxied host. For the shim and for the way in; never for the site.

All but the start link and the scripts need the session's cookie and a request of the same origin.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar
from urllib.parse import parse_qs

import msgspec
import structlog
from starlette.responses import PlainTextResponse, Response

from twinpane.actions.browse import Asked, Desk
from twinpane.actions.browse_heads import cookie_request, own_cookies, take_script_writes
from twinpane.errors import BrowsingError
from twinpane.live.browsing import Browsing
from twinpane.rewrite.address import decode_host, encode_site, site_of
from twinpane.rewrite.cookies import CookieRequest
from twinpane.web.bundles import FOREVER, Bundles, respond
from twinpane.web.problems import respond_json
from twinpane.web.proxy_start import open_in_own_tab, start

PREFIX: Final = "/__tp/"
PAGE_AGAIN: Final = "/__tp/page?"
MAX_BODY_BYTES: Final = 65_536
MAX_WRITES: Final = 500

Body = TypeVar("Body")
_log = structlog.get_logger(__name__)


class AliasWanted(msgspec.Struct):
    """Body of `/__tp/alias`: one of the two, to be told the other."""

    origin: str | None = None
    label: str | None = None


class CookieWrites(msgspec.Struct):
    """Body of `/__tp/cookies`: what scripts assigned to `document.cookie`, in order."""

    writes: list[str]


class Reserved:
    """Answers requests under `/__tp/`."""

    def __init__(self, desk: Desk, bundles: Bundles) -> None:
        """Take the rooms, and the built scripts."""
        self._desk = desk
        self._bundles = bundles
        self._ways: dict[str, Callable[[Browsing, Asked, bytes], Response]] = {
            "alias": self._alias,
            "cookies": self._cookies,
            "csp": self._report,
        }

    def answer(self, browsing: Browsing, asked: Asked, body: bytes) -> Response:
        """Answer, or raise BrowsingError. `asked.has_cookie` is known already."""
        name = asked.target.removeprefix(PREFIX).partition("?")[0]
        if name == "start":
            return start(self._desk, browsing, asked)
        if name == "open":
            return open_in_own_tab(self._desk, browsing, asked)
        if name.endswith(".js") and (bundle := self._bundles.file(name)) is not None:
            return respond(asked.header("accept-encoding"), bundle, {"Cache-Control": FOREVER})
        way = self._ways.get(name)
        if way is None:
            raise BrowsingError("unknown_host")
        if not asked.has_cookie or asked.header("sec-fetch-site") not in ("same-origin", ""):
            raise BrowsingError("no_cookie")
        return way(browsing, asked, body)

    def _alias(self, browsing: Browsing, asked: Asked, body: bytes) -> Response:
        """`POST {"origin": …}`: the label of a host that does not fit one, noted from now on; `{"label": …}`: back."""
        wanted, base = _read(asked, body, AliasWanted), self._desk.base
        if wanted.label is not None:
            found = decode_host(base, f"{wanted.label}.{base.authority}", browsing.aliases)
            # Labels name their session: another one's is none of this page's business.
            if found is None or found[0] != browsing.sid:
                raise BrowsingError("unknown_host")
            return respond_json({"origin": found[1].origin})
        site = site_of(wanted.origin or "")
        if site is None:
            raise BrowsingError("bad_request")
        origin = encode_site(base, browsing.sid, site, browsing.aliases)
        return respond_json({"label": origin.partition("://")[2].partition(".")[0]})

    def _cookies(self, browsing: Browsing, asked: Asked, body: bytes) -> Response:
        """`GET ?path=…`: what `document.cookie` reads, and its version. `POST` takes writes first."""
        desk, now = self._desk, self._desk.clock.now()
        request = cookie_request(desk.base, browsing, asked)
        query = parse_qs(asked.target.partition("?")[2])
        document = CookieRequest(asked.site, query.get("path", ["/"])[0], initiator=asked.site, top=request.top)
        take_script_writes(browsing, asked, document, now)
        if asked.method == "POST":
            for line in _read(asked, body, CookieWrites).writes[:MAX_WRITES]:
                browsing.jar.take_script_write(line, document, now.timestamp())
        answer = respond_json(
            {
                "cookies": browsing.jar.document_cookie(document, now.timestamp()),
                "version": browsing.jar.visible_version(asked.site.host),
            }
        )
        for name, value in own_cookies(desk.base, browsing, asked):
            answer.headers.append(name, value)
        return answer

    def _report(self, browsing: Browsing, asked: Asked, body: bytes) -> Response:
        """Note what our containment policy blocked: something that the shim missed. Hosts only, no paths."""
        self._desk.browsings.figures.requests["contained"] += 1
        _log.debug("proxy_contained", sid=browsing.sid, host=asked.site.host)
        return PlainTextResponse("", 204)


def _read(asked: Asked, body: bytes, kind: type[Body]) -> Body:
    if asked.method != "POST":
        raise BrowsingError("bad_request")
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.MsgspecError as error:
        raise BrowsingError("bad_request") from error
