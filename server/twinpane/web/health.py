"""What machines ask: alive, ready, figures."""

from __future__ import annotations

from prometheus_client import CONTENT_TYPE_LATEST
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from twinpane.errors import ProblemError
from twinpane.web.context import web_of
from twinpane.web.measures import Measures
from twinpane.web.problems import respond_json


async def healthz(_request: Request) -> Response:
    """Alive."""
    return respond_json({"status": "ok"})


async def readyz(request: Request) -> Response:
    """Can serve: the store answers."""
    try:
        await web_of(request).store.teams()
    except ProblemError:
        return respond_json({"status": "error", "error": "unavailable", "message": "The store does not answer."}, 503)
    return respond_json({"status": "ok"})


async def metrics(request: Request) -> Response:
    """Figures for Prometheus."""
    measures = request.app.state.measures
    assert isinstance(measures, Measures)  # noqa: S101 - put there by make_app
    return Response(measures.text(), headers={"Content-Type": CONTENT_TYPE_LATEST, "Cache-Control": "no-store"})


ROUTES = [Route("/healthz", healthz), Route("/readyz", readyz), Route("/metrics", metrics)]
