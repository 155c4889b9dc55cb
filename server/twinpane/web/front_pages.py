"""The landing page, the demo and the mark."""

from __future__ import annotations

import secrets
from html import escape

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from twinpane.web.context import web_of
from twinpane.web.csp import demo as demo_csp
from twinpane.web.documents import fill, html_page, page_file, style_file

_DAY = "public, max-age=86400"


async def landing(request: Request) -> Response:
    """`/`: what this is."""
    demo_link = '<a class="button" href="/demo">Open the demo</a>' if web_of(request).options.demo_url else ""
    return html_page(
        "Twinpane",
        "<h1>Twinpane runs here</h1>"
        "<p>Self-hosted co-browsing: see and help in a visitor&rsquo;s browser tab, live, with nothing to install.</p>"
        "<p>This address serves the script for your pages, the REST API and the watch pages.</p>"
        f'{demo_link}<ul class="plain"><li><a href="/openapi.json">API description</a> (OpenAPI)</li></ul>',
    )


async def demo(request: Request) -> Response:
    """`/demo`: visitor and agent side by side, when the server runs with a demo."""
    shop = web_of(request).options.demo_url
    if shop is None:
        raise HTTPException(404)
    shop = shop.rstrip("/")
    # Whoever opens the demo is a customer of their own, so that two of them do not meet.
    customer = secrets.token_hex(3)
    page = fill(
        "demo.html",
        style=style_file("demo.css"),
        visitor=escape(f"{shop}/visitor?id={customer}"),
        agent=escape(f"{shop}/agent?id={customer}"),
    )
    return HTMLResponse(page, headers={"Content-Security-Policy": demo_csp(shop), "Cache-Control": "no-store"})


async def favicon(_request: Request) -> Response:
    """Two overlapping panes."""
    return Response(page_file("favicon.svg"), headers={"Cache-Control": _DAY}, media_type="image/svg+xml")


ROUTES = [
    Route("/", landing),
    Route("/demo", demo),
    Route("/favicon.svg", favicon),
    Route("/favicon.ico", favicon),
]
