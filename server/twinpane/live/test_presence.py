from __future__ import annotations

from twinpane_protocol import visitor as said
from twinpane_protocol.link import Bye
from twinpane_protocol.settings import AccountSettings
from twinpane_protocol.shared import Permissions

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
    assert await node.live.short_id_by_code(node.team.id, code) is None
    assert node.live._presence.all() == []


async def test_s6_nine_thousand_visitors_online_have_nine_thousand_codes(node: Node) -> None:
    codes = set()
    for number in range(9_000):
        visitor = node.live._presence.arrive(node.team, f"V{number:07}")
        code = node.live._presence.codes.give(*visitor.key, False, node.clock.now())
        assert code is not None
        codes.add(code.digits)
    assert len(codes) == node.live.online_count(node.team.id) == 9_000
    owners = {await node.live.short_id_by_code(node.team.id, code) for code in codes}
    assert len(owners) == 9_000


async def test_s6_a_visitor_is_told_when_all_codes_are_in_use(node: Node) -> None:
    tab, wire = await node.tab()
    for number in range(10_000):
        node.live._presence.codes.give(node.team.id, f"V{number}", False, node.clock.now())
    tab.receive(said.LookupCodeWanted())
    [told] = wire.of_type("error")
    assert (told["code"], told["advice"]) == ("no_lookup_code", "retry")
    assert "lookup codes are in use" in told["message"]
    assert wire.closed is None
    node.live._presence.codes.drop(node.team.id, "V7")
    tab.receive(said.LookupCodeWanted())
    assert len(wire.of_type("lookup_code")) == 1


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


async def test_r13_forgotten_visitor_leaves_nothing_and_comes_again_as_nobody(node: Node) -> None:
    tab, wire = await node.tab()
    short_id, team_id = short_id_of(wire), node.team.id
    tab.receive(said.Identified(identity=said.Identity(identities=["Ada"], set_fields=["identities"])))
    await node.live.forget_visitor(team_id, short_id)
    await node.store.erase_visitors(team_id, [short_id])
    assert node.live.online_count(team_id) == 0
    tab.dropped(wire)
    node.clock.advance(120)
    assert await node.store.visitor(team_id, short_id) is None
    await node.tab("t2", visitor=credentials_of(wire))
    visitor = await node.store.visitor(team_id, short_id)
    assert visitor is not None
    assert (visitor.identities, visitor.is_online) == ([], True)


async def test_s2_a_visitor_waits_for_an_agent_in_all_tabs_until_one_comes(node: Node) -> None:
    tab, wire = await node.tab()
    other, other_wire = await node.tab("t2", visitor=credentials_of(wire))
    team_id, short_id = node.team.id, short_id_of(wire)
    for each in (tab, other):
        each.receive(said.AgentRequested())
    assert node.live.waits_for_agent(team_id, short_id)
    _, reloaded = await node.tab("t3", visitor=credentials_of(wire))
    assert reloaded.of_type("welcome")[0]["agent_requested"]
    await node.invite(short_id)
    assert not node.live.waits_for_agent(team_id, short_id)
    for heard in (wire, other_wire):
        assert [told["status"] for told in heard.of_type("agent_request_changed")] == ["requested", "accepted"]


async def test_s2_a_visitor_who_cancels_or_goes_waits_no_more(node: Node) -> None:
    tab, wire = await node.tab()
    tab.receive(said.AgentRequestCancelled())
    tab.receive(said.AgentRequested())
    tab.receive(said.AgentRequestCancelled())
    assert [told["status"] for told in wire.of_type("agent_request_changed")] == ["requested", "cancelled"]
    tab.receive(said.AgentRequested())
    tab.receive(Bye())
    node.clock.advance(20)
    assert not node.live.waits_for_agent(node.team.id, short_id_of(wire))


async def test_r12_views_are_kept_with_the_time_they_were_made(node: Node) -> None:
    tab, wire = await node.tab()
    shop = "https://shop.example/"
    tab.receive(said.HistorySaved(views=[said.PageView(url=shop, title="Shop", ago_s=90)]))
    tab.receive(said.HistorySaved(views=[said.PageView(url=shop + "basket", title="Basket")]))
    await node.world.errands.finish()
    views = await node.store.page_views(node.team.id, short_id_of(wire), 10)
    now = node.clock.now()
    told = [(view.title, (now - view.viewed_at).total_seconds()) for view in views]
    assert told == [("Basket", 0), ("Shop", 90)]


async def test_s2_agents_are_told_when_the_page_tells_who_the_visitor_is(node: Node) -> None:
    tab, wire, _, agent_wire = await node.go_live()
    hidden = await node.invite(short_id_of(wire), Permissions(hide_private_details=True))
    _, hidden_wire = await node.agent(hidden)
    identity = said.Identity(identities=["Ada"], agent_prompt="Has a parcel", set_fields=["identities", "agent_prompt"])
    tab.receive(said.Identified(identity=identity))
    await node.world.errands.finish()
    told = agent_wire.of_type("visitor_changed")[-1]["visitor"]
    assert (told["name"], told["agent_prompt"]) == ("Ada", "Has a parcel")
    told = hidden_wire.of_type("visitor_changed")[-1]["visitor"]
    assert (told["name"], told["agent_prompt"]) == (short_id_of(wire), None)
    _, later = await node.agent(await node.invite(short_id_of(wire)))
    assert later.of_type("welcome")[0]["visitor"]["agent_prompt"] == "Has a parcel"


async def test_s5_the_accounts_settings_reach_the_page_and_bound_it(node: Node) -> None:
    settings = AccountSettings(masked_elements=[".iban"], allow_remote_type=False)
    await node.store.change_team(node.team.id, settings=settings)
    tab, wire = await node.tab()
    assert wire.of_type("welcome")[0]["settings"] == {"maskedElements": [".iban"], "allowRemoteType": False}
    await node.agent(await node.invite(short_id_of(wire)))
    assert not wire.of_type("session_changed")[-1]["session"]["permissions"]["allow_type"]
    assert tab.ceiling.allow_remote_click


async def test_r23_open_pages_are_told_new_settings_at_once_and_so_are_those_that_come_next(node: Node) -> None:
    tab, wire = await node.tab()
    team = await node.store.change_team(
        node.team.id, settings=AccountSettings(masked_elements=[".iban"], allow_remote_click=False)
    )
    assert team
    node.live.team_changed(team)
    assert wire.of_type("settings_changed")[-1]["settings"] == {"maskedElements": [".iban"], "allowRemoteClick": False}
    assert not tab.ceiling.allow_remote_click
    _, next_wire = await node.tab()
    assert next_wire.of_type("welcome")[0]["settings"]["maskedElements"] == [".iban"]
