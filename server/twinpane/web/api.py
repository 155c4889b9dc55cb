"""The REST API (api.md §1). Every route is behind `ApiGate`; other spellings of a path are its matter."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Security
from fastapi.security import APIKeyHeader, HTTPBearer
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from twinpane.access.scopes import require_scope
from twinpane.actions.count_usage import count_usage
from twinpane.actions.find_visitors import Reader
from twinpane.actions.shapes import iso_time
from twinpane.actions.start_proxy_session import start_proxy_session
from twinpane.actions.watch import end_session, start_session
from twinpane.errors import UnavailableError
from twinpane.web.api_gate import SERVED, Caller
from twinpane.web.bodies import ProxySessionBody, WatchUrlBody
from twinpane.web.context import address_of, web_of
from twinpane.web.problems import respond_json

_key_schemes = [
    Security(APIKeyHeader(name="X-Api-Key", scheme_name="ApiKey", auto_error=False)),
    Security(HTTPBearer(scheme_name="Bearer", auto_error=False)),
]
router = APIRouter(prefix=SERVED, dependencies=_key_schemes, redirect_slashes=False)

ShortId = Annotated[str, Path(max_length=100, description="The visitor's short ID (R4).")]


def allowed(scope: str) -> Callable[[Request], Awaitable[Caller]]:
    """Whoever may do something: the caller, if the key has the scope. Raises ForbiddenError."""

    async def caller(request: Request) -> Caller:
        found: Caller = request.state.caller
        require_scope(found.key.scopes, scope)
        return found

    return caller


Reading = Annotated[Caller, Depends(allowed("read"))]
Starting = Annotated[Caller, Depends(allowed("sessions"))]
Proxying = Annotated[Caller, Depends(allowed("proxy"))]


def _reader(request: Request, caller: Caller) -> Reader:
    return Reader(team=caller.team, name=f"key {caller.key.id}", address=address_of(request))


@router.get("/usage", summary="Figures of the team")
async def usage(request: Request, caller: Reading) -> Response:
    """R10."""
    web = web_of(request)
    figures = await count_usage(web.store, web.live, caller.team, web.clock.now())
    return respond_json({"status": "ok", "usage": figures})


@router.get("/list", summary="List and search visitors")
async def list_visitors(
    request: Request,
    caller: Reading,
    search: Annotated[str, Query(max_length=500, description="Words and exact terms (R40).")] = "",
    max_results: Annotated[int, Query(ge=1, le=500)] = 50,
    cursor: Annotated[str | None, Query(max_length=200, description="`next_cursor` of the list before.")] = None,
) -> Response:
    """R11: visitors, newest first."""
    found = await web_of(request).visitors.list(_reader(request, caller), search, max_results, cursor)
    return respond_json({"status": "ok", **found})


@router.get("/visitors/{short_id}", summary="Show a visitor")
async def show_visitor(request: Request, caller: Reading, short_id: ShortId) -> Response:
    """R12."""
    found = await web_of(request).visitors.show(_reader(request, caller), short_id)
    return respond_json({"status": "ok", **found})


@router.post("/visitors/{short_id}/watch_url", summary="Start a session")
async def make_watch_url(request: Request, caller: Starting, short_id: ShortId, body: WatchUrlBody) -> Response:
    """R15: the watch URL opens once within 60 s; send the agent's browser there and do not keep it."""
    web = web_of(request)
    started = await start_session(
        web.store, web.live, web.chance, caller.team, short_id, body.wanted(), web.clock.now()
    )
    return respond_json(
        {
            "status": "ok",
            "watch_url": f"{address_of(request)}/watch/{started.token}",
            "session_id": started.session_id,
            "expires_at": iso_time(started.expires_at),
        }
    )


@router.delete("/visitors/{short_id}/session", summary="End the visitor's session")
async def delete_session(request: Request, caller: Starting, short_id: ShortId) -> Response:
    """R16: the plain text `ok`, also when no session is active."""
    web = web_of(request)
    await end_session(web.store, web.live, caller.team, short_id)
    return PlainTextResponse("ok", headers={"Cache-Control": "no-store"})


@router.post("/proxy_session", include_in_schema=False)
@router.post("/proxy_sessions", summary="Start a proxy session")
async def make_proxy_session(request: Request, caller: Proxying, body: ProxySessionBody) -> Response:
    """R18: send the visitor's browser to `url` within 5 minutes; it opens once."""
    web = web_of(request)
    if web.proxy is None:
        raise UnavailableError("This server has no domain for proxied sites: set proxy_domain.")
    started = start_proxy_session(
        web.live, web.proxy.upstream, web.proxy.base, caller.team, body.wanted(), address_of(request), web.clock.now()
    )
    return respond_json(
        {
            "status": "ok",
            "url": started.url,
            "proxy_session_id": started.sid,
            "expires_at": iso_time(started.expires_at),
        }
    )
