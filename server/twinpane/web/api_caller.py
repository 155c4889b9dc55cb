"""Who calls the REST API, what their key allows, and how they are told."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Security
from fastapi.security import APIKeyHeader, HTTPBearer
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from twinpane.access.scopes import require_scope
from twinpane.web.answers import Problem
from twinpane.web.api_gate import Caller
from twinpane.web.problems import respond_json
from twinpane.web.versions import SERVED, with_users

ShortId = Annotated[str, Path(max_length=100, description="The visitor's short ID (R4).")]


_FAILURES: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem, "description": words}
    for status, words in {
        400: "The body cannot be read.",
        401: "The key is wrong, revoked or missing.",
        403: "The key lacks the scope.",
        404: "There is no such visitor, session, webhook or path.",
        405: "The path does not take this method.",
        409: "The state does not allow it, or the Idempotency-Key was used for something else.",
        413: "The body is too large.",
        422: "Bad input; `fields` names each field.",
        429: "Too many requests; `Retry-After` says when to come again.",
        503: "Something that is needed is down, full or not set up.",
    }.items()
}


def told_as(model: type[BaseModel]) -> dict[int | str, dict[str, Any]]:
    """How a route's success is documented."""
    return {200: {"model": model, "description": "Success."}}


def api_router() -> APIRouter:
    """A router whose routes are documented as needing a key; `ApiGate` checks it."""
    key_schemes = [
        Security(APIKeyHeader(name="X-Api-Key", scheme_name="ApiKey", auto_error=False)),
        Security(HTTPBearer(scheme_name="Bearer", auto_error=False)),
    ]
    return APIRouter(prefix=SERVED, dependencies=key_schemes, redirect_slashes=False, responses=_FAILURES)


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
Ruling = Annotated[Caller, Depends(allowed("admin"))]


def told(caller: Caller, content: dict[str, Any]) -> Response:
    """A success (R3), in the words of the caller's version."""
    answer = {"status": "ok", **content}
    return respond_json(with_users(answer) if caller.says_users else answer)
