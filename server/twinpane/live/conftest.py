"""A node whose time goes when told to, and peers without sockets."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import pytest_asyncio
from twinpane_protocol.agent import AgentHello
from twinpane_protocol.envelope import Envelope, Flag, Kind, encode_header
from twinpane_protocol.shared import Permissions
from twinpane_protocol.visitor import Answered, Credentials, Hello, Page
from websockets.frames import Frame, Opcode
from websockets.streams import StreamReader

from tools.postgres import Postgres, running, why_not
from twinpane.blobs.memory import MemoryBlobs
from twinpane.blobs.recordings import MemoryRecordings
from twinpane.bus.memory import Exchange, MemoryBus
from twinpane.errors import FetchRefusedError
from twinpane.live.admission import Addresses, Caller
from twinpane.live.agent_peer import AgentPeer
from twinpane.live.clock import RealChance
from twinpane.live.manual_clock import ManualClock
from twinpane.live.registry import Live
from twinpane.live.tab_peer import TabPeer
from twinpane.live.world import World
from twinpane.ports.fetch import Fetched
from twinpane.ports.locate import NOWHERE, Location
from twinpane.ports.nodes import Among
from twinpane.ports.recordings import Recordings
from twinpane.ports.records import Seat, SessionRecord
from twinpane.ports.store import Store
from twinpane.store.memory import MemoryStore
from twinpane.store.postgres import postgres_url
from twinpane.store.sql import SqlStore


class MemoryWire:
    """Keeps what was written, decoded."""

    def __init__(self) -> None:
        self.said: list[Any] = []
        self.closed: tuple[int, str] | None = None
        self.is_slow = False
        self.went_away = False

    def write(self, encoded: bytes) -> None:
        reader = StreamReader()
        reader.feed_data(encoded)
        parsing = Frame.parse(reader.read_exact, mask=False)
        try:
            next(parsing)
        except StopIteration as done:
            frame: Frame = done.value
            data = bytes(frame.data)
            self.said.append(json.loads(data) if frame.opcode is Opcode.TEXT else data)

    def close(self, code: int, reason: str) -> None:
        self.closed = (code, reason)

    def of_type(self, kind: str) -> list[Any]:
        return [said for said in self.said if isinstance(said, dict) and said["type"] == kind]

    @property
    def frames(self) -> list[bytes]:
        return [said for said in self.said if isinstance(said, bytes)]


class WebInMemory:
    """Public resources by address: a web that is one dictionary."""

    def __init__(self) -> None:
        self.pages: dict[str, Fetched] = {}
        self.asked: list[str] = []

    async def get(self, url: str, max_body_bytes: int) -> Fetched:
        self.asked.append(url)
        if url not in self.pages:
            raise FetchRefusedError("not in this web")
        return self.pages[url]


def facts(epoch: int, seq: int, flags: int = 0, payload: bytes = b"[1]") -> bytes:
    return encode_header(Envelope(Kind.FACTS, Flag(flags), epoch, seq, 0)) + payload


class Node:
    """Live on memory adapters."""

    def __init__(
        self,
        locate: Callable[[str | None], Location] = lambda _: NOWHERE,
        store: Store | None = None,
        among: Among | None = None,
        recordings: Recordings | None = None,
    ) -> None:
        self.clock = ManualClock()
        self.store = store or MemoryStore()
        self.web = WebInMemory()
        self.world = World(
            store=self.store,
            fetch=self.web,
            blobs=MemoryBlobs(),
            recordings=recordings or MemoryRecordings(),
            clock=self.clock,
            chance=RealChance(),
            locate=locate,
            among=among,
        )
        self.live = Live(
            self.world,
            b"secret",
            Addresses(public_url="https://t.example", core_url="/core.js", surface_url="/surface.js"),
        )
        self._seats = 0
        self.name = f"-{among.node_id}" if among is not None else ""

    async def begin(self) -> None:
        self.team = await self.store.add_team("Shop", "abcdefghij")

    def next(self, down_s: float) -> Node:
        """The process after this one, over the same store, before it has read anything of it."""
        made = Node(store=self.store, recordings=self.world.recordings)
        made.clock.advance(self.clock.monotonic() + down_s)
        made.team, made._seats = self.team, self._seats
        return made

    def caller(self, wire: MemoryWire) -> Caller:
        return Caller(wire, "https://shop.example", "192.0.2.7", "Browser")

    async def tab(self, tab: str = "t1", **hello: Any) -> tuple[TabPeer, MemoryWire]:
        wire = MemoryWire()
        page = Page(url=f"https://shop.example/{tab}", title=tab, focused=True, visible=True)
        fields = {"protocols": [1], "key": "abcdefghij", "tab": tab, "page": page, **hello}
        peer = await self.live.hello_visitor(Hello(**fields), self.caller(wire))
        assert isinstance(peer, TabPeer), peer
        return peer, wire

    async def invite(self, short_id: str, permissions: Permissions | None = None, is_recorded: bool = False) -> str:
        self._seats += 1
        grant = f"grant-{self._seats}{self.name}"
        now = self.clock.now()
        record = SessionRecord(
            id=f"s{self._seats}{self.name}",
            team_id=self.team.id,
            short_id=short_id,
            started_at=now,
            is_recorded=is_recorded,
        )
        grant_hash = hashlib.sha256(grant.encode()).digest()
        seat = Seat(
            id=f"seat-{self._seats}{self.name}",
            session_id=record.id,
            agent_id="a",
            agent_name=f"Agent {self._seats}",
            permissions=permissions or Permissions(),
            branding={},
            token_hash=grant_hash,
            grant_hash=grant_hash,
            expires_at=now + timedelta(seconds=60),
        )
        used = await self.live.start_session(self.team, short_id, seat, record)
        seat.session_id = used.id
        if used is record:
            await self.store.add_session(record)
        await self.store.add_seat(seat)
        return grant

    async def agent(self, grant: str, **hello: Any) -> tuple[AgentPeer, MemoryWire]:
        wire = MemoryWire()
        peer = await self.live.hello_agent(AgentHello(protocols=[1], grant=grant, **hello), self.caller(wire))
        assert isinstance(peer, AgentPeer), peer
        return peer, wire

    async def go_live(self) -> tuple[TabPeer, MemoryWire, AgentPeer, MemoryWire]:
        tab, tab_wire = await self.tab()
        agent, agent_wire = await self.agent(await self.invite(short_id_of(tab_wire)))
        tab.receive(Answered(kind="view", agent=agent.seat, allowed=True))
        return tab, tab_wire, agent, agent_wire


def credentials_of(wire: MemoryWire) -> Credentials:
    return Credentials(**wire.of_type("welcome")[0]["visitor"])


def short_id_of(wire: MemoryWire) -> str:
    return credentials_of(wire).short_id


@pytest_asyncio.fixture
async def node() -> AsyncIterator[Node]:
    made = Node()
    await made.begin()
    yield made
    await made.live.drain()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """PostgreSQL, started for these tests."""
    if reason := why_not():
        pytest.skip(reason)
    with running() as server:
        yield server


class Together:
    """Nodes of one installation in one process: they share a database, an exchange and nothing else."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._exchange = Exchange()
        self.nodes: dict[str, Node] = {}
        self.stores: list[SqlStore] = []

    async def add(self, name: str) -> Node:
        """A node that has begun; again one by the same name is the process after it."""
        store = SqlStore(postgres_url(self._url))
        await store.connect()
        self.stores.append(store)
        among = Among(store=store, bus=MemoryBus(self._exchange), node_id=name, address=f"http://{name}.example:8080")
        node = Node(store=store, among=among)
        teams = await store.teams()
        node.team = teams[0] if teams else await store.add_team("Shop", "abcdefghij")
        await node.live.take_up()
        await node.live.open()
        self.nodes[name] = node
        return node

    async def settle(self, seconds: float = 0.3) -> None:
        """Let nodes tell each other what is new."""
        for _ in range(2):
            for node in self.nodes.values():
                node.clock.advance(seconds)
                await node.world.errands.finish()

    async def kill(self, name: str) -> None:
        """End a node as SIGKILL does, and let its lease run out."""
        node = self.nodes.pop(name)
        await node.world.errands.finish()
        assert node.world.among is not None
        await node.world.among.bus.close()
        await self.run_out(name)

    async def run_out(self, name: str) -> None:
        """Let a node's lease run out, and the others' have held for long."""
        database = self.stores[0]._database
        async with database.writing() as connection:
            await connection.exec_driver_sql("UPDATE nodes SET since = since - 60")
            await connection.exec_driver_sql(f"UPDATE nodes SET lease_until = 0 WHERE id = '{name}'")


@pytest_asyncio.fixture
async def together(postgres: Postgres) -> AsyncIterator[Together]:
    name = f"together_{time.monotonic_ns()}"
    made = Together(await postgres.create(name))
    yield made
    for node in made.nodes.values():
        await node.live.drain()
    for store in made.stores:
        await store.close()
