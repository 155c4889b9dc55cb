"""The replay page: a recorded session, shown again to whoever has a link (R20).

The link's token stands in the fragment, so that no log and no other server sees it; the page sends it in a header.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import Route

from twinpane.actions.recordings import Opened, open_replay
from twinpane.errors import ProblemError
from twinpane.web.context import address_of, web_of
from twinpane.web.csp import watch
from twinpane.web.documents import fill, links_to, not_built
from twinpane.web.problems import respond_json, respond_problem


async def page(request: Request) -> Response:
    """`/replay`: the page, the same for every recording."""
    links = links_to(web_of(request).bundles, "replay")
    if links is None:
        return not_built("The replay page")
    csp = watch(address_of(request), ())
    return HTMLResponse(
        fill("replay.html", **links), headers={"Content-Security-Policy": csp, "Cache-Control": "no-store"}
    )


async def recording(request: Request) -> Response:
    """`/replay/recording`: what the page says about the recording."""
    try:
        opened = await _opened(request)
    except ProblemError as problem:
        return respond_problem(problem)
    return respond_json({"status": "ok", "recording": opened.told})


async def frames(request: Request) -> Response:
    """`/replay/frames`: the frames, as `ports.recordings.Recordings.frames` tells them."""
    try:
        opened = await _opened(request)
    except ProblemError as problem:
        return respond_problem(problem)
    chunks = web_of(request).live.recordings.frames(opened.owner, opened.session_id)
    return StreamingResponse(chunks, media_type="application/octet-stream", headers={"Cache-Control": "no-store"})


async def _opened(request: Request) -> Opened:
    web = web_of(request)
    token = request.headers.get("authorization", "").removeprefix("Bearer ")
    return await open_replay(web.store, web.live, token, web.clock.now())


ROUTES = [
    Route("/replay", page, methods=["GET"]),
    Route("/replay/recording", recording, methods=["GET"]),
    Route("/replay/frames", frames, methods=["GET"]),
]
