"""Answers that are kept until something is written: to whom a key belongs is asked with each request (R2)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable
from typing import Any, TypeVar

Answer = TypeVar("Answer")


class Remembered:
    """Answers of a database as it is now. A key that another process revokes is forgotten at once."""

    def __init__(self, version: Callable[[], int | None]) -> None:
        """Take what tells another number after each write, by whomever; None when it cannot be told."""
        self._version = version
        self._seen: int | None = None
        self._answers: dict[Hashable, Any] = {}

    async def answer(self, name: Hashable, ask: Callable[[], Awaitable[Answer | None]]) -> Answer | None:
        """The answer kept under a name, or the one to be asked for. That there is none is not kept."""
        version = self._version()
        if version is None or version != self._seen:
            self._seen, self._answers = version, {}
        # Of the version that was seen before asking: what is written meanwhile begins another.
        answers = self._answers
        if name in answers:
            kept: Answer = answers[name]
            return kept
        found = await ask()
        if found is not None:
            answers[name] = found
        return found
