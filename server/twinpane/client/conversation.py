"""What is said and heard until a call is answered: the whole of the library but its sockets and its waiting.

A conversation is a generator. It yields what to do next, a request to send or a pause to make, is sent what came of it,
and returns the answer. So the blocking and the asynchronous library are the same but for who carries the steps out.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TypeVar

import msgspec

from twinpane.client.call import Call
from twinpane.client.refusals import BY_STATUS, NotReachedError, RefusedError, TwinpaneError, UnexpectedAnswerError

Answer = TypeVar("Answer")
_PASSING = (429, 500, 502, 503, 504)
"""Statuses that another try may not meet."""


@dataclass(frozen=True, slots=True)
class Sending:
    """Send this request."""

    method: str
    path: str
    headers: Mapping[str, str]
    content: bytes | None


@dataclass(frozen=True, slots=True)
class Pause:
    """Wait before the next try."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server answered. Names of headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Silence:
    """No answer came, and why."""

    reason: str


Step = Sending | Pause
Heard = Reply | Silence | None
Talk = Generator[Step, Heard, Answer]


@dataclass(frozen=True, slots=True, kw_only=True)
class Retries:
    """How often to try, and how long to wait in between: twice as long each time, less a random part, or as
    `Retry-After` says. If it asks for more than `longest_wait_s`, the failure is raised at once."""

    tries: int = 4
    first_wait_s: float = 0.25
    longest_wait_s: float = 20.0


def converse(call: Call[Answer], key: str, retries: Retries, draw: Callable[[], float]) -> Talk[Answer]:
    """Ask until there is an answer. `draw` gives numbers from 0 to 1. Raises TwinpaneError."""
    sending = _sending(call, key)
    for tried in range(1, retries.tries + 1):
        heard = yield sending
        assert heard is not None  # noqa: S101 - who carries a request out tells what came of it
        if isinstance(heard, Reply) and 200 <= heard.status < 300:
            return call.read(heard.body)
        problem = _problem(heard)
        wait_s = _wait_s(problem, tried, retries, draw)
        if wait_s is None:
            raise problem
        yield Pause(wait_s)
    raise AssertionError("retries.tries must be at least 1")


def _sending(call: Call[Answer], key: str) -> Sending:
    headers = {"X-Api-Key": key, "Accept": "application/json"}
    content = call.content
    if content is not None:
        headers["Content-Type"] = "application/json"
    if call.method == "POST":
        # The same at every try, so that what was done before its answer got lost is not done twice (R3).
        headers["Idempotency-Key"] = call.idempotency_key or secrets.token_urlsafe(24)
    return Sending(call.method, call.path, headers, content)


def _wait_s(problem: TwinpaneError, tried: int, retries: Retries, draw: Callable[[], float]) -> float | None:
    """How long to wait before the next try; None if there should be none."""
    told_s = problem.retry_after_s if isinstance(problem, RefusedError) else None
    passing = isinstance(problem, NotReachedError) or getattr(problem, "status", 0) in _PASSING
    if tried == retries.tries or not (passing or told_s is not None):
        return None
    if told_s is not None:
        return told_s if told_s <= retries.longest_wait_s else None
    doubled_s: float = retries.first_wait_s * 2 ** (tried - 1)
    return min(retries.longest_wait_s, doubled_s) * (1 - draw() / 2)


def _problem(heard: Reply | Silence) -> TwinpaneError:
    if isinstance(heard, Silence):
        return NotReachedError(f"The server did not answer ({heard.reason}).")
    try:
        said = msgspec.json.decode(heard.body, type=_Refusal)
    except msgspec.MsgspecError:
        if heard.status in _PASSING:
            said = _Refusal(error="unavailable", message=f"Something in front of the server answered {heard.status}.")
        else:
            return UnexpectedAnswerError(_stranger(heard))
    kind = BY_STATUS.get(heard.status, RefusedError)
    return kind(
        said.message,
        code=said.error,
        fields=said.fields,
        status=heard.status,
        retry_after_s=_retry_after_s(heard.headers),
    )


class _Refusal(msgspec.Struct):
    """R3's failure."""

    error: str
    message: str
    fields: dict[str, str] | None = None


def _stranger(reply: Reply) -> str:
    where = reply.headers.get("location")
    if where is not None:
        return f"The server leads to {where}: is that its address?"
    return f"Something that is not the API answered with {reply.status}: is the server's address right?"


def _retry_after_s(headers: Mapping[str, str]) -> float | None:
    """`Retry-After` in seconds, also if it is a date (RFC 9110, 10.2.3); None if it is not there or cannot be read."""
    told = headers.get("retry-after", "")
    if told.isdecimal():
        return float(told)
    try:
        # Against the sender's own clock: ours may differ.
        return max(0.0, (parsedate_to_datetime(told) - parsedate_to_datetime(headers["date"])).total_seconds())
    except (KeyError, ValueError, TypeError):
        return None
