"""A node's lease, and what becomes of the sessions of one whose lease ran out."""

from __future__ import annotations

from twinpane_protocol.visitor import Hello, Page

from twinpane.live.conftest import Together, credentials_of, facts, short_id_of
from twinpane.live.tab_peer import TabPeer


async def test_n4_session_of_a_dead_node_goes_on_at_another_with_the_same_consent(together: Together) -> None:
    a, b = await together.add("a"), await together.add("b")
    tab, wire, _, agent_wire = await a.go_live()
    await together.settle()
    await together.kill("a")
    await together.settle(1.1)
    welcome, agent_welcome = wire.of_type("welcome")[0], agent_wire.of_type("welcome")[0]
    back, back_wire = await b.tab(
        visitor=credentials_of(wire), resume=welcome["resume"], received=tab.link.sent, acknowledged=tab.link.received
    )
    assert back_wire.of_type("welcome")[0]["session"]["phase"] == "live"
    assert back_wire.of_type("welcome")[0]["resumed"]
    [capture] = back_wire.of_type("capture")
    assert isinstance(back, TabPeer)
    back.receive_frame(facts(capture["epoch"], 0, flags=3))
    _, agent_back = await b.agent("grant-1-a", resume=agent_welcome["resume"])
    assert agent_back.of_type("welcome")[0]["session"]["phase"] == "live"
    assert len(agent_back.frames) == 1
    assert back_wire.of_type("session_changed") == [] or all(
        each["session"].get("asking") is None for each in back_wire.of_type("session_changed")
    )


async def test_n4_visitors_who_were_idle_at_a_dead_node_are_offline(together: Together) -> None:
    a, b = await together.add("a"), await together.add("b")
    _, wire = await a.tab()
    await together.settle()
    visitor = await b.store.visitor(a.team.id, short_id_of(wire))
    assert visitor is not None
    assert visitor.is_online
    await together.kill("a")
    await together.settle(1.1)
    visitor = await b.store.visitor(a.team.id, short_id_of(wire))
    assert visitor is not None
    assert not visitor.is_online


async def test_n1_node_that_starts_again_goes_on_with_its_own_at_once(together: Together) -> None:
    a, b = await together.add("a"), await together.add("b")
    _, wire, _, _ = await a.go_live()
    await together.settle()
    await together.kill("a")
    again = await together.add("a")
    assert again.live.session_id_of(a.team.id, short_id_of(wire)) == "s1-a"
    assert b.live.session_id_of(a.team.id, short_id_of(wire)) is None


async def test_n4_node_that_was_away_too_long_sends_its_peers_to_who_took_over(together: Together) -> None:
    a, b = await together.add("a"), await together.add("b")
    _, wire, agent, agent_wire = await a.go_live()
    await together.settle()
    await together.run_out("a")
    b.clock.advance(1.1)
    await b.world.errands.finish()
    assert b.live.session_id_of(a.team.id, short_id_of(wire)) == "s1-a"
    assert wire.closed is None
    a.clock.advance(1.1)
    await a.world.errands.finish()
    for each in (wire, agent_wire):
        assert each.closed is not None
        assert each.closed[0] == 1012
        assert each.of_type("error")[-1]["code"] == "server_restarting"
    assert a.live.session_id_of(a.team.id, short_id_of(wire)) is None
    record = await b.store.session(a.team.id, "s1-a")
    assert record is not None
    assert record.ended_at is None
    assert agent.link.is_over


async def test_n1_two_processes_cannot_be_the_same_node(together: Together) -> None:
    first = await together.add("a")
    _, wire = await first.tab()
    await together.settle()
    second = await together.add("a")
    first.clock.advance(1.1)
    await first.world.errands.finish()
    assert wire.closed is not None
    refused = await first.live.hello_visitor(_hello(), first.caller(wire))
    assert refused == "server_restarting"
    assert isinstance((await second.tab())[0], TabPeer)
    await first.live.drain()


def _hello() -> Hello:
    page = Page(url="https://shop.example/", title="Shop", focused=True, visible=True)
    return Hello(protocols=[1], key="abcdefghij", tab="t1", page=page)
