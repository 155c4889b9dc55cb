from __future__ import annotations

from twinpane.live.conftest import Node


async def test_w6_tabs_and_agents_are_refused_alike(node: Node) -> None:
    tab, tab_wire, agent, agent_wire = await node.go_live()
    for peer, wire in ((tab, tab_wire), (agent, agent_wire)):
        before = peer.link.received
        peer.receive_bad("frame_too_large")
        assert wire.of_type("error")[-1]["code"] == "frame_too_large"
        assert peer.link.received == before + 1
    assert node.world.counters.refusals["frame_too_large"] == 2
