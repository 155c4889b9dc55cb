from __future__ import annotations

import asyncio

import pytest
from twinpane_protocol.agent import AgentHello, AgentWish, Leave
from twinpane_protocol.shared import ClearDrawings
from twinpane_protocol.visitor import Answered, AssetMissing, AssetsOffered, Stopped

from twinpane.errors import ConflictError, NotFoundError
from twinpane.live.conftest import MemoryWire, Node, short_id_of
from twinpane.ports.fetch import Fetched


async def test_r15c_two_calls_give_two_agents_in_one_session_and_the_21st_is_a_conflict(node: Node) -> None:
    _, wire = await node.tab()
    short_id = short_id_of(wire)
    for _ in range(20):
        await node.invite(short_id)
    assert node.live.session_count(node.team.id) == 1
    assert node.live.session_id_of(node.team.id, short_id) == "s1"
    with pytest.raises(ConflictError, match="too many agents"):
        await node.invite(short_id)


async def test_r16_a_session_can_be_ended_whether_there_is_one_or_not(node: Node) -> None:
    _, tab_wire, _, wire = await node.go_live()
    short_id = short_id_of(tab_wire)
    assert await node.live.end_session(node.team.id, short_id, "agent_stopped")
    assert not await node.live.end_session(node.team.id, short_id, "agent_stopped")
    assert node.live.session_id_of(node.team.id, short_id) is None
    assert wire.said[-1] == {"type": "bye"}
    assert await node.invite(short_id)
    assert node.live.session_id_of(node.team.id, short_id) == "s2"


async def test_r15a_a_seat_that_nobody_takes_ends_a_session_that_nobody_came_to(node: Node) -> None:
    _, wire = await node.tab()
    await node.invite(short_id_of(wire))
    node.clock.advance(91)
    assert node.live.session_count(node.team.id) == 0
    await node.world.errands.finish()
    [record] = await node.store.sessions_of(node.team.id, short_id_of(wire), 5)
    assert record.end_reason == "timeout"


async def test_f11_assets_are_for_live_sessions_only(node: Node) -> None:
    _, _, agent, wire = await node.go_live()
    token = wire.of_type("welcome")[0]["assets"].split("/")[2]
    assert node.live.session_id_by_asset_token(token) == agent.runner.record.id
    assert node.live.session_id_by_asset_token("guessed") is None
    with pytest.raises(NotFoundError):
        await node.live.asset("no such session", "https://x.example/")


async def test_x2_assets_are_neither_served_nor_fetched_before_the_yes_nor_after_the_end(node: Node) -> None:
    """One that anybody could have from the web: that it is fetched would tell its site, and the agent, of the page."""
    url = "https://shop.example/logo.png"
    node.web.pages[url] = Fetched(url, 200, "image/png", b"logo")
    tab, tab_wire = await node.tab()
    agent, _ = await node.agent(await node.invite(short_id_of(tab_wire)))
    session = agent.runner.record.id
    with pytest.raises(NotFoundError):
        await node.live.asset(session, url)
    assert node.web.asked == []
    tab.receive(Answered(kind="view", agent=agent.seat, allowed=True))
    assert (await node.live.asset(session, url)).body == b"logo"
    tab.receive(Stopped())
    with pytest.raises(NotFoundError):
        await node.live.asset(session, url)


async def test_s5_the_page_that_agents_see_is_asked_first_for_what_it_offers(node: Node) -> None:
    """`proxyAssets` (F12)."""
    tab, tab_wire, agent, _ = await node.go_live()
    url = "https://shop.example/my/face.png"
    tab.receive(AssetsOffered(globs=["*/my/*"]))
    task = asyncio.create_task(node.live.asset(agent.runner.record.id, url))
    for _ in range(10):
        await asyncio.sleep(0)  # The errand's turns; nothing of it waits for anything real.
    assert [wanted["url"] for wanted in tab_wire.of_type("asset_wanted")] == [url]
    assert node.web.asked == []
    tab.receive(AssetMissing(url=url))
    with pytest.raises(NotFoundError):
        await task
    assert node.web.asked == [url]


async def test_k4_draining_sends_peers_away_and_lets_nobody_in(node: Node) -> None:
    _, tab_wire, _, wire = await node.go_live()
    await node.live.drain()
    assert tab_wire.said[-1]["code"] == "server_restarting"
    assert tab_wire.closed == (1012, "server restarting")
    assert wire.closed is not None
    assert node.live.online_count(node.team.id) == 0
    answer = await node.live.hello_agent(AgentHello(protocols=[1], grant="x"), node.caller(MemoryWire()))
    assert answer == "server_restarting"
    await node.live.open()
    await node.tab()


async def test_metrics_tell_who_is_here_and_what_was_refused(node: Node) -> None:
    _, _, agent, _ = await node.go_live()
    agent.receive_frame(b"")
    metrics = node.live.metrics()
    assert (metrics.visitors_online, metrics.agents_connected, metrics.agents_lagging) == (1, 1, 0)
    assert metrics.sessions_by_phase == {"live": 1}
    assert metrics.refusals_by_code == {"bad_message": 1}


async def test_x1_when_all_is_over_nothing_is_kept(node: Node) -> None:
    for leaves_by in ("end", "drop", "close"):
        tab, tab_wire, agent, wire = await node.go_live()
        again, again_wire = await node.agent(f"grant-{node._seats}")
        if leaves_by == "end":
            tab.receive(Stopped())
        elif leaves_by == "close":
            again.receive(Leave())
        again.dropped(again_wire)
        agent.dropped(wire)
        tab.dropped(tab_wire)
        node.clock.advance(700)
    links, presence = node.live._links, node.live._presence
    kept = [node.live._by_id, node.live._by_visitor, node.live._by_asset_token]
    kept += [links._by_token, links._tokens_of, links._away_since_s, presence._visitors, presence._departures]
    assert kept == [{}] * 8
    assert node.clock._due == []


async def test_an_agent_whose_seats_are_taken_is_out_and_does_not_come_back(node: Node) -> None:
    _, tab_wire, agent, wire = await node.go_live()
    visitor = short_id_of(tab_wire)
    unopened = await node.invite(visitor)
    node.live.take_seats(node.team.id, "somebody else")
    assert not wire.of_type("error")
    node.live.take_seats(node.team.id, "a")
    assert [error["code"] for error in wire.of_type("error")] == ["bad_credentials"]
    assert wire.closed
    agent.receive(AgentWish(id=1, wish=ClearDrawings()))
    assert not tab_wire.of_type("wish_made")
    for grant in ("grant-1", unopened):
        assert await node.live.hello_agent(AgentHello(protocols=[1], grant=grant), node.caller(MemoryWire())) == (
            "session_over"
        )
    assert node.live.session_count(node.team.id) == 0, "nobody is left who watches"
