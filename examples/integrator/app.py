"""A shop that offers help by co-browsing. The endpoints that an integration needs; nothing is stored.

    TWINPANE_URL=http://localhost:8080 TWINPANE_PUBLIC_KEY=… TWINPANE_REST_KEY=… uvicorn app:app --port 3000

`/visitor` is the page that is shared: it carries the snippet and says who the visitor is.
`/agent` is opened by the colleague who helps: it asks for a watch URL and goes there at once.
`/visitor-proxied` is for a site whose pages we cannot change: it asks for a proxy session and goes there at once.
"""

from __future__ import annotations

import asyncio
import html
import json
import os
import random
from pathlib import Path
from string import Template
from typing import Any

import aiohttp
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

TWINPANE_URL = os.environ.get("TWINPANE_URL", "http://localhost:8080")
PUBLIC_KEY = os.environ.get("TWINPANE_PUBLIC_KEY", "")
REST_KEY = os.environ.get("TWINPANE_REST_KEY", "")  # secret: it never leaves this process

# A site of somebody else's, where our customers need help. It is never taken from a visitor's request.
FOREIGN_URL = os.environ.get("TWINPANE_FOREIGN_URL", "https://example.com/")

SHOP = Path(__file__).parent / "shop"
VISITOR_WAIT_S = 10.0

SNIPPET = Template("""<script>
  window.Upscope = window.Upscope || function () { (Upscope.q = Upscope.q || []).push(arguments); };
  Upscope("init", {});
  Upscope("updateConnection", $identity);
</script>
<script async src="$url/$key.js"></script>""")


def snippet(unique_id: str, name: str) -> str:
    """Say who the visitor is. `uniqueId` is ours: a customer's or a case number, anything we can search for later."""
    identity = json.dumps({"uniqueId": unique_id, "identities": [name]}).replace("<", "\\u003c")
    return SNIPPET.substitute(identity=identity, url=html.escape(TWINPANE_URL), key=html.escape(PUBLIC_KEY))


def customer(request: Request) -> tuple[str, str]:
    """Who is shopping. A real shop reads this from its log-in."""
    asked = request.query_params
    return asked.get("uniqueId") or asked.get("id") or "customer-42", asked.get("name", "Ada")


def shop_page(file: str) -> Any:
    """Make the endpoint that shows one page of the shop, with the snippet in it."""
    template = Template((SHOP / file).read_text(encoding="utf-8"))

    async def endpoint(request: Request) -> Response:
        page = template.substitute(snippet=snippet(*customer(request)), query=html.escape(str(request.url.query)))
        return HTMLResponse(page, headers={"Cache-Control": "no-store"})

    return endpoint


async def agent(request: Request) -> Response:
    """Start watching a customer: unique ID → short ID → watch URL → there, all in one request.

    Let only signed-in colleagues reach this endpoint in your own application.
    """
    unique_id, _ = customer(request)
    name = request.query_params.get("agent", "Zoë")
    try:
        async with rest_session() as rest:
            short_id = await find_online(rest, unique_id)
            if short_id is None:
                return words(
                    request, 404, "Nobody to help yet", f"{unique_id} is not on the page. Open it and try again."
                )
            body = {"agent": {"id": name.lower(), "name": name}, "branding": {"retry_url": str(request.url)}}
            async with rest.post(f"/v1.4/visitors/{short_id}/watch_url", json=body) as answer:
                answer.raise_for_status()
                watch_url = (await answer.json())["watch_url"]
    except (aiohttp.ClientError, TimeoutError) as problem:
        return help_could_not_start(request, problem)
    return RedirectResponse(watch_url, 302, headers={"Cache-Control": "no-store"})


async def visitor_proxied(request: Request) -> Response:
    """Open somebody else's site for a customer, so that a colleague can find them on it by our own ID.

    Let only signed-in customers reach this endpoint in your own application.
    """
    unique_id, name = customer(request)
    body = {"initial_url": FOREIGN_URL, "unique_id": unique_id, "identities": [name]}
    try:
        async with rest_session() as rest, rest.post("/v1.4/proxy_sessions", json=body) as answer:
            answer.raise_for_status()
            url = (await answer.json())["url"]
    except (aiohttp.ClientError, TimeoutError) as problem:
        return help_could_not_start(request, problem)
    return RedirectResponse(url, 302, headers={"Cache-Control": "no-store"})


def rest_session() -> aiohttp.ClientSession:
    """A client of the co-browsing server, with our key."""
    timeout = aiohttp.ClientTimeout(total=VISITOR_WAIT_S + 10)
    return aiohttp.ClientSession(TWINPANE_URL, headers={"X-Api-Key": REST_KEY}, timeout=timeout)


async def find_online(rest: aiohttp.ClientSession, unique_id: str) -> str | None:
    """Search by our own ID; give a page that is just opening a few seconds to connect."""
    deadline = asyncio.get_running_loop().time() + VISITOR_WAIT_S
    while True:
        async with rest.get("/v1.4/list", params={"search": f"id:{unique_id} online"}) as answer:
            answer.raise_for_status()
            visitors = (await answer.json())["visitors"]
        if visitors:
            return str(visitors[0]["short_id"])
        if asyncio.get_running_loop().time() > deadline:
            return None
        await asyncio.sleep(0.5)


def words(request: Request, status: int, title: str, text: str) -> Response:
    """A page that says what is wrong and offers to try again."""
    page = Template((SHOP / "words.html").read_text(encoding="utf-8")).substitute(
        title=html.escape(title), text=html.escape(text), retry=html.escape(str(request.url))
    )
    return HTMLResponse(page, status, headers={"Cache-Control": "no-store"})


def help_could_not_start(request: Request, problem: Exception) -> Response:
    """Say what the co-browsing server said, or that it said nothing."""
    text = f"answered {problem.status}." if isinstance(problem, aiohttp.ClientResponseError) else "does not answer."
    return words(request, 502, "Help could not start", f"The co-browsing server {text}")


async def stock(_: Request) -> Response:
    """How many of each thing are left; the shop asks every two seconds."""
    names = ("press", "dripper", "grinder", "kettle", "scale", "beans")
    return JSONResponse({name: random.randint(1, 40) for name in names}, headers={"Cache-Control": "no-store"})


app = Starlette(
    routes=[
        Route("/", lambda _: RedirectResponse("/visitor")),
        Route("/visitor", shop_page("index.html")),
        Route("/visitor/cart", shop_page("cart.html")),
        Route("/visitor/stock", stock),
        Route("/visitor-proxied", visitor_proxied),
        Route("/agent", agent),
        Mount("/shop", StaticFiles(directory=SHOP)),
    ]
)
