"""The one way into the console's API: where it comes from, who is logged in, what their role reaches."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import timedelta

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route as HttpRoute
from twinpane_protocol.console_answers import Nothing
from twinpane_protocol.console_routes import PREFIX, ROUTES, Route

from twinpane.access.log_ins import BEGUN_LIFE, COOKIE_ON_HTTPS, LOG_IN_LIFE, begun_cookie_name, cookie_name
from twinpane.access.roles import require_role
from twinpane.errors import ForbiddenError, InvalidRequestError, NotLoggedInError, ProblemError
from twinpane.live.origins import own_origin
from twinpane.ports.audit import Deed
from twinpane.web.api_gate import bounded
from twinpane.web.console_asked import Answer, Asked, Handler, who
from twinpane.web.context import Web, address_of, web_of
from twinpane.web.problems import respond_json, respond_problem

_SAME = ("same-origin", "none")
"""What `Sec-Fetch-Site` says of a request from our own page, or of one that the person made."""


def console_routes(handlers: Mapping[str, Handler]) -> list[HttpRoute]:
    """The routes of the contract, each with its handler by name; every one has one, and none is left over."""
    names = {route.name for route in ROUTES}
    if names != set(handlers):
        raise ValueError(f"routes and handlers differ: {names.symmetric_difference(handlers)}")
    return [
        HttpRoute(PREFIX + route.path, _endpoint(route, handlers[route.name]), methods=[route.method])
        for route in ROUTES
    ]


def _endpoint(route: Route, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        try:
            return await _answered(route, handler, request)
        except NotLoggedInError as problem:
            response = respond_problem(problem)
            _forget_cookie(response, request)
            return response

    return endpoint


async def _answered(route: Route, handler: Handler, request: Request) -> Response:
    web, address = web_of(request), address_of(request)
    _require_same_origin(request, route, web, address)
    secret = request.cookies.get(cookie_name(address))
    asked = Asked(
        web=web,
        request=request,
        route=route,
        address=address,
        place=request.client.host if request.client else None,
        secret=secret,
    )
    if route.needs is not None:
        logged_in = await web.log_ins.find(secret)
        require_role(logged_in.member.role, route.needs)
        team = await web.store.team(logged_in.member.team_id)
        if team is None:
            raise NotLoggedInError("Nobody is logged in here.")
        asked = replace(asked, logged_in=logged_in, its_team=team)
    if route.body is not Nothing:
        asked = replace(asked, raw=await _json_body(request, web))
    answer = await handler(asked)
    if route.method != "GET":
        await _note(asked, answer)
    return _response(answer, address)


def _require_same_origin(request: Request, route: Route, web: Web, address: str) -> None:
    """Refuse what another site makes a browser send, also from a host beside ours, which SameSite lets through."""
    site = request.headers.get("sec-fetch-site")
    if site is not None and site not in _SAME:
        raise ForbiddenError("This request comes from another site.")
    own = {address, f"{request.scope['scheme']}://{request.headers.get('host', '')}"}
    if route.method != "GET" and not own_origin(request.headers.get("origin"), own):
        raise ForbiddenError("This request comes from another site.")


async def _json_body(request: Request, web: Web) -> bytes:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        words = "The body must be a JSON object, sent with Content-Type: application/json."
        raise InvalidRequestError(words, fields={"body": "is not JSON"})
    limit = web.options.max_body_bytes
    if int(request.headers.get("content-length") or 0) > limit:
        raise HTTPException(413)
    return await Request(request.scope, bounded(limit, request.receive)).body()


async def _note(asked: Asked, answer: Answer) -> None:
    """Write the deed down before its success is told (R22)."""
    known = answer.logged_in or asked.logged_in
    if known is None:
        return
    deed = Deed(
        team_id=known.member.team_id,
        at=asked.web.clock.now(),
        who=who(known.member),
        did=f"{asked.route.method} {asked.request.url.path.removeprefix('/console/api')}",
        address=asked.place,
    )
    await asked.web.store.add_deed(deed)


def _response(answer: Answer, address: str) -> Response:
    content = answer.content
    told = msgspec.to_builtins(content) if isinstance(content, msgspec.Struct) else dict(content)
    response = respond_json({"status": "ok", **told})
    name = cookie_name(address)
    if answer.logged_in is not None and answer.logged_in.secret is not None:
        _keep(response, name, answer.logged_in.secret, LOG_IN_LIFE)
    elif answer.logged_out:
        _drop(response, name)
    if answer.begun:
        _keep(response, begun_cookie_name(address), answer.begun, BEGUN_LIFE)
    elif answer.begun is not None:
        _drop(response, begun_cookie_name(address))
    return response


def _keep(response: Response, name: str, secret: str, life: timedelta) -> None:
    response.set_cookie(
        name,
        secret,
        max_age=int(life.total_seconds()),
        path="/",
        secure=name.startswith(COOKIE_ON_HTTPS),
        httponly=True,
        samesite="strict",
    )


def _forget_cookie(response: Response, request: Request) -> None:
    try:
        name = cookie_name(address_of(request))
    except ProblemError:
        return
    if name in request.cookies:
        _drop(response, name)


def _drop(response: Response, name: str) -> None:
    response.delete_cookie(name, path="/", secure=name.startswith(COOKIE_ON_HTTPS), httponly=True, samesite="strict")
