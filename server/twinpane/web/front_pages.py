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
_FOREIGN = "A site we do not control"
_HERE = ' aria-current="page"'


async def landing(request: Request) -> Response:
    """`/`: what this is."""
    demo_link = '<a class="button" href="/demo">Open the demo</a>' if web_of(request).options.demo_url else ""
    return html_page(
        "Twinpane",
        "<h1>Twinpane runs here</h1>"
        "<p>Self-hosted co-browsing: see and help in a visitor&rsquo;s browser tab, live, with nothing to install.</p>"
        "<p>This address serves the script for your pages, the REST API and the watch pages.</p>"
        f'{demo_link}<ul class="plain"><li><a href="/docs">REST API</a></li></ul>',
    )


async def demo(request: Request) -> Response:
    """`/demo`: visitor and agent side by side, when the server runs with a demo.

    `?site=foreign` shows them on a site that is not ours, through the proxy.
    """
    web = web_of(request)
    shop = web.options.demo_url
    if shop is None:
        raise HTTPException(404)
    shop = shop.rstrip("/")
    # Whoever opens the demo is a customer of their own, so that two of them do not meet.
    customer = secrets.token_hex(3)
    base = web.proxy.base if web.proxy else None
    is_foreign = base is not None and request.query_params.get("site") == "foreign"
    page = fill(
        "demo.html",
        style=style_file("demo.css"),
        switch=_switch(is_foreign=is_foreign) if base else "",
        does="reads on a site that we do not control" if is_foreign else "shops here",
        visitor=escape(
            f"{shop}/visitor-proxied?uniqueId={customer}" if is_foreign else f"{shop}/visitor?id={customer}"
        ),
        agent=escape(f"{shop}/agent?id={customer}"),
    )
    policy = demo_csp(shop, f"{base.scheme}://*.{base.host}:{base.port}" if base else "")
    return HTMLResponse(page, headers={"Content-Security-Policy": policy, "Cache-Control": "no-store"})


def _switch(*, is_foreign: bool) -> str:
    """Links to both demos, the shown one marked."""
    choices = (("/demo", "Shop with our code", not is_foreign), ("/demo?site=foreign", _FOREIGN, is_foreign))
    links = (f'<a href="{to}"{_HERE if here else ""}>{words}</a>' for to, words, here in choices)
    return f'<nav aria-label="Demo">{"".join(links)}</nav>'


async def favicon(_request: Request) -> Response:
    """Two overlapping panes."""
    return Response(page_file("favicon.svg"), headers={"Cache-Control": _DAY}, media_type="image/svg+xml")


ROUTES = [
    Route("/", landing),
    Route("/demo", demo),
    Route("/favicon.svg", favicon),
    Route("/favicon.ico", favicon),
]
