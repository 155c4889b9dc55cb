"""Failures as R3 wants them: JSON with a code and a sentence; never HTML, never a stack trace."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import msgspec
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match

from twinpane.errors import InvalidApiKeyError, InvalidRequestError, ProblemError

_CODES = {400: "bad_request", 404: "not_found", 405: "method_not_allowed", 413: "too_large", 415: "bad_request"}
_METHODS = ("DELETE", "GET", "HEAD", "PATCH", "POST", "PUT")
_SENTENCES = {
    404: "There is nothing at this path.",
    405: "This path does not take this method.",
    413: "The request body is too large.",
}


def respond_json(content: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """JSON that is not kept by caches."""
    body = msgspec.json.encode(content)
    return Response(body, status, {"Cache-Control": "no-store", **(headers or {})}, "application/json")


def respond_problem(problem: ProblemError, headers: Mapping[str, str] | None = None) -> Response:
    """R3's failure."""
    content: dict[str, Any] = {"status": "error", "error": problem.code, "message": problem.message}
    if problem.fields:
        content["fields"] = problem.fields
    extra = dict(headers or {})
    if problem.retry_after_s is not None:
        extra["Retry-After"] = str(max(1, math.ceil(problem.retry_after_s)))
    if isinstance(problem, InvalidApiKeyError):
        extra["WWW-Authenticate"] = "Bearer"
    return respond_json(content, problem.status, extra)


async def on_problem(_request: Request, error: Exception) -> Response:
    """Answer a failure that an action told."""
    assert isinstance(error, ProblemError)  # noqa: S101 - registered for this type
    return respond_problem(error)


async def on_bad_input(_request: Request, error: Exception) -> Response:
    """Answer input that does not have its shape: 422, each field by its path."""
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for this type
    fields = {_field(each): str(each["msg"]).removeprefix("Value error, ") for each in error.errors()}
    message = "The request is not as it should be."
    if any(each["type"] == "json_invalid" for each in error.errors()):
        message, fields = "The body is not valid JSON.", {"body": "is not valid JSON"}
    elif any(
        each["type"] in ("model_attributes_type", "missing") and each["loc"] == ("body",) for each in error.errors()
    ):
        message = "The body must be a JSON object, sent with Content-Type: application/json."
    return respond_problem(InvalidRequestError(message, fields=fields))


async def on_http_error(request: Request, error: Exception) -> Response:
    """Answer what the framework refuses: unknown path, wrong method, body too large."""
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for this type
    if error.status_code == 405:
        error.headers = {**(error.headers or {}), "Allow": _methods_at(request)}
    return respond_http_error(error)


def _methods_at(request: Request) -> str:
    """What a path takes: of all its routes, where the framework names the first one's alone."""
    routes = request.app.routes
    taken = [
        method
        for method in _METHODS
        if any(route.matches({**request.scope, "method": method})[0] is Match.FULL for route in routes)
    ]
    return ", ".join(taken)


def respond_http_error(error: HTTPException) -> Response:
    """What the framework refuses, in R3's shape."""
    content = {
        "status": "error",
        "error": _CODES.get(error.status_code, "bad_request" if error.status_code < 500 else "internal"),
        "message": _SENTENCES.get(error.status_code, "The request cannot be read."),
    }
    return respond_json(content, error.status_code, error.headers)


async def on_failure(_request: Request, _error: Exception) -> Response:
    """Answer our own mistakes; what happened is in the log."""
    content = {"status": "error", "error": "internal", "message": "Something went wrong on our side."}
    return respond_json(content, 500)


def _field(error: Mapping[str, Any]) -> str:
    places = [str(place) for place in error["loc"]]
    return ".".join(places[1:]) or places[0]
