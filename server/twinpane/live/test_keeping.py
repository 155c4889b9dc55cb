"""A session goes on in another process over the same store (K1 to K5)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest_asyncio
from twinpane_protocol.agent import AgentWish, ChooseColor, RequestControl
from twinpane_protocol.envelope import Flag
from twinpane_protocol.link import Ack
from twinpane_protocol.shared import Click, Permissions, TypeText
from twinpane_protocol.visitor import Answered, LookupCodeWanted

from twinpane.live.conftest import MemoryWire, Node, credentials_of, facts, short_id_of


class Restarting:
    """One node after another over one store; a killed one is let go of as it stands."""

    def __init__(self) -> None:
        self.node = Node()

    async def begin(self) -> Node:
        await self.node.begin()
        return self.node

    async def restart(self, down: timedelta = timedelta()) -> Node:
        """The next process, before it took anything up."""
        before = self.node
        await before.world.errands.finish()
        self.node = before.next(down.total_seconds())
        await self.node.store.open()
        return self.node

    async def again(self, down: timedelta = timedelta()) -> Node:
        await self.restart(down)
        await self.node.live.take_up()
        return self.node


@pytest_asyncio.fixture
async def restarting() -> AsyncIterator[Restarting]:
    made = Restarting()
    await made.begin()
    yield made
    await made.node.live.drain()


def comes_again(wire: MemoryWire, received: int = 0, acknowledged: int = 0, **more: Any) -> dict[str, Any]:
    """What a peer says when it wants its link taken up."""
    resume = wire.of_type("welcome")[0]["resume"]
    return {"resume": resume, "received": received, "acknowledged": acknowledged, **more}


async def live_with_control(node: Node) -> tuple[MemoryWire, MemoryWire, str]:
    """A live session whose agent has control and a colour; gives both wires and the grant."""
    _, tab_wire, agent, wire = await node.go_live()
    agent.receive(RequestControl())
    agent.receive(ChooseColor(color="#123456"))
    node.clock.advance(0.3)
    await node.world.errands.finish()
    return tab_wire, wire, "grant-1"


async def test_k1_visitor_and_agent_find_the_session_as_it_was(restarting: Restarting) -> None:
    tab_wire, wire, grant = await live_with_control(restarting.node)
    node = await restarting.again()
    short_id = short_id_of(tab_wire)
    assert node.live.session_id_of(node.team.id, short_id) == "s1"
    assert node.live.metrics().sessions_by_phase == {"paused": 1}
    _, tab_again = await node.tab(visitor=credentials_of(tab_wire), **comes_again(tab_wire))
    agent, again = await node.agent(grant, **comes_again(wire))
    told = tab_again.of_type("session_changed")[-1]["session"]
    assert (told["phase"], told["asking"], told["control"]) == ("live", None, agent.seat)
    assert [(each["color"], each["connected"]) for each in told["agents"]] == [("#123456", True)]
    assert again.of_type("welcome")[0]["session"]["phase"] == "live"
    assert again.of_type("welcome")[0]["assets"] == wire.of_type("welcome")[0]["assets"]
    visitor = await node.store.visitor(node.team.id, short_id)
    assert visitor is not None
    assert visitor.is_in_session


async def test_k1_frames_of_an_epoch_before_the_restart_reach_nobody(restarting: Restarting) -> None:
    tab_wire, wire, grant = await live_with_control(restarting.node)
    before = tab_wire.of_type("capture")[-1]["epoch"]
    node = await restarting.again()
    tab, tab_again = await node.tab(visitor=credentials_of(tab_wire), **comes_again(tab_wire))
    _, again = await node.agent(grant, **comes_again(wire))
    epoch = tab_again.of_type("capture")[-1]["epoch"]
    assert epoch > before
    tab.receive_frame(facts(before, 0, Flag.SNAPSHOT_START | Flag.SNAPSHOT_END))
    assert again.frames == again.of_type("page_reset") == []
    tab.receive_frame(facts(epoch, 0, Flag.SNAPSHOT_START | Flag.SNAPSHOT_END))
    assert again.of_type("page_reset")[0]["epoch"] == epoch
    assert len(again.frames) == 1


async def test_k1_who_does_not_come_back_within_60_s_ends_it(restarting: Restarting) -> None:
    tab_wire, *_ = await live_with_control(restarting.node)
    node = await restarting.again()
    node.clock.advance(61)
    await node.world.errands.finish()
    [record] = await node.store.sessions_of(node.team.id, short_id_of(tab_wire), 5)
    assert record.end_reason == "timeout"


async def test_k1_consent_does_not_hold_for_whoever_comes_back_much_later(restarting: Restarting) -> None:
    tab_wire, *_ = await live_with_control(restarting.node)
    alive_at = restarting.node.clock.now()
    node = await restarting.again(down=timedelta(minutes=11))
    assert node.live.session_count(node.team.id) == 0
    [record] = await node.store.sessions_of(node.team.id, short_id_of(tab_wire), 5)
    assert record.end_reason == "timeout"
    assert record.ended_at is not None
    assert record.ended_at <= alive_at


async def test_k1_a_long_quiet_session_is_known_to_be_alive(restarting: Restarting) -> None:
    await live_with_control(restarting.node)
    for _ in range(28):
        restarting.node.clock.advance(20)
    node = await restarting.again(down=timedelta(minutes=9))
    assert node.live.session_count(node.team.id) == 1


async def test_k1_without_consent_the_visitor_is_asked(restarting: Restarting) -> None:
    _, tab_wire = await restarting.node.tab()
    grant = await restarting.node.invite(short_id_of(tab_wire))
    _, wire = await restarting.node.agent(grant)
    node = await restarting.again()
    tab, tab_again = await node.tab(visitor=credentials_of(tab_wire), **comes_again(tab_wire))
    agent, _ = await node.agent(grant, **comes_again(wire))
    assert tab_again.of_type("session_changed")[-1]["session"]["asking"]["kind"] == "view"
    tab.receive(Answered(kind="view", agent=agent.seat, allowed=True))
    assert tab_again.of_type("capture")


async def test_k1_what_was_kept_too_early_or_by_another_version_costs_no_consent(restarting: Restarting) -> None:
    tab_wire, wire, grant = await live_with_control(restarting.node)
    for state in ({}, {"epoch": "words"}, {"epoch": 1, "control": "nobody", "more": 1}):
        await restarting.node.store.keep_sessions({"s1": state}, restarting.node.clock.now())
        node = await restarting.again()
        _, tab_again = await node.tab(visitor=credentials_of(tab_wire), **comes_again(tab_wire))
        _, again = await node.agent(grant, **comes_again(wire))
        told = again.of_type("welcome")[0]["session"]
        assert (told["phase"], told["asking"], told["control"]) == ("live", None, None)
        tab_wire, wire = tab_again, again


async def test_k1_permissions_stay(restarting: Restarting) -> None:
    node = restarting.node
    tab, tab_wire = await node.tab()
    grant = await node.invite(short_id_of(tab_wire), Permissions(allow_click=False))
    agent, wire = await node.agent(grant)
    tab.receive(Answered(kind="view", agent=agent.seat, allowed=True))
    await node.world.errands.finish()
    node = await restarting.again()
    await node.tab(visitor=credentials_of(tab_wire), **comes_again(tab_wire))
    _, again = await node.agent(grant, **comes_again(wire))
    assert not again.of_type("welcome")[0]["session"]["permissions"]["allow_click"]


async def test_k1_an_erasure_while_the_server_is_down_holds(restarting: Restarting) -> None:
    tab_wire, _wire, _grant = await live_with_control(restarting.node)
    await restarting.node.store.erase_visitors(restarting.node.team.id, [short_id_of(tab_wire)])
    node = await restarting.again()
    assert node.live.session_count(node.team.id) == 0
    _, tab_again = await node.tab(visitor=credentials_of(tab_wire), **comes_again(tab_wire))
    welcome = tab_again.of_type("welcome")[0]
    assert (welcome["resumed"], welcome["session"]) == (False, None)


async def test_k2_peers_go_on_by_their_own_numbers(restarting: Restarting) -> None:
    tab_wire, wire, grant = await live_with_control(restarting.node)
    node = await restarting.again()
    _, tab_again = await node.tab(visitor=credentials_of(tab_wire), **comes_again(tab_wire, 5, 3))
    agent, again = await node.agent(grant, **comes_again(wire, 7, 2))
    for each, acknowledged in ((tab_again, 3), (again, 2)):
        welcome = each.of_type("welcome")[0]
        assert (welcome["resumed"], welcome["received"]) == (True, acknowledged)
    agent.receive(Ack(received=7))
    assert not again.of_type("error")


async def test_k2_a_secret_of_another_tab_or_another_server_or_none_is_a_fresh_link(restarting: Restarting) -> None:
    tab_wire, wire, _grant = await live_with_control(restarting.node)
    node = await restarting.again()
    wrong = comes_again(wire)["resume"]
    for said in ({}, {"resume": wrong}, {"resume": wrong[:-1]}, {"resume": "..é"}, {"resume": "x" * 90}):
        hello = {"visitor": credentials_of(tab_wire), "acknowledged": 3, **said}
        _, tab_again = await node.tab(**hello)
        welcome = tab_again.of_type("welcome")[0]
        assert (welcome["resumed"], welcome["received"], welcome["session"]["phase"]) == (False, 0, "live")


async def test_k2_nothing_that_is_kept_holds_a_secret(restarting: Restarting) -> None:
    tab_wire, wire, grant = await live_with_control(restarting.node)
    kept = repr([vars(restarting.node.store)]) + repr(await restarting.node.store.open_sessions())
    for secret in (comes_again(wire)["resume"], comes_again(tab_wire)["resume"], grant):
        assert secret not in kept
    assert wire.of_type("welcome")[0]["assets"].split("/")[2] not in kept


async def test_k2_a_page_of_before_this_rule_keeps_its_session_on_a_fresh_link(restarting: Restarting) -> None:
    """A rolling upgrade: an older page does not say what was acknowledged."""
    tab_wire, wire, grant = await live_with_control(restarting.node)
    node = await restarting.again()
    _, tab_again = await node.tab(visitor=credentials_of(tab_wire), resume=comes_again(tab_wire)["resume"])
    _, again = await node.agent(grant, resume=comes_again(wire)["resume"])
    for each in (tab_again, again):
        welcome = each.of_type("welcome")[0]
        assert (welcome["resumed"], welcome["session"]["phase"]) == (False, "live")
    assert tab_again.of_type("capture")


async def test_k3_wishes_that_come_again_are_passed_on_once(restarting: Restarting) -> None:
    tab_wire, wire, grant = await live_with_control(restarting.node)
    node = await restarting.again()
    hello = comes_again(tab_wire, wishes={"seat-1": 4})
    _, tab_again = await node.tab(visitor=credentials_of(tab_wire), **hello)
    agent, again = await node.agent(grant, **comes_again(wire))
    for number in (3, 4, 5, 6):
        agent.receive(AgentWish(id=number, wish=TypeText(text=str(number))))
    assert [made["id"] for made in tab_again.of_type("wish_made")] == [5, 6]
    agent.receive(AgentWish(id=7, wish=Click(node=3, fx=0.5, fy=0.5)))
    assert [(each["id"], each["code"]) for each in again.of_type("wish_refused")] == [(7, "stale_page")]


async def test_k1_k3_a_page_that_is_faster_than_its_session_is_met_with_the_wishes_it_has(
    restarting: Restarting,
) -> None:
    tab_wire, wire, grant = await live_with_control(restarting.node)
    node = await restarting.restart()
    hello = comes_again(tab_wire, wishes={"seat-1": 4})
    _, tab_again = await node.tab(visitor=credentials_of(tab_wire), **hello)
    await node.live.take_up()
    told = tab_again.of_type("session_changed")[-1]["session"]
    assert (told["phase"], told["asking"]) == ("live", None)
    agent, _ = await node.agent(grant, **comes_again(wire))
    for number in (4, 5):
        agent.receive(AgentWish(id=number, wish=TypeText(text=str(number))))
    assert [made["id"] for made in tab_again.of_type("wish_made")] == [5]


async def test_k3_an_agent_who_is_first_waits_for_the_page(restarting: Restarting) -> None:
    tab_wire, wire, grant = await live_with_control(restarting.node)
    node = await restarting.again()
    waiting = asyncio.create_task(node.agent(grant, **comes_again(wire)))
    for _ in range(5):
        await asyncio.sleep(0)
    assert not waiting.done()
    await node.tab(visitor=credentials_of(tab_wire), **comes_again(tab_wire))
    _, again = await waiting
    assert again.of_type("welcome")[0]["session"]["phase"] == "live"


async def test_k3_an_agent_does_not_wait_for_a_page_that_stays_away(restarting: Restarting) -> None:
    _, wire, grant = await live_with_control(restarting.node)
    node = await restarting.again()
    waiting = asyncio.create_task(node.agent(grant, **comes_again(wire)))
    for _ in range(5):
        await asyncio.sleep(0)
    node.clock.advance(8)
    _, again = await waiting
    assert again.of_type("welcome")[0]["session"]["phase"] == "paused"


async def test_k3_a_wish_is_acknowledged_once_the_page_has_it(node: Node) -> None:
    tab, _tab_wire, agent, wire = await node.go_live()
    agent.receive(RequestControl())
    agent.receive(AgentWish(id=0, wish=TypeText(text="a")))
    agent.receive(RequestControl())
    node.clock.advance(0.6)
    assert [each["received"] for each in wire.of_type("ack")] == [1]
    tab.receive(Ack(received=tab.link.sent))
    node.clock.advance(0.6)
    assert wire.of_type("ack")[-1]["received"] == 3
    agent.receive(AgentWish(id=1, wish=TypeText(text="b")))
    tab.owner.tab_closed(tab)  # type: ignore[attr-defined]
    node.clock.advance(0.6)
    assert wire.of_type("ack")[-1]["received"] == 4


async def test_k4_a_server_that_stops_keeps_its_sessions_and_says_when_to_come_again(restarting: Restarting) -> None:
    tab_wire, wire, _grant = await live_with_control(restarting.node)
    _, idle = await restarting.node.tab("t9")
    await restarting.node.live.drain()
    for each, first_ms, last_ms in ((tab_wire, 500, 1500), (wire, 500, 1500), (idle, 1000, 15000)):
        assert each.said[-1]["code"] == "server_restarting"
        assert first_ms <= each.said[-1]["retry_in_ms"] <= last_ms
        assert each.closed == (1012, "server restarting")
    restarting.node.clock.advance(100)
    node = await restarting.again()
    _, tab_again = await node.tab(visitor=credentials_of(tab_wire), **comes_again(tab_wire))
    assert tab_again.of_type("capture")


async def test_k5_lookup_codes_hold_on_while_their_visitor_comes_back(restarting: Restarting) -> None:
    node = restarting.node
    tab, wire = await node.tab()
    _, gone_wire = await node.tab("t2")
    for peer in (tab, (await node.tab("t3"))[0]):
        peer.receive(LookupCodeWanted(renew=False))
    await node.world.errands.finish()
    code = node.live.lookup_code_of(node.team.id, short_id_of(wire))
    assert code is not None
    node = await restarting.again()
    assert await node.live.short_id_by_code(node.team.id, code) == short_id_of(wire)
    _, again = await node.tab(visitor=credentials_of(wire))
    assert again.of_type("welcome")[0]["lookup_code"] == code
    node.clock.advance(61)
    assert await node.live.short_id_by_code(node.team.id, code) == short_id_of(wire)
    assert len(node.live._presence.codes._code_of) == 1
    assert gone_wire.of_type("welcome")


async def test_k5_a_watch_url_that_nobody_opened_still_opens(restarting: Restarting) -> None:
    tab_wire, *_ = await live_with_control(restarting.node)
    grant = await restarting.node.invite(short_id_of(tab_wire))
    node = await restarting.again()
    await node.tab(visitor=credentials_of(tab_wire), **comes_again(tab_wire))
    _, wire = await node.agent(grant)
    assert wire.of_type("welcome")[0]["session"]["phase"] == "live"
