"""The built browser parts: the loader under each team's key, the rest by hashed names."""

from __future__ import annotations

from functools import lru_cache

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from twinpane.access.keys import is_public_key
from twinpane.web.bundles import FOREVER, Bundle, make_bundle, respond
from twinpane.web.context import web_of

# Pages of any origin load these.
_FOR_ANY_PAGE = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
_LOADER_AGE = "public, max-age=300"


async def loader(request: Request) -> Response:
    """`/PUBLIC_KEY.js` (S1). A page with a wrong key finds the reason in its developer tools."""
    web = web_of(request)
    key = request.path_params["public_key"]
    team = await web.store.team_by_public_key(key) if is_public_key(key) else None
    if team is None:
        return _comment("Twinpane: there is no team with this public key.", 404)
    bundle = web.bundles.entry("loader.js")
    if bundle is None:
        return _comment("Twinpane: the browser parts are not built on this server.", 503)
    bundle = _given_settings(bundle, msgspec.json.encode(team.settings))
    return respond(request.headers.get("accept-encoding", ""), bundle, {**_FOR_ANY_PAGE, "Cache-Control": _LOADER_AGE})


async def surface(request: Request) -> Response:
    """`/sdk/surface.js`, by its plain name for pages that the server has not yet told its own."""
    bundle = web_of(request).bundles.entry("surface.js")
    if bundle is None:
        raise HTTPException(404)
    return respond(request.headers.get("accept-encoding", ""), bundle, {**_FOR_ANY_PAGE, "Cache-Control": _LOADER_AGE})


async def sdk_file(request: Request) -> Response:
    """`/sdk/FILE`: the core and its chunks, for any page."""
    return _file(request, _FOR_ANY_PAGE)


async def static_file(request: Request) -> Response:
    """`/static/FILE`: parts of our own pages."""
    return _file(request, {})


@lru_cache(maxsize=100)
def _given_settings(loader: Bundle, settings: bytes) -> Bundle:
    """The loader with the team's settings (S5) as `twinpaneSettings`, a name that only the loader sees."""
    if settings == b"{}":
        return loader
    return make_bundle(loader.name, b"(twinpaneSettings=>{\n" + loader.body + b"\n})(" + settings + b");\n")


def _file(request: Request, headers: dict[str, str]) -> Response:
    bundle = web_of(request).bundles.file(request.path_params["file"])
    if bundle is None:
        raise HTTPException(404)
    return respond(request.headers.get("accept-encoding", ""), bundle, {**headers, "Cache-Control": FOREVER})


def _comment(text: str, status: int) -> Response:
    headers = {**_FOR_ANY_PAGE, "Cache-Control": "no-store"}
    return Response(f"// {text}\n", status, headers, media_type="text/javascript")


ROUTES = [
    Route("/{public_key}.js", loader),
    Route("/sdk/surface.js", surface),
    Route("/sdk/{file}", sdk_file),
    Route("/static/{file}", static_file),
]
