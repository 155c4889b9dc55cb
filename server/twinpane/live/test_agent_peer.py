from __future__ import annotations

from msgspec import structs
from twinpane_protocol import agent as said
from twinpane_protocol.link import Ack, Bye, Ping
from twinpane_protocol.shared import Click, ConsoleEntry, ConsoleTold, Permissions, Point, ReadConsole, Window
from twinpane_protocol.visitor import Answered, Ceiling, ConsentWanted, ConsoleClosed

from twinpane.live.conftest import Node, short_id_of


async def test_l3_acks_move_the_link_on_and_false_ones_are_refused(node: Node) -> None:
    _, _, agent, wire = await node.go_live()
    agent.receive(Ack(received=agent.link.sent))
    assert agent.link.retained_bytes == 0
    agent.receive(Ack(received=agent.link.sent + 1))
    assert wire.of_type("error")[-1]["code"] == "bad_message"


async def test_l6_a_ping_is_answered_with_its_own_time(node: Node) -> None:
    _, _, agent, wire = await node.go_live()
    node.clock.advance(2)
    agent.receive(Ping(t=7.5))
    assert wire.said[-1] == {"type": "pong", "t": 7.5, "now_ms": 2000.0}


async def test_x3_control_is_taken_used_and_given_back(node: Node) -> None:
    _, tab_wire, agent, wire = await node.go_live()
    agent.receive(said.RequestControl())
    agent.receive(said.AgentWish(id=1, wish=Click(node=1, fx=0, fy=0)))
    assert tab_wire.of_type("wish_made")[-1]["id"] == 1
    agent.receive(said.ReleaseControl())
    agent.receive(said.AgentWish(id=2, wish=Click(node=1, fx=0, fy=0)))
    assert wire.of_type("wish_refused")[-1]["code"] == "no_control"


async def test_x1_a_chosen_colour_reaches_the_page_and_the_agents(node: Node) -> None:
    _, tab_wire, agent, wire = await node.go_live()
    agent.receive(said.ChooseColor(color="#aa3300"))
    for peer in (tab_wire, wire):
        assert peer.of_type("session_changed")[-1]["session"]["agents"][0]["color"] == "#aa3300"


async def test_w6_agents_send_no_page_frames_and_no_second_hello(node: Node) -> None:
    _, _, agent, wire = await node.go_live()
    assert not agent.receive_frame(b"\x11")
    agent.receive(said.AgentHello(protocols=[1], grant="x"))
    assert [error["code"] for error in wire.of_type("error")] == ["bad_message", "bad_message"]


async def test_s10_an_agent_who_leaves_alone_ends_the_session_and_so_does_bye(node: Node) -> None:
    for leaving in (said.Leave(), Bye(), said.EndSession()):
        _, tab_wire, agent, wire = await node.go_live()
        agent.receive(leaving)
        assert tab_wire.of_type("session_changed")[-1]["session"]["end_reason"] == "agent_stopped"
        assert wire.closed is not None
        await node.live.end_session(node.team.id, short_id_of(tab_wire), "erased")


async def test_x9_pointers_of_others_are_not_kept_for_who_reads_slowly(node: Node) -> None:
    _, tab_wire, agent, _ = await node.go_live()
    other, other_wire = await node.agent(await node.invite(short_id_of(tab_wire)))
    agent.receive(said.AgentWish(id=1, wish=Point(node=1, fx=0, fy=0)))
    assert len(other_wire.of_type("agent_pointed")) == 1
    other_wire.is_slow = tab_wire.is_slow = True
    agent.receive(said.AgentWish(id=2, wish=Point(node=1, fx=0, fy=0)))
    assert len(other_wire.of_type("agent_pointed")) == 1
    assert len(tab_wire.of_type("wish_made")) == 1
    assert other.link.wire is not None


async def test_s10_a_changed_window_is_a_sign_of_life(node: Node) -> None:
    _, tab_wire, agent, _ = await node.go_live()
    node.clock.advance(599)
    window = said.Window(screen_width=1, screen_height=1, window_width=1, window_height=1, has_focus=True)
    agent.receive(said.WindowChanged(window=window))
    node.clock.advance(599)
    assert tab_wire.of_type("session_changed")[-1]["session"]["phase"] == "live"
    node.clock.advance(2)
    assert tab_wire.of_type("session_changed")[-1]["session"]["end_reason"] == "timeout"


async def test_s3_the_page_hears_of_an_agents_window_and_that_they_see_the_page(node: Node) -> None:
    tab, tab_wire = await node.tab()
    window = Window(screen_width=1920, screen_height=1080, window_width=800, window_height=600, has_focus=True)
    agent, _ = await node.agent(await node.invite(short_id_of(tab_wire)), window=window)
    tab.receive(Answered(kind="view", agent=agent.seat, allowed=True))
    [told] = tab_wire.of_type("session_changed")[-1]["session"]["agents"]
    assert (told["window"]["window_width"], told["sees_page"]) == (800, False)
    agent.receive(said.WindowChanged(window=structs.replace(window, window_width=640)))
    agent.receive(said.PictureShown())
    [told] = tab_wire.of_type("session_changed")[-1]["session"]["agents"]
    assert (told["window"]["window_width"], told["sees_page"]) == (640, True)


async def test_c2_c4_the_console_reaches_its_readers_and_who_reads_slowly_hears_how_much_is_missing(node: Node) -> None:
    tab, tab_wire = await node.tab(ceiling=Ceiling(allow_remote_console=True))
    short_id = short_id_of(tab_wire)
    ann, ann_wire = await node.agent(await node.invite(short_id, Permissions(allow_console=True)))
    _, ben_wire = await node.agent(await node.invite(short_id, Permissions(allow_console=True)))
    tab.receive(Answered(kind="view", agent=ann.seat, allowed=True))
    ann.receive(said.AgentWish(id=1, wish=ReadConsole()))
    tab.receive(ConsentWanted(kind="console", agent=ann.seat, id=1))
    tab.receive(Answered(kind="console", agent=ann.seat, allowed=True))
    for text, is_slow in (("one", False), ("two", True), ("three", False)):
        ann_wire.is_slow = is_slow
        tab.receive(ConsoleTold(entries=[ConsoleEntry(level="log", text=text, count=2)], left_out=1))
    told = [(each["entries"][0]["text"], each["left_out"]) for each in ann_wire.of_type("console_told")]
    assert told == [("one", 1), ("three", 4)]
    assert not ben_wire.of_type("console_told")
    tab.receive(ConsoleClosed())
    tab.receive(ConsoleTold(entries=[ConsoleEntry(level="log", text="four")]))
    assert len(ann_wire.of_type("console_told")) == 2
