from __future__ import annotations

from twinpane.live.manual_clock import ManualClock
from twinpane.live.teams import Teams
from twinpane.store.memory import MemoryStore


async def test_w2_a_team_is_remembered_for_10_s_and_so_is_that_there_is_none() -> None:
    store, clock = MemoryStore(), ManualClock()
    teams = Teams(store, clock)
    assert await teams.by_public_key("abcdefghij") is None
    team = await store.add_team("Shop", "abcdefghij")
    assert await teams.by_public_key("abcdefghij") is None
    clock.advance(10)
    assert await teams.by_public_key("abcdefghij") == team


async def test_r23_a_team_that_changed_is_known_as_it_is_now() -> None:
    store, clock = MemoryStore(), ManualClock()
    teams = Teams(store, clock)
    team = await store.add_team("Shop", "abcdefghij")
    await teams.by_public_key("abcdefghij")
    changed = await store.change_team(team.id, allowed_domains=("shop.example",))
    assert changed
    teams.changed(changed)
    assert await teams.by_public_key("abcdefghij") == changed
