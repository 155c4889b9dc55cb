"""Agents and pages that forge: who they are, what they answer, what they number. Nothing of it reaches anybody."""

from __future__ import annotations

import json

import pytest
from twinpane.web.door_tests.conftest import PAGE, House, Line, facts
from twinpane_protocol.envelope import Flag
from websockets.asyncio.client import connect

START = Flag.SNAPSHOT_START
OF_A_PAGE = (
    {"type": "page_changed", "page": PAGE | {"title": "forged"}},
    {"type": "identified", "identity": {"unique_id": "forged", "set_fields": ["unique_id"]}},
    {"type": "stopped"},
    {"type": "snapshot_needed", "reason": "forged"},
    {"type": "lookup_code_wanted", "renew": True},
)
OF_AN_AGENT = (
    {"type": "request_control"},
    {"type": "wish", "id": 1, "wish": {"kind": "click", "node": 3, "fx": 0.5, "fy": 0.5}},
    {"type": "choose_color", "color": "#000000"},
    {"type": "end_session"},
)


async def silent(line: Line) -> list[str]:
    """What a peer has heard when the answer to its ping comes, by type."""
    line.heard.clear()
    await line.send("ping", t=1)
    await line.expect("pong")
    return [said["type"] if isinstance(said, dict) else "frame" for said in line.heard if said["type"] != "ack"]


@pytest.mark.parametrize("forged", OF_A_PAGE, ids=lambda said: said["type"])
async def test_w6_what_a_page_says_an_agent_cannot_say(house: House, forged: dict[str, object]) -> None:
    tab, [agent, other] = await house.go_live(2)
    await silent(tab)
    await silent(other)
    await agent.socket.send(json.dumps(forged))
    assert (await agent.expect("error"))["code"] == "bad_message"
    assert await silent(tab) == await silent(other) == ["pong"]


@pytest.mark.parametrize("forged", OF_AN_AGENT, ids=lambda said: said["type"])
async def test_w6_what_an_agent_says_a_page_cannot_say(house: House, forged: dict[str, object]) -> None:
    tab, [agent] = await house.go_live()
    await silent(agent)
    await tab.socket.send(json.dumps(forged))
    assert (await tab.expect("error"))["code"] == "bad_message"
    assert await silent(agent) == ["pong"]


async def test_f1_facts_that_an_agent_sends_reach_nobody(house: House) -> None:
    _, [agent, other] = await house.go_live(2)
    await agent.socket.send(facts(1, 0, START, b"forged"))
    assert (await agent.expect("error"))["code"] == "bad_message"
    assert "frame" not in await silent(other)


async def test_x2_an_agent_cannot_give_the_consent_that_the_visitor_is_asked_for(house: House) -> None:
    tab = await house.visitor()
    agent = await house.agent(await house.invite(tab.welcome["visitor"]["short_id"]))
    asked = (await tab.phase("asking"))["asking"]["agent"]
    await agent.send("answered", kind="view", agent=asked, allowed=True)
    assert (await agent.expect("error"))["code"] == "bad_message"
    await tab.socket.send(facts(1, 0, START, b"early"))
    assert "frame" not in await silent(agent)


async def test_x4_a_wish_counts_for_the_seat_that_sent_it_whatever_it_says(house: House) -> None:
    _, [agent, other] = await house.go_live(2)
    me, them = agent.welcome["me"], other.welcome["me"]
    await other.send("request_control")
    await agent.until(lambda said: isinstance(said, dict) and (said.get("session") or {}).get("control") is not None)
    wish = {"kind": "click", "node": 3, "fx": 0.5, "fy": 0.5}
    await agent.send("wish", id=1, wish=wish, agent=them, seat=them, me=them)
    assert (await agent.expect("wish_refused", id=1))["code"] == "no_control"
    await agent.send("wish", id=2, wish={"kind": "point", "node": 3, "fx": 0.5, "fy": 0.5}, agent=them)
    assert (await other.expect("agent_pointed"))["agent"] == me


async def test_l2_a_stolen_resume_secret_opens_nothing_without_what_belongs_to_it(house: House) -> None:
    tab, [agent, _] = await house.go_live(2)
    await tab.socket.send(facts(1, 0, START, b"0"))
    await agent.frame()
    thief = await house.agent("grant-2", resume=agent.welcome["resume"], received=0)
    assert thief.welcome["resumed"] is False
    assert thief.welcome["me"] != agent.welcome["me"]
    other = await house.visitor(tab="t1", resume=tab.welcome["resume"], received=0)
    assert other.welcome["resumed"] is False
    assert other.welcome["visitor"]["short_id"] != tab.welcome["visitor"]["short_id"]
    assert await silent(tab) == ["pong"]


async def test_f2_a_page_reaches_nobody_but_those_who_watch_it(house: House) -> None:
    _, [agent] = await house.go_live()
    stranger = await house.visitor(tab="elsewhere")
    seat = agent.welcome["me"]
    await silent(agent)
    for frame in (facts(1, 0, START, b"forged"), facts(1, 1, payload=b"forged")):
        await stranger.socket.send(frame)
    await stranger.send("answered", kind="control", agent=seat, allowed=True)
    await stranger.send("wish_refused", agent=seat, id=1, code="masked")
    await stranger.send("custom_message_sent", message="forged")
    await stranger.send("stopped")
    await silent(stranger)
    assert await silent(agent) == ["pong"]


async def test_w5_no_compression_is_agreed_on_so_no_frame_unpacks_to_more(house: House) -> None:
    async with connect(house.socket_url, origin=house.url, compression="deflate") as socket:  # type: ignore[arg-type]
        assert socket.protocol.extensions == []
