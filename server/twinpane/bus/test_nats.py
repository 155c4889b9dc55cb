"""What is special about NATS: its address, and a broker that goes away."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from tools.nats_server import Nats, running, why_not
from twinpane.bus.nats import NatsBus, nats_servers
from twinpane.errors import UnavailableError


@pytest.mark.parametrize("written", ["", "http://host", "host:4222", "nats://a, b"])
def test_only_addresses_of_nats_are_taken(written: str) -> None:
    with pytest.raises(ValueError, match="nats://host"):
        nats_servers(written)


def test_several_servers_stand_in_one_setting() -> None:
    assert nats_servers("nats://a:4222, tls://user:pw@b") == ["nats://a:4222", "tls://user:pw@b"]


@pytest.fixture
def mortal() -> Iterator[Nats]:
    if reason := why_not():
        pytest.skip(reason)
    with running() as broker:
        yield broker


async def test_broker_that_is_away_is_told_at_once_and_all_goes_on_when_it_is_back(mortal: Nats) -> None:
    one, other = NatsBus(nats_servers(mortal.url)), NatsBus(nats_servers(mortal.url))
    await one.open()
    await other.open()
    both_back, returns = asyncio.Event(), []

    def note_return() -> None:
        returns.append(1)
        if len(returns) == 2:
            both_back.set()

    async def answer(message: bytes) -> bytes:
        return message

    await other.listen("node.b", answer, note_return)
    await one.listen("node.a", answer, note_return)
    assert await one.ask("node.b", b"1", within_s=30) == b"1"
    mortal.stop()
    with pytest.raises(UnavailableError):
        await one.ask("node.b", b"2", within_s=30)
    mortal.start()
    async with asyncio.timeout(20):
        await both_back.wait()
    assert await one.ask("node.b", b"3", within_s=30) == b"3"
    await one.close()
    await other.close()


async def test_broker_that_is_not_there_is_unavailable(mortal: Nats) -> None:
    mortal.stop()
    with pytest.raises(UnavailableError):
        await NatsBus(nats_servers(mortal.url), connect_within_s=0.2).open()
