"""A node alone: what is asked of it is done here, and it stops when told to. Among others: test_cluster.py."""

from __future__ import annotations

import pytest
from twinpane_protocol.agent import AgentHello

from twinpane.errors import NotFoundError
from twinpane.live.conftest import Node, short_id_of


async def test_alone_it_is_everybodys_home(node: Node) -> None:
    _, wire = await node.tab()
    grant = await node.invite(short_id_of(wire))
    assert await node.live.other_home(AgentHello(protocols=[1], grant=grant)) is None
    assert await node.live.asset_home("s1.whatever") is None
    assert node.live.counts(node.team.id) == (1, 1)


async def test_what_runs_is_told_and_what_does_not_is_not(node: Node) -> None:
    _, wire = await node.tab()
    key = (node.team.id, short_id_of(wire))
    assert not node.live.end_here(key, "agent_stopped")
    await node.invite(key[1])
    assert node.live.announce_here("s1", "7", "Zoë")
    assert not node.live.announce_here("s2", "7", "Zoë")
    assert node.live.end_here(key, "agent_stopped")
    with pytest.raises(NotFoundError):
        await node.live.asset("s1", "https://shop.example/a.png")


async def test_visitor_who_is_given_up_is_sent_elsewhere_and_nothing_ends(node: Node) -> None:
    _, wire, _, agent_wire = await node.go_live()
    node.live.give_up((node.team.id, short_id_of(wire)))
    for each in (wire, agent_wire):
        assert each.closed is not None
        assert (each.closed[0], each.of_type("error")[-1]["code"]) == (1012, "server_restarting")
    assert node.live.session_id_of(node.team.id, short_id_of(wire)) is None
    record = await node.store.session(node.team.id, "s1")
    assert record is not None
    assert record.ended_at is None
