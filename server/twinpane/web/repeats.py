"""Answer a repeated POST as the first time: `Idempotency-Key` (R3).

Answers are kept in memory, for they hold one-time links that must never be stored. After a restart the same request
gives one seat more in the session, which goes on.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from twinpane.errors import ConflictError, InvalidRequestError

KEPT_S: Final = 24 * 3600
MAX_KEPT: Final = 10_000
MAX_KEY: Final = 255

Name = tuple[int, str]


@dataclass(slots=True)
class _Kept:
    """The first request's fingerprint and, once there, its answer."""

    fingerprint: bytes
    until_s: float
    answer: list[Message] | None = None


class Repeats:
    """Keeps answers by team and key for 24 hours, at most 10,000: then the oldest go first."""

    def __init__(self) -> None:
        """Begin with none."""
        self._kept: dict[Name, _Kept] = {}

    async def answer(
        self, team_id: int, key: str, now_s: float, app: ASGIApp, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Let a request through once; later ones with the same key and body get the same answer.

        Only successes are kept: what failed has changed nothing and may be tried again. Raises InvalidRequestError for
        a bad key, ConflictError for another body or path, and while the first request is being answered.
        """
        if len(key) > MAX_KEY or not key.isprintable():
            raise InvalidRequestError(
                "The Idempotency-Key cannot be used.", fields={"Idempotency-Key": "must be 1 to 255 characters"}
            )
        body = await _read(receive)
        fingerprint = hashlib.sha256(b"\0".join([scope["path"].encode(), scope["query_string"], body])).digest()
        name = (team_id, key)
        self._forget_old(now_s)
        kept = self._kept.get(name)
        if kept is not None:
            await _send_again(kept, fingerprint, send)
            return
        kept = self._kept[name] = _Kept(fingerprint, now_s + KEPT_S)
        try:
            told = await _answered(app, scope, body, receive, send)
        except BaseException:
            del self._kept[name]
            raise
        if 200 <= told[0]["status"] < 300:
            kept.answer = told
        else:
            del self._kept[name]

    def _forget_old(self, now_s: float) -> None:
        """Entries stand in the order in which they end."""
        for name, kept in list(self._kept.items()):
            if kept.until_s > now_s and len(self._kept) < MAX_KEPT:
                break
            del self._kept[name]


async def _send_again(kept: _Kept, fingerprint: bytes, send: Send) -> None:
    if kept.fingerprint != fingerprint:
        raise ConflictError("This Idempotency-Key was used for another request.")
    if kept.answer is None:
        raise ConflictError("The first request with this Idempotency-Key is still being answered.", retry_after_s=1)
    start, *rest = kept.answer
    await send({**start, "headers": [*start["headers"], (b"idempotency-replayed", b"true")]})
    for message in rest:
        await send(message)


async def _read(receive: Receive) -> bytes:
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body", False):
            return bytes(body)


async def _answered(app: ASGIApp, scope: Scope, body: bytes, receive: Receive, send: Send) -> list[Message]:
    told: list[Message] = []
    is_read = False

    async def receive_read() -> Message:
        nonlocal is_read
        if is_read:
            return await receive()
        is_read = True
        return {"type": "http.request", "body": body, "more_body": False}

    async def send_kept(message: Message) -> None:
        told.append(dict(message))
        await send(message)

    await app(scope, receive_read, send_kept)
    return told
