"""The REST API (api.md §1): figures, visitors, starting sessions. Every route is behind `ApiGate`."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Literal

from fastapi import Query
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from twinpane.actions.count_usage import count_usage
from twinpane.actions.erase_visitors import erase_offline_visitors, erase_visitor
from twinpane.actions.export_visitor import export_visitor
from twinpane.actions.find_visitors import Reader
from twinpane.actions.shapes import iso_time
from twinpane.actions.start_proxy_session import start_proxy_session
from twinpane.actions.watch import Started, Wanted, end_session, start_told_session
from twinpane.errors import UnavailableError
from twinpane.web.answers import (
    Done,
    ExportTold,
    ProxySessionTold,
    UsageTold,
    ViewerTokenTold,
    VisitorsTold,
    VisitorTold,
    WatchUrlTold,
)
from twinpane.web.api_caller import Proxying, Reading, Ruling, ShortId, Starting, api_router, told, told_as
from twinpane.web.api_gate import Caller
from twinpane.web.bodies import ProxySessionBody, ViewerTokenBody, WatchUrlBody
from twinpane.web.context import address_of, web_of
from twinpane.web.logo import with_logo

router = api_router()


def _reader(request: Request, caller: Caller) -> Reader:
    return Reader(team=caller.team, name=f"key {caller.key.id}", address=address_of(request))


async def _start(request: Request, caller: Caller, short_id: str, wanted: Wanted) -> Started:
    web = web_of(request)
    wanted = replace(wanted, branding=with_logo(web, address_of(request), wanted.branding))
    return await start_told_session(
        web.store, web.live, web.deliveries, web.chance, caller.team, short_id, wanted, web.clock.now()
    )


def _webhook_secret(started: Started) -> dict[str, str]:
    return {} if started.webhook_secret is None else {"webhook_secret": started.webhook_secret}


@router.get("/usage", summary="Figures of the team", responses=told_as(UsageTold))
async def usage(request: Request, caller: Reading) -> Response:
    """R10."""
    web = web_of(request)
    figures = await count_usage(web.store, web.live, caller.team, web.clock.now())
    return told(caller, {"usage": figures})


@router.get("/list", summary="List and search visitors", responses=told_as(VisitorsTold))
async def list_visitors(
    request: Request,
    caller: Reading,
    search: Annotated[str, Query(max_length=500, description="Words and exact terms (R40).")] = "",
    max_results: Annotated[int, Query(ge=1, le=500)] = 50,
    cursor: Annotated[str | None, Query(max_length=200, description="`next_cursor` of the list before.")] = None,
) -> Response:
    """R11: visitors, newest first."""
    found = await web_of(request).visitors.list(_reader(request, caller), search, max_results, cursor)
    return told(caller, found)


@router.get("/visitors/{short_id}", summary="Show a visitor", responses=told_as(VisitorTold))
async def show_visitor(
    request: Request,
    caller: Reading,
    short_id: ShortId,
    with_history: Annotated[bool, Query(description="Add the newest 100 pageviews that the page had kept.")] = False,
) -> Response:
    """R12."""
    found = await web_of(request).visitors.show(_reader(request, caller), short_id, with_history)
    return told(caller, found)


@router.post("/visitors/{short_id}/watch_url", summary="Start a session", responses=told_as(WatchUrlTold))
async def make_watch_url(request: Request, caller: Starting, short_id: ShortId, body: WatchUrlBody) -> Response:
    """R15: the watch URL opens once within 60 s; send the agent's browser there and do not keep it."""
    started = await _start(request, caller, short_id, body.wanted())
    return told(
        caller,
        {
            "watch_url": f"{address_of(request)}/watch/{started.token}",
            "session_id": started.session_id,
            "expires_at": iso_time(started.expires_at),
        }
        | _webhook_secret(started),
    )


@router.post(
    "/visitors/{short_id}/viewer_token",
    summary="Start a session in a page of your own",
    responses=told_as(ViewerTokenTold),
)
async def make_viewer_token(request: Request, caller: Starting, short_id: ShortId, body: ViewerTokenBody) -> Response:
    """R17: within 60 s give your page's frame the address `{endpoint}/watch/{token}`; it opens once."""
    web = web_of(request)
    started = await _start(request, caller, short_id, body.wanted())
    return told(
        caller,
        {
            "token": started.token,
            "endpoint": web.options.viewer_endpoint or address_of(request),
            "region": web.options.region,
            "short_id": short_id,
            "session_id": started.session_id,
            "expires_at": iso_time(started.expires_at),
        }
        | _webhook_secret(started),
    )


@router.get(
    "/visitors/{short_id}/export", summary="Export what is stored about a visitor", responses=told_as(ExportTold)
)
async def show_export(request: Request, caller: Ruling, short_id: ShortId) -> Response:
    """R24: all rows about the visitor by table, as the data inventory names them; secrets of others are left out."""
    return told(caller, {"stored": await export_visitor(web_of(request).store, caller.team, short_id)})


@router.delete("/visitors/{short_id}", summary="Erase a visitor", responses=told_as(Done))
async def delete_visitor(request: Request, caller: Ruling, short_id: ShortId) -> Response:
    """R13: the visitor, their sessions and all else stored about them; nothing is left when this answers."""
    web = web_of(request)
    await erase_visitor(web.store, web.live, caller.team, short_id)
    return told(caller, {})


@router.delete("/visitors", summary="Erase all offline visitors", responses=told_as(Done))
async def delete_visitors(
    request: Request,
    caller: Ruling,
    all_: Annotated[Literal["true"], Query(alias="all", description="Must be `true`.")],
) -> Response:
    """R14: answers at once, works in the background."""
    web = web_of(request)
    web.live.run_errand("erase offline visitors", erase_offline_visitors(web.store, web.live, caller.team))
    return told(caller, {})


@router.delete(
    "/visitors/{short_id}/session",
    summary="End the visitor's session",
    response_class=Response,
    responses={200: {"description": "Success.", "content": {"text/plain": {"schema": {"const": "ok"}}}}},
)
async def delete_session(request: Request, caller: Starting, short_id: ShortId) -> Response:
    """R16: the plain text `ok`, also when no session is active."""
    web = web_of(request)
    await end_session(web.store, web.live, caller.team, short_id)
    return PlainTextResponse("ok", headers={"Cache-Control": "no-store"})


@router.post("/proxy_session", include_in_schema=False)
@router.post("/proxy_sessions", summary="Start a proxy session", responses=told_as(ProxySessionTold))
async def make_proxy_session(request: Request, caller: Proxying, body: ProxySessionBody) -> Response:
    """R18: send the visitor's browser to `url` within 5 minutes; it opens once."""
    web = web_of(request)
    if web.proxy is None:
        raise UnavailableError("This server has no domain for proxied sites: set proxy_domain.")
    started = start_proxy_session(
        web.live, web.proxy.upstream, web.proxy.base, caller.team, body.wanted(), address_of(request), web.clock.now()
    )
    return told(
        caller,
        {
            "url": started.url,
            "proxy_session_id": started.sid,
            "expires_at": iso_time(started.expires_at),
        },
    )
