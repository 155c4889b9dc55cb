from __future__ import annotations

from dataclasses import replace

from twinpane_protocol import visitor as said
from twinpane_protocol.link import Ack, Bye, Ping
from twinpane_protocol.settings import AccountSettings

from twinpane.live.conftest import Node, facts, short_id_of


def page(tab: str = "t1", focused: bool = True, title: str = "Shop") -> said.Page:
    return said.Page(url=f"https://shop.example/{tab}", title=title, focused=focused, visible=True)


async def test_a1_address_and_title_reach_agents_and_the_record(node: Node) -> None:
    tab, tab_wire, _, wire = await node.go_live()
    tab.receive(said.PageChanged(page=page(title="Basket")))
    assert wire.of_type("session_changed")[-1]["session"]["tabs"][0]["title"] == "Basket"
    heard = len(wire.said)
    tab.receive(said.PageChanged(page=page(title="Basket")))
    assert len(wire.said) == heard
    visitor = await node.store.visitor(node.team.id, short_id_of(tab_wire))
    assert visitor is not None
    assert visitor.last_title == "Basket"


async def test_w6_frames_and_answers_without_a_session_do_nothing(node: Node) -> None:
    tab, wire = await node.tab()
    tab.receive_frame(facts(1, 0, 1))
    tab.receive(said.Stopped())
    tab.receive(said.Answered(kind="view", agent="a", allowed=True))
    tab.receive(said.AssetMissing(url="https://x/"))
    assert wire.of_type("error") == []
    assert tab.link.received == 4


async def test_w6_a_second_hello_is_no_message(node: Node) -> None:
    tab, wire = await node.tab()
    tab.receive(said.Hello(protocols=[1], key="abcdefghij", tab="t1", page=page()))
    tab.receive(Ack(received=99))
    assert [error["code"] for error in wire.of_type("error")] == ["bad_message"] * 2
    tab.receive(Ping(t=1))
    assert wire.said[-1]["type"] == "pong"


async def test_x14_limits_of_a_later_init_reach_agents_and_stay_under_the_account_s(node: Node) -> None:
    tab, _, _, wire = await node.go_live()
    tab.receive(said.LimitsChanged(ceiling=said.Ceiling(allow_remote_type=False)))
    session = wire.of_type("session_changed")[-1]["session"]
    assert not session["permissions"]["allow_type"]
    node.live.team_changed(replace(node.team, settings=AccountSettings(allow_remote_click=False)))
    tab.receive(said.LimitsChanged(ceiling=said.Ceiling()))
    permissions = wire.of_type("session_changed")[-1]["session"]["permissions"]
    assert (permissions["allow_type"], permissions["allow_click"]) == (True, False)
    node.live.team_changed(replace(node.team, settings=AccountSettings()))
    assert wire.of_type("session_changed")[-1]["session"]["permissions"]["allow_click"]


async def test_m7_the_visitor_is_told_the_asset_door_with_a_new_epoch_and_only_while_live(node: Node) -> None:
    tab, wire = await node.tab()
    tab.receive(said.PictureWanted())
    await node.agent(await node.invite(short_id_of(wire)))
    tab.receive(said.PictureWanted())
    assert [error["code"] for error in wire.of_type("error")] == ["not_live"] * 2
    assert wire.of_type("picture") == []
    tab, wire, _, agent = await node.go_live()
    node.clock.advance(5)
    tab.receive(said.PictureWanted())
    assert wire.of_type("picture")[-1]["assets"] == agent.of_type("welcome")[-1]["assets"]
    assert wire.of_type("capture")[-1]["epoch"] == 2


async def test_s10_the_visitor_stops(node: Node) -> None:
    tab, tab_wire, _, wire = await node.go_live()
    tab.receive(said.Stopped())
    assert wire.of_type("session_changed")[-1]["session"]["end_reason"] == "visitor_stopped"
    assert tab_wire.of_type("capture")[-1]["epoch"] is None
    assert tab_wire.closed is None


async def test_x4_the_pages_refusal_and_messages_pass_to_agents(node: Node) -> None:
    tab, _, agent, wire = await node.go_live()
    tab.receive(said.WishRefused(agent=agent.seat, id=4, code="visitor_active"))
    assert wire.of_type("wish_refused")[-1]["code"] == "visitor_active"
    tab.receive(said.CustomMessageSent(message=[1, 2]))
    assert wire.of_type("custom_message_received")[-1]["message"] == [1, 2]


async def test_l4_a_drop_of_an_old_wire_is_no_drop_of_the_tab(node: Node) -> None:
    tab, old, _, wire = await node.go_live()
    tab.dropped(old)
    assert wire.of_type("session_changed")[-1]["session"]["phase"] == "paused"
    welcome = old.of_type("welcome")[0]
    _, _ = await node.tab(
        visitor=said.Credentials(**welcome["visitor"]), resume=welcome["resume"], received=tab.link.sent - 1
    )
    assert wire.of_type("session_changed")[-1]["session"]["phase"] == "live"
    tab.dropped(old)
    assert wire.of_type("session_changed")[-1]["session"]["phase"] == "live"


async def test_x6_a_browser_that_left_the_page_has_closed_the_tab(node: Node) -> None:
    tab, tab_wire, _, wire = await node.go_live()
    tab_wire.went_away = True
    tab.dropped(tab_wire)
    assert wire.of_type("session_changed")[-1]["session"]["away"] == "tab_closed"


async def test_x13_last_words_of_a_browser_that_left_are_heard(node: Node) -> None:
    tab, tab_wire, _, wire = await node.go_live()
    resume = tab_wire.of_type("welcome")[0]["resume"]
    tab_wire.went_away = True
    tab.dropped(tab_wire)
    absence = said.DisconnectExpected(return_s=900, title="At the bank")
    node.live.take_last_words(said.LastWords(resume="guessed", absence=absence))
    assert wire.of_type("session_changed")[-1]["session"].get("absence") is None
    node.live.take_last_words(said.LastWords(resume=resume, absence=absence))
    assert wire.of_type("session_changed")[-1]["session"]["absence"]["title"] == "At the bank"


async def test_x13_last_words_of_a_page_whose_successor_is_there_are_not_heard(node: Node) -> None:
    _, tab_wire, _, wire = await node.go_live()
    welcome = tab_wire.of_type("welcome")[0]
    await node.tab(visitor=said.Credentials(**welcome["visitor"]))
    absence = said.DisconnectExpected(return_s=900)
    heard = len(wire.said)
    node.live.take_last_words(said.LastWords(resume=welcome["resume"], absence=absence))
    assert len(wire.said) == heard


async def test_x6_a_closed_tab_ends_the_session_after_60_s(node: Node) -> None:
    tab, _, _, wire = await node.go_live()
    tab.receive(Bye())
    assert wire.of_type("session_changed")[-1]["session"]["away"] == "tab_closed"
    node.clock.advance(61)
    assert wire.of_type("session_changed")[-1]["session"]["end_reason"] == "timeout"


async def test_s9_an_absence_that_the_page_announced_is_told_to_agents(node: Node) -> None:
    tab, _, _, wire = await node.go_live()
    tab.receive(said.DisconnectExpected(return_s=120, title="At the bank"))
    tab.receive(Bye())
    state = wire.of_type("session_changed")[-1]["session"]
    assert state["absence"] == {"title": "At the bank", "message": None, "returns_in_s": 120}
    node.clock.advance(119)
    assert node.live.session_count(node.team.id) == 1
    node.clock.advance(2)
    assert node.live.session_count(node.team.id) == 0
