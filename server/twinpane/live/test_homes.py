"""Whose home a node is: claimed, told of, released."""

from __future__ import annotations

import asyncio

import pytest

from twinpane.errors import UnavailableError
from twinpane.live.conftest import Together, credentials_of, short_id_of


async def test_n2_visitor_whom_nobody_holds_becomes_this_nodes_and_stays_the_others_for_others(
    together: Together,
) -> None:
    a, b = await together.add("a"), await together.add("b")
    key = (a.team.id, "AAAA2222")
    homes = [each.live._cluster._homes for each in (a, b) if each.live._cluster is not None]
    assert await homes[0].other_home(key) is None
    assert [getattr(await homes[1].other_home(key), "id", None) for _ in range(2)] == ["a", "a"]


async def test_n2_of_many_claims_at_once_one_holds(together: Together) -> None:
    nodes = [await together.add(name) for name in "abc"]
    keys = [(nodes[0].team.id, f"AAAA22{number}") for number in range(20, 50)]
    homes = [each.live._cluster._homes for each in nodes if each.live._cluster is not None]
    found = await asyncio.gather(*(each.other_home(key) for key in keys for each in homes for _ in range(2)))
    assert len(found) == 180
    held = [set(each.held) for each in homes]
    assert sum(len(each) for each in held) == len(keys)
    assert set.union(*held) == set(keys)


async def test_n2_somebody_new_is_claimed_in_a_moment_and_released_when_gone(together: Together) -> None:
    a, b = await together.add("a"), await together.add("b")
    came_at = a.clock.now()
    tab, wire = await a.tab()
    await together.settle()
    shown = credentials_of(wire)
    assert b.live._cluster is not None
    assert await b.live._cluster.everyone(a.team.id) == [short_id_of(wire)]
    found = await b.live.now(a.team.id, [shown.short_id])
    assert found[shown.short_id].online_since == came_at
    tab.owner.tab_closed(tab)
    a.clock.advance(12)
    await together.settle()
    assert await b.live._cluster.everyone(a.team.id) == []
    assert await b.live.now(a.team.id, [shown.short_id]) == {}


async def test_n2_visitor_of_a_node_that_is_gone_is_nobodys_until_somebody_takes_over(together: Together) -> None:
    a, b = await together.add("a"), await together.add("b")
    await a.invite("AAAA2222")
    await together.settle()
    await together.kill("a")
    homes = b.live._cluster._homes if b.live._cluster is not None else None
    assert homes is not None
    with pytest.raises(UnavailableError):
        await homes.other_home((a.team.id, "AAAA2222"))
    await together.settle(1.1)
    assert await homes.other_home((a.team.id, "AAAA2222")) is None
