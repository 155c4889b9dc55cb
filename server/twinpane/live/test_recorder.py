"""What agents see is recorded where the team wants it (R20)."""

from __future__ import annotations

import struct
from datetime import timedelta

from twinpane_protocol import visitor as said
from twinpane_protocol.envelope import Flag

from twinpane.blobs.test_recordings import read
from twinpane.live.assets import owner_name
from twinpane.live.conftest import MemoryWire, Node, facts, short_id_of
from twinpane.live.recorder import Recorder
from twinpane.live.tab_peer import TabPeer
from twinpane.ports.fetch import Fetched

SHEET = "https://shop.example/x.css"


async def recorded(node: Node, short_id: str, session_id: str = "s1") -> list[tuple[int, bytes]]:
    return await read(node.world.recordings, owner_name(node.team.id, short_id), session_id)


async def go_live(node: Node) -> tuple[TabPeer, MemoryWire, MemoryWire]:
    tab, tab_wire = await node.tab()
    grant = await node.invite(short_id_of(tab_wire), is_recorded=True)
    agent, wire = await node.agent(grant)
    tab.receive(said.Answered(kind="view", agent=agent.seat, allowed=True))
    return tab, tab_wire, wire


async def test_x15_frames_are_kept_as_agents_get_them_with_their_times(node: Node) -> None:
    tab, tab_wire, wire = await go_live(node)
    sent = [facts(1, 0, Flag.SNAPSHOT_START), facts(1, 1, Flag.SNAPSHOT_END), facts(1, 2), facts(1, 2, Flag.VOLATILE)]
    for frame in sent:
        node.clock.advance(1.5)
        tab.receive_frame(frame)
    tab.receive_frame(facts(0, 7))
    tab.receive(said.Stopped())
    await node.world.errands.finish()
    kept = await recorded(node, short_id_of(tab_wire))
    assert [frame for _, frame in kept] == wire.frames == sent
    assert [at_ms for at_ms, _ in kept] == [1500, 3000, 4500, 6000]
    session = await node.store.session(node.team.id, "s1")
    assert session is not None
    assert session.recording is not None
    assert (session.recording["length_ms"], session.recording["is_whole"]) == (6000, True)


async def test_x15_everybody_is_told_that_it_is_recorded_also_who_is_asked(node: Node) -> None:
    _, tab_wire = await node.tab()
    _, wire = await node.agent(await node.invite(short_id_of(tab_wire), is_recorded=True))
    [*_, asked] = tab_wire.of_type("session_changed")
    assert asked["session"]["phase"] == "asking"
    assert asked["session"]["recorded"] is True
    assert wire.of_type("welcome")[0]["session"]["recorded"] is True
    assert await recorded(node, short_id_of(tab_wire)) == []


async def test_r20_without_the_teams_wish_nothing_is_kept(node: Node) -> None:
    tab, tab_wire, _, _ = await node.go_live()
    tab.receive_frame(facts(1, 0, Flag.SNAPSHOT_START))
    tab.receive(said.Stopped())
    await node.world.errands.finish()
    assert await recorded(node, short_id_of(tab_wire)) == []
    session = await node.store.session(node.team.id, "s1")
    assert session is not None
    assert session.recording is None


async def test_r20_a_second_later_it_is_kept_whatever_happens_then(node: Node) -> None:
    tab, tab_wire, _ = await go_live(node)
    tab.receive_frame(facts(1, 0, Flag.SNAPSHOT_START))
    assert await recorded(node, short_id_of(tab_wire)) == []
    node.clock.advance(1)
    await node.world.errands.finish()
    assert len(await recorded(node, short_id_of(tab_wire))) == 1


async def test_r20_what_an_agents_browser_was_given_is_kept_with_it(node: Node) -> None:
    tab, tab_wire, _ = await go_live(node)
    node.web.pages[SHEET] = Fetched(SHEET, 200, "text/css", b"p {}")
    await node.live.asset("s1", SHEET)
    node.clock.advance(1)
    await node.world.errands.finish()
    kept = await node.world.recordings.asset(owner_name(node.team.id, short_id_of(tab_wire)), "s1", SHEET)
    assert kept is not None
    assert (kept.body, kept.content_type) == (b"p {}", "text/css")
    assert tab.receive_frame(facts(1, 0, Flag.SNAPSHOT_START))


async def test_x15_a_recording_stops_at_its_bound_and_says_so(node: Node) -> None:
    world = node.world
    recorder = Recorder(world.recordings, world.clock, world.errands, "1/A", "s9", world.clock.now(), max_bytes=100)
    for size in (60, 60, 1):
        recorder.take(bytes(size))
    recorder.flush()
    await world.errands.finish()
    figures = await world.recordings.measure("1/A", "s9")
    assert figures is not None
    assert not figures.is_whole
    assert [chunk async for chunk in world.recordings.frames("1/A", "s9")] == [struct.pack("<II", 0, 60) + bytes(60)]


async def test_r20_an_erased_visitors_recording_goes_with_them(node: Node) -> None:
    tab, tab_wire, _ = await go_live(node)
    tab.receive_frame(facts(1, 0, Flag.SNAPSHOT_START))
    await node.live.forget_visitor(node.team.id, short_id_of(tab_wire))
    assert await recorded(node, short_id_of(tab_wire)) == []


async def test_k1_after_a_restart_it_goes_on_with_the_same_clock(node: Node) -> None:
    tab, tab_wire, _ = await go_live(node)
    short_id = short_id_of(tab_wire)
    tab.receive_frame(facts(1, 0, Flag.SNAPSHOT_START | Flag.SNAPSHOT_END))
    node.clock.advance(2)
    await node.world.errands.finish()
    later = node.next(down_s=5)
    await later.live.take_up()
    [runner] = later.live._by_id.values()
    assert runner.recorder is not None
    runner.recorder.take(b"again")
    later.clock.advance(1)
    await later.world.errands.finish()
    assert (await recorded(later, short_id))[-1] == (7000, b"again")
    await later.live.drain()


async def test_r20_a_session_that_nobody_took_up_in_time_keeps_what_was_recorded(node: Node) -> None:
    tab, _, _ = await go_live(node)
    tab.receive_frame(facts(1, 0, Flag.SNAPSHOT_START))
    node.clock.advance(1)
    await node.world.errands.finish()
    later = node.next(down_s=timedelta(hours=1).total_seconds())
    await later.live.take_up()
    session = await later.store.session(later.team.id, "s1")
    assert session is not None
    assert (session.end_reason, session.recording is not None) == ("timeout", True)
    await later.live.drain()
