from __future__ import annotations

from typing import Any

import pytest
from twinpane_protocol.agent import AgentHello
from twinpane_protocol.shared import Permissions
from twinpane_protocol.visitor import Hello, Identity, Page

from twinpane.live.admission import best_protocol, branding_of
from twinpane.live.conftest import MemoryWire, Node, credentials_of, facts, short_id_of
from twinpane.live.identity import visitor_info
from twinpane.ports.locate import Location


def test_w2_our_best_version_that_both_speak() -> None:
    assert best_protocol([7, 1]) == 1
    assert best_protocol([7]) is None
    assert best_protocol([]) is None


@pytest.mark.parametrize(
    ("naked", "told"), [(False, "false"), (True, "true"), ("page_only", "page_only"), (None, "false"), ([], "false")]
)
def test_r15_branding_is_told_as_one_of_three_kinds(naked: Any, told: str) -> None:
    branding = branding_of({"naked": naked, "color": "#123456"} if naked != [] else {})
    assert branding.naked == told


async def test_r30_what_a_hello_says_is_recorded(node: Node) -> None:
    identity = Identity(unique_id="u1", metadata={"plan": "pro"}, set_fields=["unique_id", "metadata"])
    _, wire = await node.tab(identity=identity)
    await node.world.errands.finish()
    visitor = await node.store.visitor(node.team.id, short_id_of(wire))
    assert visitor is not None
    assert (visitor.unique_id, visitor.metadata, visitor.is_online) == ("u1", {"plan": "pro"}, True)
    assert (visitor.ip_address, visitor.user_agent) == ("192.0.2.7", "Browser")
    assert visitor.last_url == "https://shop.example/t1"


async def test_a1_an_agent_is_told_the_visitors_name(node: Node) -> None:
    identity = Identity(identities=["Zoë"], unique_id="u1", set_fields=["identities", "unique_id"])
    _, wire = await node.tab(identity=identity)
    _, agent_wire = await node.agent(await node.invite(short_id_of(wire)))
    told = agent_wire.of_type("welcome")[0]["visitor"]
    assert (told["name"], told["unique_id"]) == ("Zoë", "u1")
    assert visitor_info(None, "ABCDEFGH").name == "ABCDEFGH"


async def test_r15_an_agent_from_whom_private_details_are_hidden_is_told_the_short_id_only(node: Node) -> None:
    _, wire = await node.tab(
        identity=Identity(identities=["Zoë"], unique_id="u1", set_fields=["identities", "unique_id"])
    )
    grant = await node.invite(short_id_of(wire), Permissions(hide_private_details=True))
    _, agent_wire = await node.agent(grant)
    told = agent_wire.of_type("welcome")[0]["visitor"]
    short_id = short_id_of(wire)
    assert told == {"short_id": short_id, "name": short_id, "unique_id": None, "agent_prompt": None}


async def test_w2_the_welcome_comes_first_and_with_the_session(node: Node) -> None:
    tab, tab_wire, _, _ = await node.go_live()
    _, again = await node.tab(visitor=credentials_of(tab_wire))
    assert [said["type"] for said in again.said[:3]] == ["welcome", "session_changed", "capture"]
    assert again.said[0]["session"]["phase"] == "live"
    assert tab_wire.closed == (1000, "replaced")
    assert tab_wire.said[-1] == {"type": "bye"}
    assert tab.link.wire is None


async def test_l4_a_resumed_tab_needs_its_own_visitor_and_tab(node: Node) -> None:
    tab, wire, _, _ = await node.go_live()
    tab.dropped(wire)
    fields: dict[str, Any] = {"resume": wire.of_type("welcome")[0]["resume"], "received": tab.link.sent}
    _, stranger = await node.tab(**fields)
    assert stranger.of_type("welcome")[0]["resumed"] is False
    _, other_tab = await node.tab("t2", visitor=credentials_of(wire), **fields)
    assert other_tab.of_type("welcome")[0]["resumed"] is False
    fields["received"] = tab.link.sent
    _, back = await node.tab(visitor=credentials_of(wire), **fields)
    assert back.of_type("welcome")[0]["resumed"] is True


async def test_x1_an_agent_who_was_away_at_the_end_still_hears_how_it_ended(node: Node) -> None:
    tab, _, agent, wire = await node.go_live()
    resume, received = wire.of_type("welcome")[0]["resume"], agent.link.sent
    agent.dropped(wire)
    await node.live.end_session(node.team.id, short_id_of(tab.link.wire), "erased")  # type: ignore[arg-type]
    _, back = await node.agent("grant-1", resume=resume, received=received)
    assert back.of_type("welcome")[0]["session"]["end_reason"] == "erased"
    assert back.of_type("session_changed")[-1]["session"]["phase"] == "ended"
    assert back.said[-1] == {"type": "bye"}
    assert back.closed is not None
    answer = await node.live.hello_agent(AgentHello(protocols=[1], grant="grant-1"), node.caller(MemoryWire()))
    assert answer == "session_over"


async def test_r15a_a_second_window_of_a_seat_takes_the_place_of_the_first(node: Node) -> None:
    tab, _, first, first_wire = await node.go_live()
    tab.receive_frame(facts(1, 0, 1))
    second, wire = await node.agent("grant-1")
    assert first_wire.said[-1] == {"type": "bye"}
    assert wire.frames == [facts(1, 0, 1)]
    first.dropped(first_wire)
    assert second.runner.session.state_for(None).agents[0].connected


async def test_w2_hellos_that_cannot_be_let_in_have_their_codes(node: Node) -> None:
    page = Page(url="", title="", focused=True, visible=True)
    caller = node.caller(MemoryWire())
    assert await node.live.hello_visitor(Hello(protocols=[1], key="no", tab="t", page=page), caller) == "unknown_key"
    assert (
        await node.live.hello_visitor(Hello(protocols=[], key="abcdefghij", tab="t", page=page), caller)
        == "unsupported_protocol"
    )
    assert await node.live.hello_agent(AgentHello(protocols=[9], grant="x"), caller) == "unsupported_protocol"
    assert await node.live.hello_agent(AgentHello(protocols=[1], grant="x"), caller) == "bad_credentials"


async def test_r30_a_visitor_is_located_when_they_connect() -> None:
    bristol = Location("Bristol", "GB", "United Kingdom")
    node = Node(locate={"192.0.2.7": bristol}.__getitem__)  # type: ignore[arg-type]
    await node.begin()
    _, wire = await node.tab()
    visitor = await node.store.visitor(node.team.id, short_id_of(wire))
    assert visitor is not None
    assert (visitor.location_city, visitor.location_country, visitor.location_country_name) == bristol
    await node.live.drain()
