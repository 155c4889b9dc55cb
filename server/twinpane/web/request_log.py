"""The outermost layer: a log line and a count for each request, and the headers that every answer has."""

from __future__ import annotations

import time

import structlog
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from twinpane.web.csp import NOTHING
from twinpane.web.measures import Measures

_log = structlog.get_logger(__name__)

_AREAS = frozenset("watch assets sdk static stage seen w join replay demo console".split())
_PROBES = frozenset({"healthz", "readyz", "metrics"})
_SECRET_AFTER = ("watch", "join", "assets")
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": NOTHING,
    # What may be kept says so itself.
    "Cache-Control": "no-store",
}


def loggable_path(path: str) -> str:
    """A path without what is secret in it: the tokens that follow these areas. Queries are never logged."""
    first, *rest = path.lstrip("/").split("/")
    return f"/{first}/…" if rest and first in _SECRET_AFTER else path


def area_of(path: str) -> str:
    """What part of the server a path belongs to; few words, for metrics."""
    first = path.lstrip("/").split("/")[0]
    if first.startswith("v1."):
        return "api"
    if first.endswith(".js"):
        return "loader"
    if first in _PROBES:
        return "probe"
    return first if first in _AREAS else "other"


class RequestLog:
    """ASGI middleware."""

    def __init__(self, app: ASGIApp, measures: Measures, https: bool) -> None:
        """Stand before an app; with `https`, browsers are told to come by https only."""
        self.app = app
        self._measures = measures
        self._headers = dict(_HEADERS)
        if https:
            self._headers["Strict-Transport-Security"] = "max-age=31536000"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on; then note how it went."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started_s = time.perf_counter()
        status = 500

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            await self.app(scope, receive, sending)
        finally:
            self._note(scope, status, time.perf_counter() - started_s)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        area = area_of(scope["path"])
        method = scope["method"] if scope["method"] in _METHODS else "other"
        self._measures.note_request(area, method, status, seconds)
        if area != "probe":
            _log.info(
                "request",
                method=method,
                path=loggable_path(scope["path"]),
                status=status,
                ms=round(seconds * 1000, 1),
            )
