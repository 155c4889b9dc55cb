"""Answer a repeated POST as the first time: `Idempotency-Key` (R3).

Answers are kept in the store, where all nodes see them (N7), and sealed, for they hold one-time links: who has the
database alone has none of them.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Final

import msgspec
from cryptography.fernet import Fernet
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from twinpane.errors import ConflictError, InvalidRequestError, UnavailableError
from twinpane.ports.answers import AnswerStore, Asked, FirstTime

KEPT_S: Final = 24 * 3600
ANSWERED_WITHIN_S: Final = 60
"""After that a node that has not answered is taken to be gone, and a repeat may be done."""
MAX_KEY: Final = 255

_ABOUT = re.compile(r"/visitors/([A-Za-z0-9]{8})/")


class Repeats:
    """Keeps answers by team and key for 24 hours, at most 10,000 a team: then the oldest go first."""

    def __init__(self, store: AnswerStore, secret: str) -> None:
        """Keep answers in a store, sealed under a secret of 43 characters."""
        self._store = store
        self._secret = secret.encode()
        self._box = Fernet(self._secret + b"=")

    async def answer(
        self, team_id: int, key: str, now: datetime, app: ASGIApp, scope: Scope, receive: Receive, send: Send
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
        asked = self._asked(team_id, key, scope, body)
        first = await self._store.claim_answer(asked, now, now + timedelta(seconds=ANSWERED_WITHIN_S))
        if first is None:
            told = await self._done(asked, now, app, scope, _reading(body, receive))
        else:
            told = self._again(first, asked.fingerprint)
        for message in told:
            await send(message)

    def _asked(self, team_id: int, key: str, scope: Scope, body: bytes) -> Asked:
        about = _ABOUT.search(scope["path"])
        return Asked(
            team_id=team_id,
            name=self._hash(b"name", key.encode()),
            fingerprint=self._hash(scope["path"].encode(), scope["query_string"], body),
            short_id=about[1] if about else None,
        )

    def _hash(self, *words: bytes) -> bytes:
        return hmac.new(self._secret, b"\0".join(words), hashlib.sha256).digest()

    async def _done(self, asked: Asked, now: datetime, app: ASGIApp, scope: Scope, receive: Receive) -> list[Message]:
        """Have the request answered, and keep the answer before it is told."""
        told: list[Message] = []

        async def hold(message: Message) -> None:
            told.append(dict(message))

        try:
            await app(scope, receive, hold)
        except BaseException:
            await self._drop(asked)
            raise
        if not 200 <= told[0]["status"] < 300:
            await self._drop(asked)
            return told
        # Not kept, it is told all the same: what was asked is done. A repeat waits until the claim has run out.
        with suppress(UnavailableError):
            sealed = self._box.encrypt(msgspec.msgpack.encode(told))
            await self._store.keep_answer(asked, sealed, now + timedelta(seconds=KEPT_S))
        return told

    async def _drop(self, asked: Asked) -> None:
        # Without the database the claim runs out by itself.
        with suppress(UnavailableError):
            await self._store.drop_answer(asked)

    def _again(self, first: FirstTime, fingerprint: bytes) -> list[Message]:
        if first.fingerprint != fingerprint:
            raise ConflictError("This Idempotency-Key was used for another request.")
        if first.answer is None:
            raise ConflictError("The first request with this Idempotency-Key is still being answered.", retry_after_s=1)
        start, *rest = msgspec.msgpack.decode(self._box.decrypt(first.answer), type=list[dict[str, Any]])
        return [{**start, "headers": [*start["headers"], (b"idempotency-replayed", b"true")]}, *rest]


def _reading(body: bytes, receive: Receive) -> Receive:
    is_read = False

    async def receive_read() -> Message:
        nonlocal is_read
        if is_read:
            return await receive()
        is_read = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receive_read


async def _read(receive: Receive) -> bytes:
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body", False):
            return bytes(body)
