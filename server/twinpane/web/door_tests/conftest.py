"""A real server on a free port, and people who connect to it."""

from __future__ import annotations

import asyncio
import hashlib
import json
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest_asyncio
import uvicorn
from starlette.applications import Starlette
from twinpane.blobs.memory import MemoryBlobs
from twinpane.blobs.recordings import MemoryRecordings
from twinpane.fetch.guarded import GuardedFetch
from twinpane.live.admission import Addresses
from twinpane.live.clock import RealChance, RealClock
from twinpane.live.registry import Live
from twinpane.live.world import World
from twinpane.ports.nodes import Among
from twinpane.ports.records import Seat, SessionRecord, Team
from twinpane.ports.store import Store
from twinpane.store.memory import MemoryStore
from twinpane.web.asset_door import asset_routes
from twinpane.web.asset_hop import AssetHop
from twinpane.web.door import DoorOptions, Socket, make_door
from twinpane.web.hop import NodeSocket
from twinpane_protocol.envelope import Envelope, Flag, Kind, encode_header
from twinpane_protocol.shared import Permissions
from websockets.asyncio.client import ClientConnection, connect

KEY = "abcdefghij"
PAGE = {"url": "https://shop.example/", "title": "Shop", "focused": True, "visible": True}
UNNUMBERED = ("ack", "ping", "pong", "bye", "error", "welcome")


def facts(epoch: int, seq: int, flags: int = 0, payload: bytes = b"[1]") -> bytes:
    """A page frame."""
    return encode_header(Envelope(Kind.FACTS, Flag(flags), epoch, seq, 0)) + payload


class Line:
    """One connection as a peer sees it. What was heard on the way to what was expected is kept in order."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.heard: list[Any] = []
        self.numbered = 0
        self.welcome: dict[str, Any] = {}

    async def send(self, type: str, **fields: Any) -> None:  # noqa: A002
        await self.socket.send(json.dumps({"type": type, **fields}))

    async def hear(self) -> Any:
        """The next message (dict) or page frame (bytes)."""
        async with asyncio.timeout(10):
            data = await self.socket.recv()
        said = data if isinstance(data, bytes) else json.loads(data)
        self.numbered += isinstance(said, bytes) or said["type"] not in UNNUMBERED
        self.heard.append(said)
        return said

    async def until(self, wanted: Callable[[Any], bool]) -> Any:
        """Hear on until something fits."""
        while not wanted(said := await self.hear()):
            pass
        return said

    async def expect(self, type: str, **fields: Any) -> Any:  # noqa: A002
        """Hear on until a message of this type with these fields."""
        wanted = {"type": type, **fields}
        return await self.until(lambda said: isinstance(said, dict) and wanted.items() <= said.items())

    async def phase(self, phase: str) -> dict[str, Any]:
        """Hear on until the session is in this phase."""

        def fits(said: Any) -> bool:
            return isinstance(said, dict) and (said.get("session") or {}).get("phase") == phase

        state: dict[str, Any] = (await self.until(fits))["session"]
        return state

    async def frame(self) -> bytes:
        """Hear on until a page frame."""
        found: bytes = await self.until(lambda said: isinstance(said, bytes))
        return found

    async def closed(self) -> int:
        """Wait for the close; returns its code."""
        async with asyncio.timeout(10):
            await self.socket.wait_closed()
        return self.socket.close_code or 0


class House:
    """The server, with one team."""

    def __init__(self, live: Live, world: World, team: Team, port: int, stack: AsyncExitStack) -> None:
        self.live = live
        self.world = world
        self.team = team
        self.url = f"http://127.0.0.1:{port}"
        self.socket_url = f"ws://127.0.0.1:{port}/ws"
        self._stack = stack
        self._seats = 0
        self.name = f"-{world.among.node_id}" if world.among is not None else ""

    async def line(self, origin: str | None = None) -> Line:
        """A bare connection, from the server's own origin unless told."""
        connection = connect(
            self.socket_url,
            origin=origin or self.url,  # type: ignore[arg-type]
            compression=None,
            max_size=None,
            max_queue=None,
            ping_interval=None,
            close_timeout=0.5,
        )
        return Line(await self._stack.enter_async_context(connection))

    async def visitor(self, line: Line | None = None, **hello: Any) -> Line:
        """A tab that was welcomed."""
        line = line or await self.line("https://shop.example")
        fields = {"role": "visitor", "protocols": [1], "key": KEY, "tab": "t1", "page": PAGE, **hello}
        await line.send("hello", **fields)
        line.welcome = await line.expect("welcome")
        return line

    async def invite(self, short_id: str, name: str = "Ana", **permissions: bool) -> str:
        """Start a session as the API does; returns the grant of the new seat."""
        self._seats += 1
        grant = f"grant-{self._seats}{self.name}"
        now = self.world.clock.now()
        record = SessionRecord(
            id=f"session-{self._seats}{self.name}", team_id=self.team.id, short_id=short_id, started_at=now
        )
        grant_hash = hashlib.sha256(grant.encode()).digest()
        seat = Seat(
            id=f"seat-{self._seats}{self.name}",
            session_id=record.id,
            agent_id=name.lower(),
            agent_name=name,
            permissions=Permissions(**permissions),
            branding={},
            token_hash=grant_hash,
            expires_at=now + timedelta(seconds=60),
            grant_hash=grant_hash,
        )
        used = await self.live.start_session(self.team, short_id, seat, record)
        seat.session_id = used.id
        if used is record:
            await self.world.store.add_session(record)
        await self.world.store.add_seat(seat)
        return grant

    async def agent(self, grant: str, line: Line | None = None, **hello: Any) -> Line:
        """An agent's window that was welcomed."""
        line = line or await self.line()
        await line.send("hello", role="agent", protocols=[1], grant=grant, **hello)
        line.welcome = await line.expect("welcome")
        return line

    async def go_live(self, agents: int = 1, **hello: Any) -> tuple[Line, list[Line]]:
        """A visitor and agents in a live session; the tab was told its first epoch, 1."""
        tab = await self.visitor(**hello)
        grants = [await self.invite(tab.welcome["visitor"]["short_id"], f"Agent {number}") for number in range(agents)]
        lines = [await self.agent(grant) for grant in grants]
        state = await tab.phase("asking")
        await tab.send("answered", kind="view", agent=state["asking"]["agent"], allowed=True)
        await tab.expect("capture", epoch=1)
        for line in lines:
            await line.phase("live")
        return tab, lines


@asynccontextmanager
async def running(
    options: DoorOptions | None = None, among_at: Callable[[int], Among] | None = None, store: Store | None = None
) -> AsyncIterator[House]:
    """A house that stands as long as the block; one of many with `among_at`, which is told its port."""
    store, fetch = store or MemoryStore(), GuardedFetch()
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    among = among_at(port) if among_at is not None else None
    world = World(
        store=store,
        fetch=fetch,
        blobs=MemoryBlobs(),
        recordings=MemoryRecordings(),
        clock=RealClock(),
        chance=RealChance(),
        among=among,
    )
    live = Live(
        world,
        b"server secret",
        Addresses(public_url="http://twinpane.example", core_url="/core.js", surface_url="/surface.js"),
    )
    team = await store.team_by_public_key(KEY) or await store.add_team("Shop", KEY)
    if among is not None:
        await live.take_up()
        await live.open()
    hop = AssetHop()
    app = Starlette(routes=asset_routes(live, hop))
    door = make_door(live, options, Socket if among is None else NodeSocket)
    config = uvicorn.Config(app, ws=door, lifespan="off", log_config=None)
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve([listening]))
    try:
        async with AsyncExitStack() as stack:
            yield House(live, world, team, port, stack)
            await live.drain()
    finally:
        server.should_exit = True
        await serving
        await hop.close()
        await fetch.close()


@pytest_asyncio.fixture
async def house() -> AsyncIterator[House]:
    async with running() as standing:
        yield standing
