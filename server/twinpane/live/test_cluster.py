"""Nodes as one: what is asked at one of them is done by the visitor's home, and all show the same."""

from __future__ import annotations

import msgspec
import pytest
from twinpane_protocol.agent import AgentHello
from twinpane_protocol.visitor import Hello, LastWords, Page

from twinpane.errors import ConflictError, UnavailableError
from twinpane.live.conftest import Node, Together, credentials_of, short_id_of


async def home_name(node: Node, hello: Hello | AgentHello) -> str | None:
    home = await node.live.other_home(hello)
    return home.id if home is not None else None


def hello_of(wire: object) -> Hello:
    page = Page(url="https://shop.example/", title="Shop", focused=True, visible=True)
    return Hello(protocols=[1], key="abcdefghij", tab="t2", page=page, visitor=credentials_of(wire))  # type: ignore[arg-type]


async def test_n2_tabs_and_agents_of_a_visitor_belong_to_one_node(together: Together) -> None:
    a, b = await together.add("a"), await together.add("b")
    _, wire = await a.tab()
    await together.settle()
    assert await home_name(b, hello_of(wire)) == "a"
    assert await home_name(a, hello_of(wire)) is None
    grant = await b.invite(short_id_of(wire))
    assert await home_name(b, AgentHello(protocols=[1], grant=grant)) == "a"
    _, agent_wire = await a.agent(grant)
    assert agent_wire.of_type("welcome")[0]["session"]["phase"] == "asking"


async def test_n5_session_that_another_node_starts_runs_at_the_visitors_and_is_shown_and_ended_by_all(
    together: Together,
) -> None:
    a, b, c = [await together.add(name) for name in "abc"]
    _, wire = await a.tab()
    short_id = short_id_of(wire)
    await together.settle()
    await b.invite(short_id)
    assert a.live.session_id_of(a.team.id, short_id) == "s1-b"
    assert b.live.session_id_of(a.team.id, short_id) is None
    await together.settle()
    for node in (a, b, c):
        now = (await node.live.now(a.team.id, [short_id]))[short_id]
        assert now.session is not None
        assert (now.session.id, now.session.phase) == ("s1-b", "waiting")
    assert await c.live.end_session(a.team.id, short_id, "agent_stopped")
    assert not await c.live.end_session(a.team.id, short_id, "agent_stopped")
    await together.settle()
    record = await c.store.session(a.team.id, "s1-b")
    assert record is not None
    assert record.end_reason == "agent_stopped"


async def test_n5_full_session_is_told_wherever_one_more_is_asked_for(together: Together) -> None:
    a, b = await together.add("a"), await together.add("b")
    _, wire = await a.tab()
    await together.settle()
    for _ in range(20):
        await b.invite(short_id_of(wire))
    with pytest.raises(ConflictError):
        await b.invite(short_id_of(wire))


async def test_n5_visitor_of_a_dead_node_cannot_be_asked_for_a_moment(together: Together) -> None:
    a, b = await together.add("a"), await together.add("b")
    _, wire = await a.tab()
    await together.settle()
    await together.kill("a")
    with pytest.raises(UnavailableError):
        await b.invite(short_id_of(wire))
    await together.settle(1.1)
    await b.invite(short_id_of(wire))
    assert b.live.session_id_of(a.team.id, short_id_of(wire)) == "s2-b"


async def test_n5_lookup_code_is_found_at_every_node_until_its_visitor_is_gone(together: Together) -> None:
    a, b = await together.add("a"), await together.add("b")
    tab, wire = await a.tab()
    tab.owner.lookup_code_wanted(tab, False)
    await together.settle()
    code = wire.of_type("lookup_code")[0]["code"]
    assert await b.live.short_id_by_code(a.team.id, code) == short_id_of(wire)
    tab.owner.tab_closed(tab)
    a.clock.advance(12)
    await together.settle()
    assert await b.live.short_id_by_code(a.team.id, code) is None


async def test_n5_erased_visitor_is_forgotten_by_their_home(together: Together) -> None:
    a, b = await together.add("a"), await together.add("b")
    _, wire = await a.tab()
    await together.settle()
    await b.live.forget_visitor(a.team.id, short_id_of(wire))
    assert wire.closed is not None
    assert not a.live.is_online(a.team.id, short_id_of(wire))


async def test_n5_agent_who_may_no_longer_help_is_out_of_sessions_at_all_nodes(together: Together) -> None:
    a, b = await together.add("a"), await together.add("b")
    _, _, _, agent_wire = await a.go_live()
    b.live.take_seats(b.team.id, "a")
    await b.world.errands.finish()
    assert agent_wire.closed is not None


async def test_n5_changed_settings_come_to_pages_at_other_nodes(together: Together) -> None:
    a, b = await together.add("a"), await together.add("b")
    _, wire = await a.tab()
    b.live.team_changed(b.team)
    await b.world.errands.finish()
    assert len(wire.of_type("settings_changed")) == 1


async def test_n3_last_words_come_to_the_page_they_are_of(together: Together) -> None:
    a, b = await together.add("a"), await together.add("b")
    tab, wire, _, agent_wire = await a.go_live()
    words = {"resume": wire.of_type("welcome")[0]["resume"], "absence": {"return_s": 30, "title": "t", "message": "m"}}
    b.live.take_last_words(msgspec.convert(words, LastWords))
    await b.world.errands.finish()
    tab.owner.tab_dropped(tab)
    assert agent_wire.of_type("session_changed")[-1]["session"]["phase"] == "paused"


async def test_n3_only_the_nodes_secret_carries_and_only_to_the_node_it_names(together: Together) -> None:
    a, b = await together.add("a"), await together.add("b")
    seal = a.live.hop_seal("b", "key", "/ws", "192.0.2.7")
    assert b.live.is_true_hop(seal, "key", "/ws", "192.0.2.7")
    assert not b.live.is_true_hop(seal, "key", "/ws", "192.0.2.8")
    assert not a.live.is_true_hop(seal, "key", "/ws", "192.0.2.7")
    assert not Node().live.is_true_hop(seal, "key", "/ws", "192.0.2.7")
