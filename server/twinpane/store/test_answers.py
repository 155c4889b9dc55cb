"""Of a request and its repeats one is done, and all are answered as that one was (R3, N7)."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

from twinpane.ports.answers import Asked, FirstTime
from twinpane.ports.records import Team
from twinpane.ports.store import Store
from twinpane.store.conftest import NOW
from twinpane.store.postgres import postgres_url
from twinpane.store.sql import SqlStore

SOON, LATER = NOW + timedelta(seconds=60), NOW + timedelta(days=1)


def asked_of(team: Team, name: bytes = b"n", short_id: str | None = None) -> Asked:
    return Asked(team_id=team.id, name=name * 32, fingerprint=b"f" * 32, short_id=short_id)


async def test_n7_first_one_answers_and_others_get_what_is_kept(store: Store, team: Team) -> None:
    asked = asked_of(team)
    assert await store.claim_answer(asked, NOW, SOON) is None
    other = replace(asked, fingerprint=b"o" * 32)
    assert await store.claim_answer(other, NOW, SOON) == FirstTime(asked.fingerprint, None)
    await store.keep_answer(asked, b"sealed", LATER)
    assert await store.claim_answer(other, SOON, SOON) == FirstTime(asked.fingerprint, b"sealed")
    assert await store.claim_answer(replace(asked), LATER, LATER + timedelta(seconds=60)) is None


async def test_n7_claim_is_given_back_or_runs_out(store: Store, team: Team) -> None:
    asked = asked_of(team)
    assert await store.claim_answer(asked, NOW, SOON) is None
    await store.drop_answer(asked)
    assert await store.claim_answer(replace(asked), NOW, SOON) is None
    assert await store.claim_answer(replace(asked), NOW, SOON) is not None
    assert await store.claim_answer(replace(asked), SOON, LATER) is None


async def test_r13_answers_about_a_visitor_are_erased_with_them(store: Store, team: Team) -> None:
    for name, short_id in ((b"a", "AAAA2222"), (b"b", "BBBB3333"), (b"c", None)):
        await store.claim_answer(asked_of(team, name, short_id), NOW, SOON)
    await store.erase_visitors(team.id, ["AAAA2222"])
    free = [await store.claim_answer(asked_of(team, name), NOW, SOON) is None for name in (b"a", b"b", b"c")]
    assert free == [True, False, False]


async def test_n7_of_two_nodes_on_postgresql_at_once_one_answers(postgres_database: str) -> None:
    nodes = [SqlStore(postgres_url(postgres_database)) for _ in range(2)]
    for node in nodes:
        await node.open()
    team = await nodes[0].add_team("Acme", "abcdef1234")
    for number in range(20):
        asked = asked_of(team, bytes([number]))
        found = await asyncio.gather(*(node.claim_answer(replace(asked), NOW, SOON) for node in nodes))
        assert sorted(first is None for first in found) == [False, True]
    for node in nodes:
        await node.close()
