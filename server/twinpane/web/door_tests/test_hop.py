"""Peers who land at another node than their home are carried there, byte for byte and no further (N3)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from urllib.parse import quote

import aiohttp
import pytest
import pytest_asyncio
from twinpane.bus.memory import Exchange, MemoryBus
from twinpane.ports.nodes import Among
from twinpane.store.postgres import postgres_url
from twinpane.store.sql import SqlStore
from twinpane.web.door_tests.conftest import House, Line, facts, running
from twinpane.web.hop import HOP
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from tools.postgres import Postgres, why_not
from tools.postgres import running as running_postgres

Pair = tuple[House, House]


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    if reason := why_not():
        pytest.skip(reason)
    with running_postgres() as server:
        yield server


@pytest_asyncio.fixture
async def pair(postgres: Postgres, request: pytest.FixtureRequest) -> AsyncIterator[Pair]:
    """Two nodes, each listening at a port of its own."""
    url = postgres_url(await postgres.create(f"hop_{abs(hash(request.node.name))}"))
    exchange = Exchange()
    async with AsyncExitStack() as stack:
        houses = []
        for name in "ab":
            store = SqlStore(url)
            await store.connect()
            stack.push_async_callback(store.close)

            def among_at(port: int, name: str = name, store: SqlStore = store) -> Among:
                address = f"http://127.0.0.1:{port}"
                return Among(store=store, bus=MemoryBus(exchange), node_id=name, address=address)

            houses.append(await stack.enter_async_context(running(among_at=among_at, store=store)))
        yield houses[0], houses[1]


async def known_to_all(home: House, short_id: str) -> None:
    """Wait until a visitor's home is in the store."""
    assert home.world.among is not None
    async with asyncio.timeout(10):
        while short_id not in await home.world.among.store.homes(home.team.id, [short_id]):
            await home.world.store.teams()


async def live_over(pair: Pair) -> tuple[Line, Line]:
    """A visitor at the first node, whose agent comes to the second."""
    home, other = pair
    tab = await home.visitor()
    short_id = tab.welcome["visitor"]["short_id"]
    await known_to_all(home, short_id)
    agent = await other.agent(await other.invite(short_id))
    state = await tab.phase("asking")
    await tab.send("answered", kind="view", agent=state["asking"]["agent"], allowed=True)
    await tab.expect("capture", epoch=1)
    await agent.phase("live")
    return tab, agent


async def test_n3_agent_sees_and_helps_through_another_node(pair: Pair) -> None:
    tab, agent = await live_over(pair)
    assert pair[1].live.metrics().agents_connected == 0
    assert pair[0].live.metrics().agents_connected == 1
    large = facts(1, 0, flags=3, payload=b"x" * 3_000_000)
    await tab.socket.send(large)
    assert await agent.frame() == large
    await agent.send("ping", t=7)
    assert (await agent.expect("pong"))["t"] == 7


async def test_n2_n3_known_visitor_who_comes_to_another_node_is_carried_home(pair: Pair) -> None:
    home, other = pair
    first = await home.visitor()
    credentials = first.welcome["visitor"]
    await known_to_all(home, credentials["short_id"])
    second = await other.visitor(tab="t2", visitor=credentials)
    assert second.welcome["visitor"]["short_id"] == credentials["short_id"]
    assert not other.live.is_online(other.team.id, credentials["short_id"])
    await second.send("lookup_code_wanted")
    code = (await first.expect("lookup_code"))["code"]
    assert (await second.expect("lookup_code"))["code"] == code


async def test_n3_home_is_told_where_a_carried_peer_came_from(pair: Pair) -> None:
    home, other = pair
    first = await home.visitor()
    credentials = first.welcome["visitor"]
    await known_to_all(home, credentials["short_id"])
    await other.visitor(tab="t2", visitor=credentials)
    visitor = await home.world.store.visitor(home.team.id, credentials["short_id"])
    assert visitor is not None
    assert visitor.ip_address == "127.0.0.1"


async def test_n3_nobody_else_can_carry(pair: Pair) -> None:
    with pytest.raises(InvalidStatus) as caught:
        await connect(pair[0].socket_url, additional_headers={HOP: f"{'x' * 43} 192.0.2.1"})
    assert caught.value.response.status_code == 403


async def test_n3_what_an_agent_does_not_read_stops_the_reading_from_its_home(pair: Pair) -> None:
    tab, agent = await live_over(pair)
    await tab.socket.send(facts(1, 0, flags=3))
    await agent.frame()
    agent.socket.transport.pause_reading()
    # More than all buffers on the way hold; an agent that lags loses frames, and slows nobody.
    for seq in range(1, 60):
        await tab.socket.send(facts(1, seq, payload=b"x" * 500_000))
        await tab.send("ping", t=seq)
        await tab.expect("pong", t=seq)
    assert pair[0].live.metrics().agents_lagging == 1
    agent.socket.transport.resume_reading()
    await agent.send("ping", t=99)
    assert (await agent.expect("pong"))["t"] == 99


async def test_n2_peer_whose_home_does_not_answer_is_told_to_come_again(pair: Pair) -> None:
    home, other = pair
    tab = await home.visitor()
    credentials = tab.welcome["visitor"]
    await known_to_all(home, credentials["short_id"])
    store = other.world.store
    assert isinstance(store, SqlStore)
    async with store._database.writing() as connection:
        await connection.exec_driver_sql("UPDATE nodes SET address = 'http://127.0.0.1:9' WHERE id = 'a'")
    line = await other.line("https://shop.example")
    page = {"url": "https://shop.example/", "title": "Shop", "focused": True, "visible": True}
    await line.send("hello", role="visitor", protocols=[1], key="abcdefghij", tab="t2", page=page, visitor=credentials)
    said = await line.expect("error", code="server_restarting")
    assert said["retry_in_ms"] > 0
    assert await line.closed() == 1012


async def test_n3_peer_is_gone_at_home_when_it_is_gone_here_and_the_reverse(pair: Pair) -> None:
    tab, agent = await live_over(pair)
    await agent.socket.close()
    async with asyncio.timeout(10):
        while pair[0].live.metrics().agents_connected:
            await pair[0].world.store.teams()
    again = await pair[1].agent("grant-1-b")
    await pair[0].live.end_session(pair[0].team.id, tab.welcome["visitor"]["short_id"], "agent_stopped")
    assert await again.closed() == 1000


async def test_n3_f11_assets_come_by_way_of_any_node(pair: Pair) -> None:
    _, agent = await live_over(pair)
    token = agent.welcome["assets"].split("/")[2]
    address = f"/assets/{token}/{quote('https://shop.example/none.png', safe='')}"
    async with aiohttp.ClientSession() as client:
        answers = {}
        for house in pair:
            async with client.get(f"{house.url}{address}") as answer:
                answers[house.name] = (answer.status, await answer.text())
        assert answers["-a"] == answers["-b"]
        assert answers["-a"][1] != "There is no such session.\n"
        async with client.get(f"{pair[1].url}/assets/{token}x/a") as answer:
            assert (answer.status, await answer.text()) == (404, "There is no such session.\n")
