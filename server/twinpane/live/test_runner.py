from __future__ import annotations

from typing import get_args

from twinpane_protocol import visitor as said
from twinpane_protocol.envelope import Flag

from twinpane.live.conftest import Node, facts, short_id_of
from twinpane.live.runner import Runner
from twinpane.session.commands import Command


def test_x1_every_command_of_the_machine_is_carried_out() -> None:
    assert set(Runner._DO) == set(get_args(Command))


async def test_f3_frames_reach_all_agents_as_they_came(node: Node) -> None:
    tab, tab_wire, _, wire = await node.go_live()
    _, late_wire = await node.agent(await node.invite(short_id_of(tab_wire)))
    frames = [facts(1, 0, Flag.SNAPSHOT_START), facts(1, 1, Flag.SNAPSHOT_END), facts(1, 1, Flag.VOLATILE)]
    for frame in frames:
        assert tab.receive_frame(frame)
    assert wire.frames == late_wire.frames == frames
    metrics = node.live.metrics()
    assert metrics.frames_relayed == 6
    assert metrics.bytes_relayed == 6 * 15


async def test_x2_nothing_is_relayed_before_the_yes_nor_after_the_end(node: Node) -> None:
    tab, tab_wire = await node.tab()
    agent, wire = await node.agent(await node.invite(short_id_of(tab_wire)))
    tab.receive_frame(facts(0, 0, Flag.SNAPSHOT_START))
    tab.receive_frame(facts(1, 0, Flag.SNAPSHOT_START))
    assert wire.frames == []
    tab.receive(said.Answered(kind="view", agent=agent.seat, allowed=True))
    tab.receive_frame(facts(1, 0, Flag.SNAPSHOT_START))
    tab.receive(said.Stopped())
    tab.receive_frame(facts(1, 1))
    assert wire.frames == [facts(1, 0, Flag.SNAPSHOT_START)]
    assert node.live.metrics().frames_stale == 2


async def test_x8_a_journal_over_its_bound_gets_a_new_epoch(node: Node) -> None:
    tab, tab_wire, _, wire = await node.go_live()
    node.clock.advance(5)
    megabyte = bytes(1024 * 1024)
    tab.receive_frame(facts(1, 0, Flag.SNAPSHOT_START | Flag.SNAPSHOT_END))
    for seq in range(1, 5):
        tab.receive_frame(facts(1, seq, 0, megabyte))
    assert tab_wire.of_type("capture")[-1]["epoch"] == 2
    tab.receive_frame(facts(1, 5))
    assert len(wire.frames) == 5
    tab.receive_frame(facts(2, 0, Flag.SNAPSHOT_START))
    assert wire.of_type("page_reset")[-1] == {"type": "page_reset", "epoch": 2, "reason": "resync"}
    assert node.live.metrics().journal_bytes < 100


async def test_r31_the_record_tells_when_it_went_live_and_how_it_ended(node: Node) -> None:
    tab, tab_wire, _, _ = await node.go_live()
    await node.world.errands.finish()
    visitor = await node.store.visitor(node.team.id, short_id_of(tab_wire))
    assert visitor is not None
    assert visitor.is_in_session
    node.clock.advance(30)
    tab.receive(said.CustomMessageSent(message=1))
    tab.receive(said.Stopped())
    await node.world.errands.finish()
    [record] = await node.store.sessions_of(node.team.id, short_id_of(tab_wire), 5)
    assert record.went_live_at is not None
    assert record.ended_at is not None
    assert (record.ended_at - record.went_live_at).total_seconds() == 30
    assert (record.end_reason, record.features_used) == ("visitor_stopped", ["custom_message"])
    assert record.agents[0].joined_at is not None
    assert record.agents[0].left_at == record.ended_at
    visitor = await node.store.visitor(node.team.id, short_id_of(tab_wire))
    assert visitor is not None
    assert not visitor.is_in_session
