"""The socket door with real sockets: the wire, the link, and sessions through both."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from twinpane.web.door import DoorOptions
from twinpane.web.door_tests.conftest import House, Line, facts, running
from twinpane_protocol.envelope import Flag
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

START = Flag.SNAPSHOT_START
END = Flag.SNAPSHOT_END


async def test_w1_only_the_ws_path_is_a_socket(house: House) -> None:
    with pytest.raises(InvalidStatus) as refused:
        await connect(house.socket_url.replace("/ws", "/other")).__aenter__()
    assert refused.value.response.status_code == 404


async def test_w2_a_first_frame_that_is_no_hello_is_refused(house: House) -> None:
    for first in ('{"type":"ping","t":1}', "[]", '"hello"', b"\x11binary"):
        line = await house.line()
        await line.socket.send(first)
        assert (await line.hear())["code"] == "hello_expected"
        assert await line.closed() == 1008


async def test_w2_a_hello_that_does_not_come_is_not_waited_for() -> None:
    async with running(DoorOptions(hello_within_s=0.05, sweep_every_s=0.02)) as house:
        line = await house.line()
        assert (await line.hear())["code"] == "hello_expected"
        assert await line.closed() == 1008


async def test_w2_the_best_common_protocol_is_chosen_or_none(house: House) -> None:
    tab = await house.visitor(protocols=[99, 1])
    assert tab.welcome["protocol"] == 1
    line = await house.line()
    await line.send("hello", protocols=[99], key="abcdefghij", tab="t", page={})
    assert (await line.hear())["code"] == "bad_message"
    other = await house.line()
    page = {"url": "", "title": "", "focused": True, "visible": True}
    await other.send("hello", protocols=[99], key="abcdefghij", tab="t", page=page)
    assert (await other.hear())["code"] == "unsupported_protocol"


async def test_w3_credentials_are_checked_in_the_hello(house: House) -> None:
    line = await house.line()
    page = {"url": "", "title": "", "focused": True, "visible": True}
    await line.send("hello", protocols=[1], key="wrong", tab="t", page=page)
    assert await line.hear() == {
        "type": "error",
        "code": "unknown_key",
        "message": "There is no team with this public key.",
        "advice": "stop",
    }
    agent = await house.line()
    await agent.send("hello", role="agent", protocols=[1], grant="guessed")
    assert (await agent.hear())["code"] == "bad_credentials"


async def test_w3_a_visitor_keeps_its_short_id_only_with_the_proof(house: House) -> None:
    first = await house.visitor(tab="a")
    known = first.welcome["visitor"]
    again = await house.visitor(tab="b", visitor=known)
    assert again.welcome["visitor"] == known
    liar = await house.visitor(tab="c", visitor={**known, "secret": "x" * 43})
    assert liar.welcome["visitor"]["short_id"] != known["short_id"]


async def test_w4_a_frame_whose_header_cannot_be_read_is_a_bad_message(house: House) -> None:
    tab, _ = await house.go_live()
    await tab.socket.send(b"\xff" * 20)
    assert (await tab.expect("error"))["code"] == "bad_message"
    await tab.socket.send(b"\x11")
    assert (await tab.expect("error"))["code"] == "bad_message"


async def test_w5_over_a_limit_the_connection_stays_and_nothing_else_is_lost() -> None:
    options = DoorOptions(max_frame_bytes=10_000, max_control_bytes=2000)
    async with running(options) as house:
        tab, [agent] = await house.go_live()
        await tab.socket.send(facts(1, 0, START, b"x" * 20_000))
        assert await tab.expect("error", code="frame_too_large", advice="resync")
        await tab.send("custom_message_sent", message="y" * 3000)
        assert await tab.expect("error", code="frame_too_large")
        await tab.socket.send(facts(1, 0, START))
        assert await agent.frame() == facts(1, 0, START)


async def test_w5_a_custom_message_has_at_most_5000_characters(house: House) -> None:
    tab, [agent] = await house.go_live()
    await tab.send("custom_message_sent", message="z" * 5000)
    assert await tab.expect("error", code="frame_too_large")
    await tab.send("custom_message_sent", message="z" * 4998)
    assert (await agent.expect("custom_message_received"))["message"] == "z" * 4998
    await agent.send("custom_message_sent", message={"to": "page"})
    assert (await tab.expect("custom_message_received"))["message"] == {"to": "page"}


async def test_w5_messages_beyond_the_rate_and_what_was_saved_up_are_dropped_with_a_code() -> None:
    wish = {"kind": "point", "node": 1, "fx": 0.5, "fy": 0.5}
    async with running(DoorOptions(max_control_per_s=20)) as house:
        tab, [agent] = await house.go_live()
        for number in range(400):
            await agent.send("wish", id=number, wish=wish)
        assert await tab.expect("wish_made", id=190)
        assert await agent.expect("error", code="too_many_messages", advice="retry")


async def test_w6_ten_undecodable_frames_in_a_row_close_the_connection(house: House) -> None:
    tab = await house.visitor()
    for bad in ("{", '{"type":"unknown"}', "\x00", '{"type":"page_changed"}', "[[[[", '{"type":"ack","received":-1}'):
        await tab.socket.send(bad)
        assert await tab.expect("error", code="bad_message")
    await tab.send("ping", t=1)
    assert (await tab.expect("pong"))["t"] == 1
    for _ in range(10):
        await tab.socket.send("nonsense")
    assert await tab.expect("error", code="bad_message", advice="stop")
    assert await tab.closed() == 1008


async def test_w7_a_silent_peer_is_pinged_and_then_gone() -> None:
    options = DoorOptions(ping_every_s=0.05, silent_after_s=0.5, sweep_every_s=0.02)
    async with running(options) as house:
        answering, silent = await house.visitor(tab="a"), await house.visitor(tab="b")
        silent.socket.transport.pause_reading()
        while is_connected(house, silent):
            await answering.send("ping", t=1)
            await answering.expect("pong")
        assert is_connected(house, answering)
        silent.socket.transport.abort()


async def test_w7_a_websocket_ping_is_answered(house: House) -> None:
    tab = await house.visitor()
    async with asyncio.timeout(5):
        await (await tab.socket.ping(b"there?"))


def is_connected(house: House, line: Line) -> bool:
    visitor = house.live._presence.get((house.team.id, line.welcome["visitor"]["short_id"]))
    return visitor is not None and visitor.is_connected


async def test_w8_a_visitor_must_come_from_an_allowed_domain_and_an_agent_from_here(house: House) -> None:
    house.world.store._teams[0] = replace(house.team, allowed_domains=("shop.example", "*.shop.example"))
    page = {"url": "", "title": "", "focused": True, "visible": True}
    for origin, allowed in (
        ("https://shop.example", True),
        ("https://www.shop.example", True),
        ("https://evil.example", False),
        ("https://shop.example.evil.example", False),
    ):
        line = await house.line(origin)
        await line.send("hello", protocols=[1], key="abcdefghij", tab="t", page=page)
        said = await line.hear()
        assert (said["type"] == "welcome") is allowed
        assert allowed or said["code"] == "origin_not_allowed"
    grant = await house.invite("NOTONLINE")
    agent = await house.line("https://evil.example")
    await agent.send("hello", role="agent", protocols=[1], grant=grant)
    assert (await agent.hear())["code"] == "origin_not_allowed"


async def test_f2_frames_of_another_epoch_are_dropped(house: House) -> None:
    tab, [agent] = await house.go_live()
    await tab.socket.send(facts(7, 0, START, b"old"))
    await tab.socket.send(facts(1, 0, payload=b"before the start"))
    await tab.socket.send(facts(1, 0, START, b"new"))
    assert await agent.frame() == facts(1, 0, START, b"new")


async def test_f3_an_agent_gets_page_reset_before_the_first_frame_of_an_epoch(house: House) -> None:
    tab, [agent] = await house.go_live()
    await tab.socket.send(facts(1, 0, START))
    await agent.frame()
    assert agent.heard[-2] == {"type": "page_reset", "epoch": 1, "reason": "joined"}
    await tab.send("snapshot_needed", reason="document replaced")
    assert (await tab.expect("capture"))["epoch"] == 2
    await tab.socket.send(facts(2, 0, START))
    await agent.frame()
    assert agent.heard[-2] == {"type": "page_reset", "epoch": 2, "reason": "resync"}


async def test_f4_a_gap_in_the_numbers_asks_for_a_fresh_snapshot(house: House) -> None:
    tab, [agent] = await house.go_live()
    await tab.socket.send(facts(1, 0, START))
    await tab.socket.send(facts(1, 0, Flag.VOLATILE, b"pointer"))
    await tab.socket.send(facts(1, 2))
    assert (await tab.expect("capture"))["epoch"] == 2
    await agent.frame()
    assert await agent.frame() == facts(1, 0, Flag.VOLATILE, b"pointer")


async def test_x8_a_late_agent_is_served_from_the_journal_and_the_page_does_nothing(house: House) -> None:
    tab, _ = await house.go_live()
    frames = [facts(1, 0, START, b"0"), facts(1, 1, END, b"1"), facts(1, 2, payload=b"2")]
    for frame in frames:
        await tab.socket.send(frame)
    await tab.socket.send(facts(1, 2, Flag.VOLATILE, b"pointer"))
    grant = await house.invite(tab.welcome["visitor"]["short_id"], "Late")
    await tab.send("ping", t=1)
    await tab.expect("pong")
    late = await house.agent(grant)
    assert [await late.frame() for _ in frames] == frames
    assert not [
        said for said in tab.heard if isinstance(said, dict) and said["type"] == "capture" and said["epoch"] == 2
    ]


async def test_l3_every_32_frames_and_within_a_second_are_acknowledged(house: House) -> None:
    tab, _ = await house.go_live()
    for seq in range(40):
        await tab.socket.send(facts(1, seq, START if seq == 0 else 0))
    assert await tab.expect("ack", received=32)
    assert await tab.expect("ack", received=41)  # With the answer to the consent card.


async def test_l4_an_agent_that_comes_back_gets_what_it_missed_and_nothing_twice(house: House) -> None:
    tab, [agent] = await house.go_live()
    await tab.socket.send(facts(1, 0, START, b"0"))
    await agent.frame()
    received = agent.numbered
    agent.socket.transport.abort()
    for seq in range(1, 4):
        await tab.socket.send(facts(1, seq, payload=b"%d" % seq))
    back = await house.agent("grant-1", resume=agent.welcome["resume"], received=received)
    assert back.welcome["resumed"] is True
    assert [await back.frame() for _ in range(3)] == [facts(1, seq, payload=b"%d" % seq) for seq in range(1, 4)]
    assert not [said for said in back.heard if isinstance(said, dict) and said["type"] == "page_reset"]


async def test_l2_a_resume_secret_dies_when_the_next_is_shown_and_then_all_begins_afresh(house: House) -> None:
    tab, [agent] = await house.go_live()
    await tab.socket.send(facts(1, 0, START, b"0"))
    await agent.frame()
    received = agent.numbered
    first = agent.welcome["resume"]
    second = await house.agent("grant-1", resume=first, received=received)
    assert second.welcome["resumed"] is True
    third = await house.agent("grant-1", resume=second.welcome["resume"], received=received)
    assert third.welcome["resumed"] is True
    late = await house.agent("grant-1", resume=first, received=received)
    assert late.welcome["resumed"] is False
    assert late.welcome["received"] == 0
    assert await late.expect("page_reset", reason="joined")
    assert await late.frame() == facts(1, 0, START, b"0")


async def test_l2_l4_nothing_is_lost_when_a_welcome_did_not_arrive(house: House) -> None:
    tab, [agent] = await house.go_live()
    first, received = agent.welcome["resume"], agent.numbered
    await house.agent("grant-1", resume=first, received=received)  # Its welcome is not read by anybody.
    await tab.socket.send(facts(1, 0, START, b"0"))
    again = await house.agent("grant-1", resume=first, received=received)
    assert again.welcome["resumed"] is True
    assert await again.frame() == facts(1, 0, START, b"0")


async def test_l4_a_tab_that_comes_back_goes_on_in_its_epoch_without_a_second_consent(house: House) -> None:
    tab, [agent] = await house.go_live()
    await tab.socket.send(facts(1, 0, START, b"0"))
    await agent.frame()
    tab.socket.transport.abort()
    assert (await agent.phase("paused"))["away"] == "connection_lost"
    back = await house.visitor(visitor=tab.welcome["visitor"], resume=tab.welcome["resume"], received=tab.numbered)
    assert back.welcome["resumed"] is True
    assert back.welcome["received"] == 2
    assert back.welcome["session"]["phase"] == "live"
    await back.socket.send(facts(1, 1, payload=b"1"))
    assert await agent.frame() == facts(1, 1, payload=b"1")


async def test_l4_a_wrong_count_means_a_fresh_start(house: House) -> None:
    tab, _ = await house.go_live()
    tab.socket.transport.abort()
    back = await house.visitor(visitor=tab.welcome["visitor"], resume=tab.welcome["resume"], received=9999)
    assert back.welcome["resumed"] is False
    assert await back.expect("capture", epoch=2)


async def test_x6_a_browser_that_leaves_the_page_closes_the_tab(house: House) -> None:
    tab, [agent] = await house.go_live()
    await tab.socket.close(1001)
    assert (await agent.phase("paused"))["away"] == "tab_closed"


async def test_x5_a_reload_joins_the_session_again(house: House) -> None:
    tab, [agent] = await house.go_live()
    await tab.send("bye")
    assert (await agent.phase("paused"))["away"] == "tab_closed"
    back = await house.visitor(visitor=tab.welcome["visitor"])
    assert back.welcome["session"]["phase"] == "live"
    assert await back.expect("capture", epoch=2)
    await back.socket.send(facts(2, 0, START, b"reloaded"))
    assert await agent.expect("page_reset", epoch=2)
    assert await agent.frame() == facts(2, 0, START, b"reloaded")


async def test_x7_agents_follow_the_focused_tab(house: House) -> None:
    tab, [agent] = await house.go_live()
    other = await house.visitor(visitor=tab.welcome["visitor"], tab="t2")
    assert await tab.expect("capture", epoch=None)
    assert await other.expect("capture", epoch=2)
    await tab.socket.send(facts(1, 0, START, b"hidden tab"))
    await other.socket.send(facts(2, 0, START, b"shown tab"))
    assert await agent.frame() == facts(2, 0, START, b"shown tab")


async def test_x1_everyone_hears_the_end_once_with_its_reason(house: House) -> None:
    tab, [agent, _] = await house.go_live(2)
    await agent.send("end_session")
    assert (await tab.phase("ended"))["end_reason"] == "agent_stopped"
    assert (await agent.phase("ended"))["end_reason"] == "agent_stopped"
    assert await agent.expect("bye")
    assert await agent.closed() == 1000
    late = await house.line()
    await late.send("hello", role="agent", protocols=[1], grant="grant-1")
    assert (await late.hear())["code"] == "session_over"
    await tab.send("ping", t=1)
    assert await tab.expect("pong")
    await house.world.errands.finish()
    [record] = await house.world.store.sessions_of(house.team.id, tab.welcome["visitor"]["short_id"], 1)
    assert record.end_reason == "agent_stopped"
    assert record.went_live_at is not None
    assert all(seat.joined_at and seat.left_at for seat in record.agents)


async def test_x4_a_wish_reaches_the_page_and_its_refusal_the_agent(house: House) -> None:
    tab, [agent, other] = await house.go_live(2)
    click = {"kind": "click", "node": 3, "fx": 0.5, "fy": 0.5}
    await agent.send("wish", id=1, wish=click)
    assert (await agent.expect("wish_refused"))["code"] == "no_control"
    await agent.send("request_control")
    await agent.until(lambda said: said["type"] == "session_changed" and said["session"]["control"] is not None)
    await other.send("request_control")
    assert (await other.expect("control_refused"))["code"] == "control_busy"
    await agent.send("wish", id=2, wish=click)
    made = await tab.expect("wish_made", id=2)
    assert (await other.expect("agent_pointed"))["agent"] == made["agent"]
    await tab.send("wish_refused", agent=made["agent"], id=2, code="masked")
    assert (await agent.expect("wish_refused", id=2))["code"] == "masked"


async def test_r15b_an_agent_may_wait_for_a_visitor_who_is_offline(house: House) -> None:
    tab = await house.visitor()
    known = tab.welcome["visitor"]
    await tab.send("bye")
    await tab.closed()
    grant = await house.invite(known["short_id"])
    agent = await house.agent(grant)
    assert agent.welcome["session"]["phase"] == "waiting"
    back = await house.visitor(visitor=known)
    assert back.welcome["session"]["phase"] == "asking"
    assert await agent.phase("asking")


async def test_s6_a_lookup_code_finds_the_visitor_until_it_is_renewed(house: House) -> None:
    tab = await house.visitor()
    short_id = tab.welcome["visitor"]["short_id"]
    await tab.send("lookup_code_wanted")
    code = (await tab.expect("lookup_code"))["code"]
    assert await house.live.short_id_by_code(house.team.id, code) == short_id
    assert house.live.lookup_code_of(house.team.id, short_id) == code
    await tab.send("lookup_code_wanted", renew=True)
    fresh = (await tab.expect("lookup_code"))["code"]
    assert await house.live.short_id_by_code(house.team.id, fresh) == short_id
    assert fresh == code or await house.live.short_id_by_code(house.team.id, code) is None


async def test_k4_a_server_that_stops_tells_its_peers_to_come_again(house: House) -> None:
    tab, [agent] = await house.go_live()
    await house.live.drain()
    assert (await tab.expect("error"))["code"] == "server_restarting"
    assert await tab.closed() == 1012
    assert await agent.closed() == 1012
    late = await house.line()
    await late.send("hello", role="agent", protocols=[1], grant="grant-1")
    assert (await late.hear())["code"] == "server_restarting"
