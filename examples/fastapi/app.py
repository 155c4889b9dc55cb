"""Co-browsing in a FastAPI application: three endpoints, nothing is stored.

pip install fastapi uvicorn "twinpane[client]"
export TWINPANE_URL=http://localhost:8080 TWINPANE_PUBLIC_KEY=… TWINPANE_REST_KEY=…
uvicorn app:app --port 3000
"""

from __future__ import annotations

import html
import json
import logging
import os
from string import Template

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from twinpane.client import AsyncTwinpane, TwinpaneError

URL, PUBLIC_KEY = os.environ["TWINPANE_URL"], os.environ["TWINPANE_PUBLIC_KEY"]
# A site whose pages we cannot change. It is never taken from a request.
FOREIGN_URL = os.environ.get("TWINPANE_FOREIGN_URL", "https://example.com/")

PAGE = Template("""<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<title>Our shop</title>
<script>
  window.Upscope = window.Upscope || function () { (Upscope.q = Upscope.q || []).push(arguments); };
  Upscope("init", {});
  Upscope("updateConnection", $identity);
</script>
<script async src="$url/$key.js"></script>
<h1>Our shop</h1>
<label>Search <input id="search"></label>
</html>""")

app = FastAPI()
twinpane = AsyncTwinpane(URL, key=os.environ["TWINPANE_REST_KEY"])
log = logging.getLogger("shop")


# `id` is a customer's or case number: whom it is about. A real application takes it from its log-in.
@app.get("/visitor")
async def visitor(id: str = "case-42") -> Response:  # noqa: A002
    """The page that is shared. It says who the visitor is, by our own ID."""
    identity = json.dumps({"uniqueId": id, "identities": ["Ada"]}).replace("<", "\\u003c")
    return HTMLResponse(PAGE.substitute(identity=identity, url=html.escape(URL), key=html.escape(PUBLIC_KEY)))


@app.get("/visitor-proxied")
async def visitor_proxied(id: str = "case-42") -> Response:  # noqa: A002
    """Instead of /visitor where the page is somebody else's. Let only signed-in customers reach this."""
    opened = await twinpane.proxy_session(FOREIGN_URL, unique_id=id, identities=["Ada"])
    return RedirectResponse(opened.url, 302)


@app.get("/agent")
async def agent(id: str = "case-42") -> Response:  # noqa: A002
    """Unique ID → short ID → watch URL → there, in one request. Let only signed-in colleagues reach this."""
    found = await twinpane.find_visitor(id)
    if found is None:
        return PlainTextResponse("Nobody to help yet: the customer has not opened the page.", 404)
    started = await twinpane.watch_url(found.short_id, agent_id="7", agent_name="Zoë")
    return RedirectResponse(started.watch_url, 302)


@app.exception_handler(TwinpaneError)
async def help_could_not_start(_: Request, problem: TwinpaneError) -> Response:
    """Say why in words; the code is for our log."""
    log.warning("co-browsing: %s", problem)
    return PlainTextResponse(f"Help could not start. {problem.message}", 502)
