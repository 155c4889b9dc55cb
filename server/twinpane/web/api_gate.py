"""The one way into the REST API: paths as they may be written, keys, rates."""

from __future__ import annotations

import math
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from twinpane.access.keys import key_in_headers
from twinpane.access.throttle import Allowance, Throttle
from twinpane.actions.authenticate_key import authenticate_key
from twinpane.errors import InvalidApiKeyError, NotFoundError, ProblemError, RateLimitedError
from twinpane.ports.audit import Deed
from twinpane.ports.records import RestKey, Team
from twinpane.web.context import Web
from twinpane.web.misses import Misses
from twinpane.web.problems import respond_http_error, respond_problem
from twinpane.web.repeats import Repeats
from twinpane.web.versions import SERVED, served_path, speaks_of_users

_CHANGING = ("POST", "PATCH", "DELETE")
_READ_AS_JSON = ("", "application/x-www-form-urlencoded")
"""Kinds of bodies that senders of JSON name who do not say what they send, such as curl."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Whose request it is."""

    key: RestKey
    team: Team
    says_users: bool = False
    """Whether answers carry v1.0's names too."""


class ApiGate:
    """ASGI middleware: lets only known keys within their rate through to `/v1.x/…`."""

    def __init__(self, app: ASGIApp, web: Web) -> None:
        """Stand before an app."""
        self._app = app
        self._web = web
        self._throttle = Throttle(web.options.rest_requests_per_s)
        self._misses = Misses(web.clock)
        self._repeats = Repeats(web.store, web.live.sealing("answers"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or refuse with R3's failure."""
        if scope["type"] != "http" or not scope["path"].startswith("/v1."):
            await self._app(scope, receive, send)
            return
        headers: dict[str, str] = {}
        try:
            caller = await self._known(scope)
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
        scope = {**scope, "path": path, "raw_path": path.encode(), "headers": _json_named(scope["headers"])}
        scope["state"] = {**scope.get("state", {}), "caller": caller}
        reading = bounded(self._web.options.max_body_bytes, receive)
        if scope["method"] in _CHANGING:
            send = self._noting(caller, scope, send)
        await self._serve(caller, scope, reading, _adding(headers, send))

    def _noting(self, caller: Caller, scope: Scope, send: Send) -> Send:
        """Write the deed down before its success is told (R22)."""
        client = scope.get("client")
        who = f"key {caller.key.id} ({caller.key.name})"
        did = f"{scope['method']} {scope['path'].removeprefix(SERVED)}"

        async def send_noted(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] < 300:
                deed = Deed(
                    team_id=caller.team.id,
                    at=self._web.clock.now(),
                    who=who,
                    did=did,
                    address=client[0] if client else None,
                )
                await self._web.store.add_deed(deed)
            await send(message)

        return send_noted

    async def _serve(self, caller: Caller, scope: Scope, receive: Receive, send: Send) -> None:
        key = Headers(scope=scope).get("idempotency-key", "")
        if scope["method"] != "POST" or not key:
            await self._app(scope, receive, send)
            return
        try:
            now = self._web.clock.now()
            await self._repeats.answer(caller.team.id, key, now, self._app, scope, receive, send)
        except ProblemError as problem:
            await respond_problem(problem)(scope, receive, send)
        except HTTPException as problem:
            await respond_http_error(problem)(scope, receive, send)

    async def _known(self, scope: Scope) -> Caller:
        """Who asks. Wrong keys of one address are told to wait beyond a rate; right ones never."""
        try:
            return await self._authenticated(scope)
        except InvalidApiKeyError:
            client = scope.get("client")
            wait_s = self._misses.wait_s(client[0] if client else None)
            if wait_s == 0:
                raise
            raise RateLimitedError("Too many requests with wrong keys.", retry_after_s=wait_s) from None

    async def _authenticated(self, scope: Scope) -> Caller:
        secret = key_in_headers(Headers(scope=scope))
        key = await authenticate_key(self._web.store, secret, self._web.clock.now())
        team = await self._web.store.team(key.team_id)
        if team is None:
            raise InvalidApiKeyError("The API key is wrong or missing.")
        return Caller(key, team, speaks_of_users(scope["path"]))

    def _rate_headers(self, allowance: Allowance) -> dict[str, str]:
        return {
            "RateLimit-Limit": str(self._web.options.rest_requests_per_s),
            "RateLimit-Remaining": str(allowance.remaining),
            "RateLimit-Reset": str(math.ceil(allowance.full_after_s)),
        }


def _json_named(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """Headers in which a body that was not named is JSON: the API takes nothing else, and keys are no cookies."""
    named = next((value for name, value in headers if name == b"content-type"), b"")
    if named.decode("latin-1").partition(";")[0].strip().lower() not in _READ_AS_JSON:
        return headers
    others = [(name, value) for name, value in headers if name != b"content-type"]
    return [*others, (b"content-type", b"application/json")]


def bounded(max_bytes: int, receive: Receive) -> Receive:
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
