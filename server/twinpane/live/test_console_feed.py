"""The live lists: a page of rows, then what changes, at most four times a second."""

from __future__ import annotations

from twinpane_protocol.console import ListSessions, ListVisitors, StopList
from twinpane_protocol.visitor import AgentRequested, Identified, Identity, Page, PageChanged

from twinpane.live.conftest import Node, short_id_of
from twinpane.live.test_consoles import opened, settle


async def test_a_console_is_told_who_is_online_and_what_changes(node: Node) -> None:
    tab, tab_wire = await node.tab()
    short_id = short_id_of(tab_wire)
    peer, wire = await opened(node)
    assert wire.said[0] == {"type": "welcome", "protocol": 1}
    assert wire.of_type("totals") == [{"type": "totals", "online": 1, "waiting": 0, "sessions": 0}]
    peer.receive(ListVisitors(ask=7, count=10))
    await settle(node)
    [told] = wire.of_type("visitors")
    assert (told["ask"], told["first"], told["total"], told["order"]) == (7, 0, 1, [short_id])
    assert told["rows"][0]["url"] == "https://shop.example/t1"
    assert told["rows"][0]["name"] == short_id
    tab.receive(Identified(identity=Identity(set_fields=["identities"], identities=["Zoë Grey"])))
    await settle(node)
    assert wire.of_type("visitors")[-1]["rows"][0]["name"] == "Zoë Grey"
    _, other_wire = await node.tab("t2")
    other = short_id_of(other_wire)
    await settle(node)
    told = wire.of_type("visitors")[-1]
    assert (told["total"], [row["short_id"] for row in told["rows"]]) == (2, [other])
    tab.receive(AgentRequested())
    await settle(node)
    assert wire.of_type("visitors")[-1]["order"] == [short_id, other]
    assert wire.of_type("totals")[-1]["waiting"] == 1
    count = len(wire.said)
    peer.receive(StopList(list="visitors"))
    tab.receive(PageChanged(page=Page(url="https://shop.example/x", title="", focused=True, visible=True)))
    await settle(node)
    assert len(wire.said) == count


async def test_changes_are_gathered_and_a_search_follows_them(node: Node) -> None:
    tab, tab_wire = await node.tab()
    peer, wire = await opened(node)
    peer.receive(ListVisitors(ask=1, search="grey"))
    await settle(node)
    assert wire.of_type("visitors")[-1]["order"] == []
    count = len(wire.said)
    for number in range(40):
        name = "Zoë Grey" if number % 2 else f"Adam {number}"
        tab.receive(Identified(identity=Identity(set_fields=["identities"], identities=[name])))
        node.clock.advance(0.025)
        await node.world.errands.finish()
    assert len(wire.said) - count <= 4
    await settle(node)
    told = wire.of_type("visitors")[-1]
    assert (told["total"], told["order"]) == (1, [short_id_of(tab_wire)])


async def test_a_console_that_reads_slowly_gets_the_whole_window_later(node: Node) -> None:
    tab, _ = await node.tab()
    await node.tab("t2")
    peer, wire = await opened(node)
    peer.receive(ListVisitors(ask=1))
    await settle(node)
    wire.is_slow = True
    count = len(wire.said)
    for number in range(20):
        tab.receive(PageChanged(page=Page(url=f"https://s.example/{number}", title="", focused=True, visible=True)))
        await settle(node)
    assert len(wire.said) == count
    wire.is_slow = False
    await settle(node)
    told = wire.of_type("visitors")[-1]
    assert len(told["rows"]) == 2
    assert "https://s.example/19" in {row["url"] for row in told["rows"]}


async def test_sessions_are_listed_while_they_run(node: Node) -> None:
    peer, wire = await opened(node)
    peer.receive(ListSessions(ask=3))
    await settle(node)
    _, tab_wire, _, _ = await node.go_live()
    await settle(node)
    told = wire.of_type("sessions")[-1]
    [row] = told["rows"]
    assert (row["phase"], row["short_id"], row["agents"][0]["name"]) == ("live", short_id_of(tab_wire), "Agent 1")
    assert row["went_live_at"] is not None
    await node.live.end_session(node.team.id, short_id_of(tab_wire), "agent_stopped")
    await settle(node)
    told = wire.of_type("sessions")[-1]
    assert (told["total"], told["order"]) == (0, [])
    assert wire.of_type("totals")[-1]["sessions"] == 0


async def test_another_teams_visitors_are_not_told(node: Node) -> None:
    await node.store.add_team("Other", "zyxwvutsrq")
    await node.tab(key="zyxwvutsrq")
    peer, wire = await opened(node)
    peer.receive(ListVisitors(ask=1))
    await settle(node)
    assert wire.of_type("visitors")[-1]["total"] == 0
    assert wire.of_type("totals")[-1]["online"] == 0
