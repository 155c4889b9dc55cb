"""The asset door: what the mirrored page uses, for agents' browsers only (F11).

An address is `/assets/TOKEN/PERCENT-ENCODED-URL`. The token is a capability of one session, known to its
agents, or of one recording, known to whoever sees its replay.
"""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from twinpane.errors import FetchFailedError, NotFoundError
from twinpane.live.registry import Live
from twinpane.rewrite.css import rewrite_css
from twinpane.web.asset_hop import CARRIED, AssetHop

# One range only; browsers ask for no more, and who does gets the whole.
_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")
_GUARDS = {
    # An SVG opened by itself must not run or load anything.
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


def asset_routes(live: Live, hop: AssetHop | None = None) -> list[Route]:
    """Return the routes of the asset door; `hop` is the way to sessions of other nodes."""

    async def asset(request: Request) -> Response:
        token: str = request.path_params["token"]
        session_id = live.session_id_by_asset_token(token)
        if session_id is None:
            home = await live.asset_home(token) if hop is not None and CARRIED not in request.headers else None
            if hop is not None and home is not None:
                return await hop.get(home, request)
        url = asset_url(request)
        try:
            if session_id is None:
                body, content_type, base = await live.recorded_asset(token, url)
            else:
                body, content_type, base = await live.asset(session_id, url)
        except NotFoundError as error:
            return _nothing(error.message, 404)
        except FetchFailedError as error:
            return _nothing(str(error), 502)
        if content_type.lower().startswith("text/css"):
            body = rewrite_css(body, content_type, base, f"/assets/{token}/")
            content_type = "text/css; charset=utf-8"
        headers = {"Cache-Control": "private, max-age=3600", "Content-Type": content_type, "Accept-Ranges": "bytes"}
        return _whole_or_part(request, body, headers | _GUARDS | _for_stage(request))

    return [Route("/assets/{token}/{url:path}", asset, methods=["GET"])]


def asset_url(request: Request) -> str:
    """Read the asset's address. A query that the browser put behind the door's address belongs to it."""
    url: str = request.path_params["url"]
    return f"{url}?{request.url.query}" if request.url.query else url


def _whole_or_part(request: Request, body: bytes, headers: dict[str, str]) -> Response:
    """Answer with the part that is asked for (RFC 9110, 14.2): without it browsers cannot seek in sounds and films.

    Of an empty body there is no part; whole it fails no louder than at the visitor's.
    """
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    if not body or asked is None or not (asked[1] or asked[2]):
        return Response(body, headers=headers)
    first = int(asked[1]) if asked[1] else max(0, len(body) - int(asked[2]))
    last = min(int(asked[2]) if asked[1] and asked[2] else len(body) - 1, len(body) - 1)
    if first > last:
        return Response(b"", 416, headers | {"Content-Range": f"bytes */{len(body)}"})
    headers["Content-Range"] = f"bytes {first}-{last}/{len(body)}"
    return Response(body[first : last + 1], 206, headers)


def _for_stage(request: Request) -> dict[str, str]:
    """Let the stage use fonts: its origin is opaque, since it is sandboxed, or the server's own."""
    origin = request.headers.get("Origin")
    host = request.headers.get("Host")
    if origin == "null" or origin in (f"http://{host}", f"https://{host}"):
        return {"Access-Control-Allow-Origin": origin, "Vary": "Origin"}
    return {}


def _nothing(why: str, status: int) -> Response:
    return PlainTextResponse(why + "\n", status_code=status, headers={"Cache-Control": "no-store", **_GUARDS})
