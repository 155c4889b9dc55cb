from __future__ import annotations

from twinpane_protocol import visitor as said
from twinpane_protocol.link import Bye

from twinpane.live.conftest import Node, credentials_of, short_id_of


async def test_r30_a_visitor_is_offline_10_s_after_the_last_tab_went(node: Node) -> None:
    tab, wire = await node.tab()
    other, _ = await node.tab("t2", visitor=credentials_of(wire))
    short_id, team_id = short_id_of(wire), node.team.id
    tab.receive(Bye())
    node.clock.advance(20)
    assert node.live.is_online(team_id, short_id)
    other.dropped(other.link.wire)  # type: ignore[arg-type]
    node.clock.advance(9)
    assert node.live.is_online(team_id, short_id)
    node.clock.advance(2)
    assert not node.live.is_online(team_id, short_id)
    assert node.live.online_count(team_id) == 0
    visitor = await node.store.visitor(team_id, short_id)
    assert visitor is not None
    assert not visitor.is_online


async def test_s9_a_reload_is_no_absence(node: Node) -> None:
    tab, wire = await node.tab()
    tab.receive(Bye())
    node.clock.advance(5)
    await node.tab(visitor=credentials_of(wire))
    node.clock.advance(120)
    assert node.live.is_online(node.team.id, short_id_of(wire))
    assert node.live.online_count(node.team.id) == 1


async def test_s6_a_code_lasts_while_the_visitor_is_known(node: Node) -> None:
    tab, wire = await node.tab()
    tab.receive(said.LookupCodeWanted())
    code = wire.of_type("lookup_code")[0]["code"]
    _, again = await node.tab("t2", visitor=credentials_of(wire))
    assert again.of_type("welcome")[0]["lookup_code"] == code
    for each in list(node.live._presence.all()[0].tabs.values()):
        each.receive(Bye())
    node.clock.advance(12)
    assert node.live.short_id_by_code(node.team.id, code) is None
    assert node.live._presence.all() == []


async def test_l7_a_dropped_visitor_is_forgotten_after_60_s(node: Node) -> None:
    tab, wire = await node.tab()
    tab.dropped(wire)
    node.clock.advance(59)
    assert len(node.live._presence.all()) == 1
    node.clock.advance(4)
    assert node.live._presence.all() == []


async def test_s4_identities_that_add_are_recorded_in_the_order_they_were_said(node: Node) -> None:
    tab, wire = await node.tab()
    for number in range(3):
        identity = said.Identity(metadata={f"k{number}": number, "last": number}, set_fields=["metadata"])
        tab.receive(said.Identified(identity=identity))
    await node.world.errands.finish()
    visitor = await node.store.visitor(node.team.id, short_id_of(wire))
    assert visitor is not None
    assert visitor.metadata == {"k0": 0, "k1": 1, "k2": 2, "last": 2}
