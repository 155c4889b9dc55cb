"""Real rooms for the actions."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest_asyncio

from twinpane.blobs.memory import MemoryBlobs
from twinpane.blobs.recordings import MemoryRecordings
from twinpane.fetch.guarded import GuardedFetch
from twinpane.live.admission import Addresses
from twinpane.live.clock import RealChance
from twinpane.live.manual_clock import ManualClock
from twinpane.live.registry import Live
from twinpane.live.world import World
from twinpane.ports.records import Team, VisitorChange
from twinpane.store.memory import MemoryStore


@dataclass(frozen=True)
class Rooms:
    """The rooms behind the actions, and a team with a visitor `AAAA2222` who is offline."""

    store: MemoryStore
    live: Live
    clock: ManualClock
    chance: RealChance
    team: Team


@pytest_asyncio.fixture
async def rooms() -> AsyncIterator[Rooms]:
    """Open the rooms; close them after."""
    store, clock, chance = MemoryStore(), ManualClock(), RealChance()
    async with GuardedFetch() as fetch:
        world = World(
            store=store, fetch=fetch, blobs=MemoryBlobs(), recordings=MemoryRecordings(), clock=clock, chance=chance
        )
        live = Live(
            world,
            b"s" * 32,
            Addresses(public_url="http://localhost", core_url="/sdk/core.js", surface_url="/sdk/surface.js"),
        )
        team = await store.add_team("Acme", "abcdef1234")
        store.record_visitor(VisitorChange(team_id=team.id, short_id="AAAA2222", at=clock.now(), set={}))
        yield Rooms(store, live, clock, chance, team)
        await live.drain()
