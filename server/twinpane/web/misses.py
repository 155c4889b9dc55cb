"""How often one address may be wrong: keys of the REST API, links to watch or to join that nobody made."""

from __future__ import annotations

import math
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from twinpane.access.throttle import Throttle
from twinpane.ports.world import Clock
from twinpane.web.documents import words_page

PER_S: Final = 20
"""Whole offices share an address, and somebody in them opens an old link now and then."""


class Misses:
    """Counts what was wrong; who was right is never refused for what others of the same address did."""

    def __init__(self, clock: Clock) -> None:
        """Begin with none."""
        self._throttle = Throttle(PER_S)
        self._clock = clock

    def wait_s(self, address: str | None) -> int:
        """Count one; the seconds that this address should wait, 0 within the rate."""
        return math.ceil(self._throttle.take(address, self._clock.monotonic()).retry_after_s)

    def or_too_many(self, request: Request, answer: Response) -> Response:
        """The answer to something wrong; beyond the rate another, that tells when to come again."""
        wait_s = self.wait_s(request.client.host if request.client else None)
        if wait_s == 0:
            return answer
        too_many = words_page("Too many wrong links", "Wait a moment, then open yours again.", status=429)
        too_many.headers["Retry-After"] = str(wait_s)
        return too_many


def misses_of(request: Request) -> Misses:
    """Those of links, of the app that serves a request."""
    misses = request.app.state.misses
    assert isinstance(misses, Misses)  # noqa: S101 - put there by make_app
    return misses
