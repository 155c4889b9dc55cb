"""`/last-words`: what pages say as they go, by `navigator.sendBeacon` (X13).

Nobody reads the answer. A page is known by the resume secret of its connection, which nothing else has.
"""

from __future__ import annotations

import math

import msgspec
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from twinpane_protocol.visitor import LastWords

from twinpane.access.throttle import Throttle
from twinpane.web.context import Web
from twinpane.web.door_messages import UNREADABLE

PATH = "/last-words"
MAX_BYTES = 16 * 1024
PER_S = 20
"""From one address: many visitors may share one, and each page speaks once."""
_READ = msgspec.json.Decoder(LastWords)


def last_words_routes(web: Web) -> list[Route]:
    """Return the door's route."""
    throttle = Throttle(PER_S)

    async def last_words(request: Request) -> Response:
        address = request.client.host if request.client else None
        allowance = throttle.take(address, web.clock.monotonic())
        if not allowance.allowed:
            return Response(status_code=429, headers={"Retry-After": str(math.ceil(allowance.retry_after_s))})
        body = await _read(request)
        if body is None:
            return Response(status_code=413)
        try:
            web.live.take_last_words(_READ.decode(body))
        except UNREADABLE:
            return Response(status_code=422)
        return Response(status_code=204)

    return [Route(PATH, last_words, methods=["POST"])]


async def _read(request: Request) -> bytes | None:
    """The body; None if it is larger than any page's."""
    body = b""
    try:
        async for part in request.stream():
            body += part
            if len(body) > MAX_BYTES:
                return None
    except ClientDisconnect:
        return b""
    return body
