"""What nodes tell and ask each other: sealed, answered, or refused."""

from __future__ import annotations

import pytest

from twinpane.bus.memory import Exchange, MemoryBus
from twinpane.errors import ConflictError, UnavailableError
from twinpane.live.credentials import Seal
from twinpane.live.neighbours import Answer, Changed, End, Message, Neighbours
from twinpane.ports.nodes import Node, NodeStore

B = Node(id="b", address="http://b.example", process="bbbbbbbb")


class Ends:
    """Two nodes on one exchange; `other` does what `obey` says."""

    def __init__(self, other_secret: bytes = b"secret") -> None:
        self.asked: list[Message] = []
        self.answer = Answer(is_done=True)
        self.conflict: str | None = None
        exchange, store = Exchange(), _no_store()
        self.one = Neighbours(store, MemoryBus(exchange), Seal(b"secret"), "a", self._obey)
        self.bus = MemoryBus(exchange)
        self.other = Neighbours(store, self.bus, Seal(other_secret), "b", self._obey)

    async def open(self) -> Ends:
        await self.one.open(lambda: None)
        await self.other.open(lambda: None)
        return self

    async def _obey(self, message: Message) -> Answer:
        self.asked.append(message)
        if self.conflict is not None:
            raise ConflictError(self.conflict)
        return self.answer


def _no_store() -> NodeStore:
    """Who is asked by name needs no list of nodes."""
    return None  # type: ignore[return-value]


async def test_command_is_done_and_answered() -> None:
    ends = await Ends().open()
    assert (await ends.one.ask(B, End(1, "AAAA2222", "agent_stopped"))).is_done
    assert ends.asked == [End(1, "AAAA2222", "agent_stopped")]


async def test_refusal_of_the_other_node_is_raised_here() -> None:
    ends = await Ends().open()
    ends.conflict = "too many agents"
    with pytest.raises(ConflictError, match="too many agents"):
        await ends.one.ask(B, End(1, "AAAA2222", "agent_stopped"))


async def test_n3_who_does_not_know_the_secret_commands_nobody() -> None:
    ends = await Ends(other_secret=b"another").open()
    with pytest.raises(UnavailableError):
        await ends.one.ask(B, End(1, "AAAA2222", "agent_stopped"))
    await ends.bus.publish("node.a", b"x" * 43 + b'{"type":"end"}')
    await ends.bus.close()
    assert ends.asked == []


async def test_changes_come_to_all_others() -> None:
    ends = await Ends().open()
    await ends.one.tell_changed([(1, "AAAA2222")])
    await ends.one.close()
    assert ends.asked == [Changed([(1, "AAAA2222")])]
