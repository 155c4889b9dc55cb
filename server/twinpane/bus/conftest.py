"""Buses of each kind, two ends to one installation."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator

import pytest
import pytest_asyncio

from tools.nats_server import Nats, running, why_not
from twinpane.bus.memory import Exchange, MemoryBus
from twinpane.bus.nats import NatsBus, nats_servers
from twinpane.ports.bus import Bus


@pytest.fixture(scope="session")
def nats() -> Iterator[Nats]:
    """A broker, started for these tests."""
    if reason := why_not():
        pytest.skip(reason)
    with running() as broker:
        yield broker


@pytest.fixture(params=["memory", "nats"])
def new_bus(request: pytest.FixtureRequest) -> Callable[[], Bus]:
    if request.param == "nats":
        broker = request.getfixturevalue("nats")
        return lambda: NatsBus(nats_servers(broker.url))
    exchange = Exchange()
    return lambda: MemoryBus(exchange)


@pytest_asyncio.fixture
async def ends(new_bus: Callable[[], Bus]) -> AsyncIterator[tuple[Bus, Bus]]:
    one, other = new_bus(), new_bus()
    await one.open()
    await other.open()
    yield one, other
    await one.close()
    await other.close()
