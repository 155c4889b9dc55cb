"""Leases of nodes and homes of visitors: who may hold whom, and when another may."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest_asyncio

from twinpane.ports.kept import LookupCodeRecord
from twinpane.ports.nodes import Node, Taken
from twinpane.ports.records import SessionRecord, Team
from twinpane.store.conftest import NOW, note
from twinpane.store.postgres import postgres_url
from twinpane.store.sql import SqlStore

A = Node(id="a", address="http://10.0.0.1:8080", process="aaaaaaaa")
B = Node(id="b", address="http://10.0.0.2:8080", process="bbbbbbbb")
C = Node(id="c", address="http://10.0.0.3:8080", process="cccccccc")
NOTHING = Taken(in_session={}, gone=[])
LONG_S = 600.0
OVER_S = -1.0
"""A lease that has run out when it begins."""
ANY_S = 0.0
"""How long one must have held one's own lease: not at all, which holds a moment later."""


@pytest_asyncio.fixture
async def store(postgres_database: str) -> AsyncIterator[SqlStore]:
    opened = SqlStore(postgres_url(postgres_database))
    await opened.connect()
    yield opened
    await opened.close()


@pytest_asyncio.fixture
async def team(store: SqlStore) -> Team:
    return await store.add_team("Acme", "abcdef1234")


async def begin(store: SqlStore, team: Team, short_id: str, is_over: bool = False) -> str:
    id_ = f"s-{short_id}"
    await store.add_session(SessionRecord(id=id_, team_id=team.id, short_id=short_id, started_at=NOW))
    if is_over:
        await store.update_session(id_, ended_at=NOW, end_reason="agent_stopped")
    return id_


async def test_visitor_has_one_home_whoever_claims_and_it_can_be_claimed_again(store: SqlStore, team: Team) -> None:
    await store.join(A, LONG_S)
    await store.join(B, LONG_S)
    place = (team.id, "AAAA2222")
    [home] = (await store.claim("a", [place])).values()
    assert (home.node, home.epoch, home.is_alive) == (A, 1, True)
    [home] = (await store.claim("b", [place])).values()
    assert (home.node, home.epoch) == (A, 1)
    [home] = (await store.claim("a", [place])).values()
    assert (home.node, home.epoch) == (A, 2)
    assert await store.held_by("a") == {place: 2}


async def test_release_of_an_earlier_claim_and_of_another_node_changes_nothing(store: SqlStore, team: Team) -> None:
    await store.join(A, LONG_S)
    place = (team.id, "AAAA2222")
    await store.claim("a", [place])
    await store.claim("a", [place])
    await store.release("a", {place: 1})
    await store.release("b", {place: 2})
    assert await store.held_by("a") == {place: 2}
    await store.release("a", {place: 2})
    assert await store.held_by("a") == {}


async def test_what_a_home_tells_is_read_by_others_and_only_the_home_can_tell(store: SqlStore, team: Team) -> None:
    await store.join(A, LONG_S)
    place = (team.id, "AAAA2222")
    await store.claim("a", [place, (team.id, "BBBB2222")])
    await store.tell("a", {place: {"waits": True}})
    await store.tell("b", {place: {"waits": False}})
    homes = await store.homes(team.id, ["AAAA2222", "BBBB2222", "CCCC2222"])
    assert {short_id: home.told for short_id, home in homes.items()} == {"AAAA2222": {"waits": True}, "BBBB2222": None}


async def test_sessions_of_a_node_whose_lease_ran_out_are_taken_once_and_its_idle_visitors_are_offline(
    store: SqlStore, team: Team
) -> None:
    await store.join(A, LONG_S)
    await store.join(B, LONG_S)
    await store.join(C, LONG_S)
    for short_id in ("AAAA2222", "BBBB2222"):
        note(store, team, short_id, is_online=True)
    await store.flush()
    await store.claim("a", [(team.id, "AAAA2222"), (team.id, "BBBB2222")])
    await begin(store, team, "AAAA2222")
    await begin(store, team, "BBBB2222", is_over=True)
    assert await store.take_over("b", ANY_S, 10) == NOTHING
    await store.leave("a", 1)
    assert [node.id for node in await store.living_nodes()] == ["b", "c"]
    assert not (await store.homes(team.id, ["AAAA2222"]))["AAAA2222"].is_alive
    taken = await store.take_over("b", ANY_S, 10)
    assert taken == Taken(in_session={(team.id, "AAAA2222"): 2}, gone=[(team.id, "BBBB2222")])
    assert await store.take_over("c", ANY_S, 10) == NOTHING
    assert (await store.homes(team.id, ["AAAA2222", "BBBB2222"])).keys() == {"AAAA2222"}
    shown = {each.short_id: each.is_online for each in await store.visitors_among(team.id, ["AAAA2222", "BBBB2222"])}
    assert shown == {"AAAA2222": False, "BBBB2222": False}, "online is who has come to the new home"


async def test_takeover_is_bounded(store: SqlStore, team: Team) -> None:
    await store.join(A, LONG_S)
    await store.join(B, LONG_S)
    places = [(team.id, f"AAAA222{number}") for number in range(2, 7)]
    await store.claim("a", places)
    for _, short_id in places:
        await begin(store, team, short_id)
    await store.leave("a", 1)
    first, second = [(await store.take_over("b", ANY_S, 3)).in_session for _ in range(2)]
    assert (len(first), len(second), first.keys() | second.keys()) == (3, 2, set(places))


async def test_after_an_outage_in_which_all_leases_ran_out_nobody_is_dead(store: SqlStore, team: Team) -> None:
    epoch = await store.join(A, OVER_S)
    await store.join(B, OVER_S)
    await store.claim("a", [(team.id, "AAAA2222")])
    await begin(store, team, "AAAA2222")
    assert await store.renew("a", epoch, LONG_S) == "lapsed"
    assert await store.take_over("b", ANY_S, 10) == NOTHING, "its own lease does not hold"
    assert await store.renew("a", epoch, OVER_S) == "held"
    assert await store.renew("b", 1, LONG_S) == "lapsed"
    assert await store.take_over("b", LONG_S, 10) == NOTHING, "its own lease does not hold for long enough"
    assert await store.renew("b", 1, LONG_S) == "held"
    assert (await store.take_over("b", ANY_S, 10)).in_session == {(team.id, "AAAA2222"): 2}


async def test_node_that_starts_again_has_its_sessions_at_once_and_its_former_self_has_lost(
    store: SqlStore, team: Team
) -> None:
    before = await store.join(A, LONG_S)
    await store.join(B, LONG_S)
    await store.claim("a", [(team.id, "AAAA2222"), (team.id, "BBBB2222")])
    await begin(store, team, "AAAA2222")
    after = await store.join(A, LONG_S)
    assert after == before + 1
    assert await store.renew("a", before, LONG_S) == "lost"
    assert await store.held_by("a") == {(team.id, "AAAA2222"): 2}
    await store.leave("a", before)
    assert len(await store.living_nodes()) == 2, "a former self cannot end the lease"


async def test_first_of_many_takes_up_what_a_server_alone_left(store: SqlStore, team: Team) -> None:
    for short_id in ("AAAA2222", "BBBB2222"):
        note(store, team, short_id, is_online=True)
    await store.flush()
    await begin(store, team, "AAAA2222")
    await store.join(A, LONG_S)
    assert await store.held_by("a") == {(team.id, "AAAA2222"): 1}
    assert await store.homes_of_team(team.id) == ["AAAA2222"]
    found = await store.home_of_session("s-AAAA2222")
    assert found is not None
    assert (found[0], found[1].node) == ((team.id, "AAAA2222"), A)
    assert await store.home_of_session("s-BBBB2222") is None
    shown = {each.short_id: each.is_online for each in await store.visitors_among(team.id, ["AAAA2222", "BBBB2222"])}
    assert shown == {"AAAA2222": False, "BBBB2222": False}
    await store.join(B, LONG_S)
    assert await store.held_by("b") == {}


async def test_k5_code_is_found_at_every_node_while_it_holds_and_is_one_visitors(store: SqlStore, team: Team) -> None:
    for short_id in ("AAAA2222", "BBBB2222"):
        note(store, team, short_id)
    later = NOW + timedelta(hours=1)
    for short_id, digits in (("AAAA2222", "1234"), ("BBBB2222", "5678")):
        code = LookupCodeRecord(team_id=team.id, short_id=short_id, digits=digits, expires_at=later)
        await store.keep_lookup_code(code)
    assert await store.visitor_by_code(team.id, "1234", NOW) == "AAAA2222"
    assert await store.visitor_by_code(team.id, "1234", later) is None
    assert await store.visitor_by_code(team.id + 1, "1234", NOW) is None
    again = LookupCodeRecord(team_id=team.id, short_id="BBBB2222", digits="1234", expires_at=later)
    await store.keep_lookup_code(again)
    assert await store.visitor_by_code(team.id, "1234", NOW) is None, "nobody is taken for somebody else"
