from __future__ import annotations

from datetime import timedelta

import msgspec

from twinpane.live.conftest import Node, short_id_of
from twinpane.live.visitor_now import VisitorNow


async def test_nobody_has_nothing_to_tell(node: Node) -> None:
    assert node.live.now_here((1, "AAAA2222")) is None


async def test_everything_that_others_show_is_told_and_survives_the_way(node: Node) -> None:
    tab, wire, agent, _ = await node.go_live()
    tab.owner.agent_wanted(True)
    tab.owner.lookup_code_wanted(tab, False)
    now = node.live.now_here((node.team.id, short_id_of(wire)))
    assert now is not None
    assert now.session is not None
    assert (now.online_since, now.waits_for_agent) == (node.clock.now(), True)
    assert (now.session.id, now.session.phase, [each.name for each in now.session.agents]) == (
        "s1",
        "live",
        ["Agent 1"],
    )
    assert now.session.went_live_at == node.clock.now()
    assert msgspec.convert(msgspec.json.decode(msgspec.json.encode(now)), VisitorNow) == now
    assert agent.runner.record.id == "s1"


async def test_s6_code_holds_an_hour(node: Node) -> None:
    tab, wire = await node.tab()
    tab.owner.lookup_code_wanted(tab, False)
    now = node.live.now_here((node.team.id, short_id_of(wire)))
    assert now is not None
    assert now.code_at(node.clock.now()) == wire.of_type("lookup_code")[0]["code"]
    assert now.code_at(node.clock.now() + timedelta(hours=1)) is None


async def test_session_of_somebody_offline_is_told_without_them(node: Node) -> None:
    await node.invite("AAAA2222")
    now = node.live.now_here((node.team.id, "AAAA2222"))
    assert now is not None
    assert (now.online_since, now.session is not None) == (None, True)
    node.live.end_here((node.team.id, "AAAA2222"), "agent_stopped")
    assert node.live.now_here((node.team.id, "AAAA2222")) is None
