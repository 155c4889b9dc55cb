"""The one way into the REST API: paths as they may be written, keys, rates."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from twinpane.access.keys import key_in_headers
from twinpane.access.throttle import Allowance, Throttle
from twinpane.actions.authenticate_key import authenticate_key
from twinpane.errors import InvalidApiKeyError, NotFoundError, ProblemError, RateLimitedError
from twinpane.ports.records import RestKey, Team
from twinpane.web.context import Web
from twinpane.web.problems import respond_problem

SERVED = "/v1.4"
"""The one version under which the routes are; the others are ways to write it."""
_VERSIONED = re.compile(r"/v1\.([0-4])/(.+?)(?:\.json)?")
_WITH_USERS_ALIAS = "01"


@dataclass(frozen=True, slots=True)
class Caller:
    """Whose request it is."""

    key: RestKey
    team: Team


def served_path(path: str) -> str | None:
    """The path of the route behind a path of R1 and R4; None if there cannot be one."""
    match = _VERSIONED.fullmatch(path)
    if match is None:
        return None
    version, rest = match.groups()
    if version in _WITH_USERS_ALIAS and (rest == "users" or rest.startswith("users/")):
        rest = "visitors" + rest.removeprefix("users")
    return f"{SERVED}/{rest}"


class ApiGate:
    """ASGI middleware: lets only known keys within their rate through to `/v1.x/…`."""

    def __init__(self, app: ASGIApp, web: Web) -> None:
        """Stand before an app."""
        self._app = app
        self._web = web
        self._throttle = Throttle(web.options.rest_requests_per_s)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or refuse with R3's failure."""
        if scope["type"] != "http" or not scope["path"].startswith("/v1."):
            await self._app(scope, receive, send)
            return
        headers: dict[str, str] = {}
        try:
            caller = await self._authenticated(scope)
            allowance = self._throttle.take(caller.key.id, self._web.clock.monotonic())
            headers = self._rate_headers(allowance)
            if not allowance.allowed:
                wait_s = math.ceil(allowance.retry_after_s)
                raise RateLimitedError("Too many requests with this key.", retry_after_s=wait_s)
            path = served_path(scope["path"])
            if path is None:
                raise NotFoundError("There is nothing at this path.")
        except ProblemError as problem:
            await respond_problem(problem, headers)(scope, receive, send)
            return
        scope = {**scope, "path": path, "raw_path": path.encode()}
        scope["state"] = {**scope.get("state", {}), "caller": caller}
        await self._app(scope, _bounded(self._web.options.max_body_bytes, receive), _adding(headers, send))

    async def _authenticated(self, scope: Scope) -> Caller:
        secret = key_in_headers(Headers(scope=scope))
        key = await authenticate_key(self._web.store, secret, self._web.clock.now())
        team = await self._web.store.team(key.team_id)
        if team is None:
            raise InvalidApiKeyError("The API key is wrong or missing.")
        return Caller(key, team)

    def _rate_headers(self, allowance: Allowance) -> dict[str, str]:
        return {
            "RateLimit-Limit": str(self._web.options.rest_requests_per_s),
            "RateLimit-Remaining": str(allowance.remaining),
            "RateLimit-Reset": str(math.ceil(allowance.full_after_s)),
        }


def _bounded(max_bytes: int, receive: Receive) -> Receive:
    """Refuse to read on in a body over the limit, whatever its length was said to be."""
    left = max_bytes

    async def receive_bounded() -> Message:
        nonlocal left
        message = await receive()
        left -= len(message.get("body", b""))
        if left < 0:
            raise HTTPException(413)
        return message

    return receive_bounded


def _adding(headers: dict[str, str], send: Send) -> Send:
    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(headers)
        await send(message)

    return send_with_headers
