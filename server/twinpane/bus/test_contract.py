"""What every bus promises."""

from __future__ import annotations

import asyncio

import pytest

from twinpane.errors import UnavailableError
from twinpane.ports.bus import Bus

Ends = tuple[Bus, Bus]


class Heard:
    """Keeps what came on a subject."""

    def __init__(self) -> None:
        self.queue: asyncio.Queue[bytes] = asyncio.Queue()

    async def take(self, message: bytes) -> bytes | None:
        self.queue.put_nowait(message)
        return None

    async def next(self) -> bytes:
        async with asyncio.timeout(5):
            return await self.queue.get()


async def test_what_is_published_comes_to_the_others_in_order_and_not_back(ends: Ends) -> None:
    one, other = ends
    mine, theirs = Heard(), Heard()
    await one.listen("changes", mine.take)
    await other.listen("changes", theirs.take)
    for number in range(200):
        await one.publish("changes", b"%d" % number)
    assert [await theirs.next() for _ in range(200)] == [b"%d" % number for number in range(200)]
    await other.publish("changes", b"from the other")
    assert await mine.next() == b"from the other"
    assert mine.queue.empty()


async def test_subjects_are_apart(ends: Ends) -> None:
    one, other = ends
    heard = Heard()
    await other.listen("node.a", heard.take)
    await one.publish("node.b", b"not for a")
    await one.publish("node.a", b"for a")
    assert await heard.next() == b"for a"


async def test_question_is_answered(ends: Ends) -> None:
    one, other = ends

    async def double(message: bytes) -> bytes:
        return message * 2

    await other.listen("node.b", double)
    assert await one.ask("node.b", b"ab", within_s=30) == b"abab"
    assert await one.ask("node.b", b"x" * 100_000, within_s=30) == b"x" * 200_000


async def test_slow_answer_does_not_keep_others_waiting(ends: Ends) -> None:
    one, other = ends
    go_on = asyncio.Event()

    async def answer(message: bytes) -> bytes:
        if message == b"slow":
            await go_on.wait()
        return message

    await other.listen("node.b", answer)
    slow = asyncio.create_task(one.ask("node.b", b"slow", within_s=30))
    assert await one.ask("node.b", b"quick", within_s=30) == b"quick"
    go_on.set()
    assert await slow == b"slow"


async def test_nobody_there_and_no_answer_are_unavailable(ends: Ends) -> None:
    one, other = ends
    with pytest.raises(UnavailableError):
        await one.ask("node.nobody", b"", within_s=30)
    never = asyncio.Event()

    async def wait(_message: bytes) -> bytes:
        await never.wait()
        return b""

    await other.listen("node.b", wait)
    with pytest.raises(UnavailableError):
        await one.ask("node.b", b"", within_s=0.05)
    never.set()
