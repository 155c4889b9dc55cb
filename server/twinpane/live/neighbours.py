"""What nodes tell and ask each other by the bus (N3, N5). Nothing of a page or a wish is among it."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Awaitable, Callable, Iterable
from typing import Final

import msgspec
import structlog
from msgspec import Struct
from twinpane_protocol.shared import EndReason
from twinpane_protocol.visitor import LastWords

from twinpane.errors import ConflictError, UnavailableError
from twinpane.live.credentials import Seal
from twinpane.live.presence import VisitorKey
from twinpane.ports.bus import Bus
from twinpane.ports.nodes import Node, NodeStore
from twinpane.ports.records import Seat, SessionRecord, Team

ANSWER_WITHIN_S: Final = 5.0
_SEAL_LENGTH: Final = 43

_log = structlog.get_logger(__name__)


class Start(Struct, frozen=True, tag="start"):
    """Give an agent a seat with a visitor of yours (R15)."""

    team: Team
    short_id: str
    seat: Seat
    record: SessionRecord


class End(Struct, frozen=True, tag="end"):
    """End the session of a visitor of yours (R16)."""

    team_id: int
    short_id: str
    reason: EndReason


class Requested(Struct, frozen=True, tag="requested"):
    """Tell webhooks that an agent asked for a session of yours (R21)."""

    session_id: str
    agent_id: str
    agent_name: str


class TakeSeats(Struct, frozen=True, tag="take_seats"):
    """Take an agent out of your sessions of a team."""

    team_id: int
    agent_id: str


class Forget(Struct, frozen=True, tag="forget"):
    """Forget a visitor of yours who is erased (R13)."""

    team_id: int
    short_id: str


class ForgetAssets(Struct, frozen=True, tag="forget_assets"):
    """Delete what you keep of erased visitors' images (R13)."""

    team_id: int
    short_ids: list[str]


class TeamChanged(Struct, frozen=True, tag="team"):
    """Tell open pages what their team has set by now (R23)."""

    team_id: int


class Said(Struct, frozen=True, tag="said"):
    """Take what a page of yours said as it went (X13)."""

    words: LastWords


class Changed(Struct, frozen=True, tag="changed"):
    """These visitors, or their sessions, are not as they were."""

    visitors: list[VisitorKey]


Message = Start | End | Requested | TakeSeats | Forget | ForgetAssets | TeamChanged | Said | Changed


class Answer(Struct, frozen=True):
    """What was done."""

    record: SessionRecord | None = None
    is_done: bool = False
    conflict: str | None = None


_READ: Final = msgspec.json.Decoder(Message)
_READ_ANSWER: Final = msgspec.json.Decoder(Answer)


class Neighbours:
    """The other nodes. `obey` does what they ask. Messages carry the server's seal: a broker alone commands nobody."""

    def __init__(
        self, store: NodeStore, bus: Bus, seal: Seal, node_id: str, obey: Callable[[Message], Awaitable[Answer]]
    ) -> None:
        self._store = store
        self._bus = bus
        self._seal = seal
        self._node_id = node_id
        self._obey = obey

    async def open(self, on_return: Callable[[], None]) -> None:
        """Connect and listen. `on_return` is called when news may have been missed."""
        await self._bus.open()
        await self._bus.listen(_subject(self._node_id), self._take, on_return)
        await self._bus.listen("all", self._take)

    async def close(self) -> None:
        """Disconnect."""
        await self._bus.close()

    async def ask(self, node: Node, message: Message) -> Answer:
        """Have a node do something. Raises ConflictError, and UnavailableError when it does not answer."""
        answer = _READ_ANSWER.decode(await self._bus.ask(_subject(node.id), self._sealed(message), ANSWER_WITHIN_S))
        if answer.conflict is not None:
            raise ConflictError(answer.conflict)
        return answer

    async def ask_all(self, message: Message) -> None:
        """Have every other node do something. Raises UnavailableError when one of them does not answer."""
        others = [node for node in await self._store.living_nodes() if node.id != self._node_id]
        await asyncio.gather(*(self.ask(node, message) for node in others))

    async def ask_process(self, process: str, message: Message) -> None:
        """Have the node that a process is do something, if there is one. Raises UnavailableError."""
        for node in await self._store.living_nodes():
            if node.process == process and node.id != self._node_id:
                await self.ask(node, message)

    async def tell_changed(self, visitors: Iterable[VisitorKey]) -> None:
        """Tell everybody that something changed; while the broker is away nobody hears."""
        try:
            await self._bus.publish("all", self._sealed(Changed(list(visitors))))
        except UnavailableError:
            _log.debug("change_not_told")

    async def _take(self, sealed: bytes) -> bytes | None:
        seal, body = sealed[:_SEAL_LENGTH], sealed[_SEAL_LENGTH:]
        if not hmac.compare_digest(seal, self._seal_of(body)):
            _log.warning("message_refused", hint="server_secret must be the same at all nodes")
            return None
        try:
            answer = await self._obey(_READ.decode(body))
        except ConflictError as error:
            answer = Answer(conflict=error.message)
        return msgspec.json.encode(answer)

    def _sealed(self, message: Message) -> bytes:
        body = msgspec.json.encode(message)
        return self._seal_of(body) + body

    def _seal_of(self, body: bytes) -> bytes:
        return self._seal.sign("bus", body.decode(errors="replace")).encode()


def _subject(node_id: str) -> str:
    return f"node.{node_id}"
