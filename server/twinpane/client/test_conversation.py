"""What is tried again, how long it waits, and what is raised; without a socket or a clock."""

from __future__ import annotations

import json
from typing import Any

import pytest

from twinpane.client import calls
from twinpane.client.call import Call
from twinpane.client.conversation import Pause, Reply, Retries, Sending, Silence, converse
from twinpane.client.refusals import (
    ConflictError,
    InvalidRequestError,
    NotFoundError,
    NotReachedError,
    RateLimitedError,
    RefusedError,
    TwinpaneError,
    UnexpectedAnswerError,
)

USAGE = calls.usage()
WATCH = calls.watch_url("AAAA2222", agent_id="7", agent_name="Zoë")
WATCHING = Reply(200, {}, b'{"watch_url": "u", "session_id": "s", "expires_at": "2026-11-22T14:50:00.123Z"}')


def refusal(status: int, code: str = "some_code", headers: dict[str, str] | None = None, **more: Any) -> Reply:
    return Reply(
        status, headers or {}, json.dumps({"status": "error", "error": code, "message": "No.", **more}).encode()
    )


def play(
    call: Call[Any], *heard: Reply | Silence, retries: Retries | None = None
) -> tuple[list[Sending], list[float], Any]:
    """Hold a conversation; what was sent, how long it waited, and its answer or what it raised."""
    sent: list[Sending] = []
    waited: list[float] = []
    talk = converse(call, "secret", retries or Retries(), lambda: 0.5)
    replies = iter(heard)
    answer: Any = None
    try:
        step = next(talk)
        while True:
            if isinstance(step, Pause):
                waited.append(step.seconds)
                step = talk.send(None)
            else:
                sent.append(step)
                step = talk.send(next(replies))
    except StopIteration as end:
        answer = end.value
    except TwinpaneError as error:
        answer = error
    return sent, waited, answer


def test_silence_is_tried_again_with_longer_waits_and_then_told() -> None:
    sent, waited, problem = play(USAGE, *[Silence("ConnectError: refused")] * 4)
    assert len(sent) == 4
    assert waited == [0.1875, 0.375, 0.75]
    assert isinstance(problem, NotReachedError)
    assert (problem.code, problem.fields) == ("not_reached", {})
    assert "refused" in problem.message


def test_waits_are_never_longer_than_the_longest() -> None:
    _, waited, _ = play(USAGE, *[Silence("x")] * 9, retries=Retries(tries=9, longest_wait_s=1.0))
    assert max(waited) == 0.75


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_what_passes_is_tried_again(status: int) -> None:
    sent, waited, answer = play(WATCH, refusal(status), WATCHING)
    assert (len(sent), len(waited), answer.watch_url) == (2, 1, "u")


def test_r3_retry_after_is_honoured_in_seconds_and_as_a_date() -> None:
    _, waited, _ = play(WATCH, refusal(429, headers={"retry-after": "7"}), WATCHING)
    assert waited == [7.0]
    dates = {"retry-after": "Sun, 22 Nov 2026 14:50:09 GMT", "date": "Sun, 22 Nov 2026 14:50:05 GMT"}
    _, waited, _ = play(WATCH, refusal(503, headers=dates), WATCHING)
    assert waited == [4.0]


@pytest.mark.parametrize("told", ["soon", "-1", ""])
def test_retry_after_that_cannot_be_read_is_as_if_it_were_not_there(told: str) -> None:
    _, waited, _ = play(WATCH, refusal(429, headers={"retry-after": told}), WATCHING)
    assert waited == [0.1875]


def test_s6_long_lock_out_is_raised_at_once() -> None:
    sent, waited, problem = play(USAGE, refusal(429, "rate_limited", {"retry-after": "240"}))
    assert (len(sent), waited) == (1, [])
    assert isinstance(problem, RateLimitedError)
    assert problem.retry_after_s == 240.0


def test_r3_post_has_one_idempotency_key_for_all_its_tries_and_another_for_the_next_call() -> None:
    sent, _, _ = play(WATCH, Silence("x"), refusal(503), WATCHING)
    keys = {sending.headers["Idempotency-Key"] for sending in sent}
    assert len(keys) == 1
    again, _, _ = play(WATCH, WATCHING)
    assert again[0].headers["Idempotency-Key"] not in keys
    own = calls.watch_url("AAAA2222", agent_id="7", agent_name="Zoë", idempotency_key="case-42")
    assert play(own, WATCHING)[0][0].headers["Idempotency-Key"] == "case-42"
    assert "Idempotency-Key" not in play(USAGE, Silence("x"), retries=Retries(tries=1))[0][0].headers


def test_r3_conflict_that_passes_is_tried_again_and_another_is_not() -> None:
    assert play(WATCH, refusal(409, headers={"retry-after": "1"}), WATCHING)[2].watch_url == "u"
    sent, _, problem = play(WATCH, refusal(409, "conflict"))
    assert isinstance(problem, ConflictError)
    assert len(sent) == 1


def test_r3_refusal_tells_code_message_and_fields() -> None:
    _, _, problem = play(WATCH, refusal(422, "invalid_request", fields={"agent.id": "is too long"}))
    assert isinstance(problem, InvalidRequestError)
    assert (problem.status, problem.code, problem.message) == (422, "invalid_request", "No.")
    assert problem.fields == {"agent.id": "is too long"}
    assert str(problem) == "invalid_request: No. agent.id: is too long."
    assert isinstance(play(WATCH, refusal(404))[2], NotFoundError)
    assert type(play(WATCH, refusal(413))[2]) is RefusedError


def test_what_is_not_the_api_is_told_as_such() -> None:
    _, _, moved = play(USAGE, Reply(301, {"location": "https://help.example.com/"}, b"<html>"))
    assert isinstance(moved, UnexpectedAnswerError)
    assert "leads to https://help.example.com/" in moved.message
    assert isinstance(play(USAGE, Reply(404, {}, b"<html>"))[2], UnexpectedAnswerError)
    assert isinstance(play(USAGE, Reply(200, {}, b"<html>"))[2], UnexpectedAnswerError)
    assert play(USAGE, *[Reply(502, {}, b"<html>")] * 4)[2].code == "unavailable"


def test_places_and_searches_are_escaped_and_bodies_are_json() -> None:
    [asked], _, _ = play(calls.visitor("a/b?c"), refusal(404))
    assert asked.path == "/v1.4/visitors/a%2Fb%3Fc"
    [searched], _, _ = play(calls.find_visitor("case 42&", online=True), refusal(404))
    assert searched.path == "/v1.4/list?search=id%3A%22case+42%26%22+online&max_results=1"
    [begun], _, _ = play(WATCH, WATCHING)
    assert json.loads(begun.content or b"") == {"agent": {"id": "7", "name": "Zoë"}}
    with pytest.raises(ValueError, match="quotation mark"):
        calls.find_visitor('"')
