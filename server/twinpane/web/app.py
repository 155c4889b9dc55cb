"""Make the HTTP app: the REST API, the pages, the browser parts."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from importlib.metadata import version
from typing import Any, Protocol

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from twinpane.errors import ProblemError
from twinpane.web import (
    api,
    api_sessions,
    api_settings,
    api_webhooks,
    console_page,
    docs_page,
    front_pages,
    health,
    join_page,
    logo,
    replay_page,
    scripts,
    watch_page,
)
from twinpane.web.api_gate import ApiGate
from twinpane.web.context import Web
from twinpane.web.last_words import last_words_routes
from twinpane.web.measures import Measures
from twinpane.web.misses import Misses
from twinpane.web.problems import on_bad_input, on_failure, on_http_error, on_problem
from twinpane.web.request_log import RequestLog

API_ROUTERS = (api.router, api_sessions.router, api_settings.router, api_webhooks.router)
API_DESCRIPTION = (
    "Self-hosted co-browsing. Paths may begin with `/v1.0` to `/v1.4` and end in `.json`; "
    "in `/v1.0` and `/v1.1`, `users` means `visitors`."
)


class Lifespan(Protocol):
    """What runs around serving."""

    def __call__(self, app: Any) -> AbstractAsyncContextManager[None]:
        """Start before, stop after."""


def make_app(web: Web, routes: Sequence[BaseRoute] = (), lifespan: Lifespan | None = None) -> RequestLog:
    """The app over the given rooms; `routes` come first and are other doors' (the assets')."""
    measures = Measures(web.live)
    https = (web.options.public_url or "").startswith("https:")
    app = FastAPI(
        title="Twinpane",
        description=API_DESCRIPTION,
        version=version("twinpane"),
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
        middleware=[Middleware(ApiGate, web=web)],
        exception_handlers={
            ProblemError: on_problem,
            RequestValidationError: on_bad_input,
            HTTPException: on_http_error,
            Exception: on_failure,
        },
    )
    app.state.web = web
    app.state.misses = Misses(web.clock)
    app.state.measures = measures
    for router in API_ROUTERS:
        app.include_router(router)
    app.router.routes.extend(
        [
            *routes,
            *watch_page.ROUTES,
            *join_page.ROUTES,
            *replay_page.ROUTES,
            *logo.ROUTES,
            *console_page.ROUTES,
            *docs_page.ROUTES,
            *front_pages.ROUTES,
            *health.ROUTES,
            *last_words_routes(web),
            *scripts.ROUTES,
        ]
    )
    # Outside of everything, so that answers to our own mistakes are counted and have their headers too.
    return RequestLog(app, measures, https)
