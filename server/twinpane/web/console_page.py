"""The team console: one page for every address below `/console`; what it shows it asks of the console's API."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from twinpane.web import console_admin, console_directory, console_people, console_proxy
from twinpane.web.console_gate import console_routes
from twinpane.web.context import address_of, web_of
from twinpane.web.csp import console
from twinpane.web.documents import fill, links_to

ENTRY = "team.js"


async def page(request: Request) -> Response:
    """`/console` and below. Whether anybody is logged in the page finds out itself; it holds nothing of the team's."""
    links = links_to(web_of(request).bundles, "team")
    if links is None or f"{request.path_params.get('path', '')}/".startswith("api/"):
        raise HTTPException(404)
    headers = {"Content-Security-Policy": console(address_of(request)), "Cache-Control": "no-store"}
    return HTMLResponse(fill("console.html", **links), headers=headers)


ROUTES = [
    *console_routes(
        {
            **console_people.HANDLERS,
            **console_directory.HANDLERS,
            **console_proxy.HANDLERS,
            **console_admin.HANDLERS,
        }
    ),
    Route("/console", page),
    Route("/console/{path:path}", page),
]
