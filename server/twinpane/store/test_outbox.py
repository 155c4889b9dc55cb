"""Every store keeps webhooks and their deliveries alike (R21)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest_asyncio

from twinpane.ports.outbox import Delivery, Webhook
from twinpane.ports.store import Store

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest_asyncio.fixture
async def store(store: Store) -> Store:
    for name, key in (("Acme", "abcdef1234"), ("Other", "zyxwvu9876")):
        await store.add_team(name, key)
    return store


def webhook(id_: str = "w1", **columns: Any) -> Webhook:
    given: dict[str, Any] = {"id": id_, "team_id": 1, "url": "https://a.example/", "secret": "whsec_x", "events": ()}
    return Webhook(**given | {"created_at": NOW} | columns)


def delivery(id_: str, thread: str = "s1", **columns: Any) -> Delivery:
    given: dict[str, Any] = {"id": id_, "webhook_id": "w1", "team_id": 1, "thread": thread, "short_id": "AAAA2222"}
    return Delivery(**given | {"body": "{}", "due_at": NOW} | columns)


async def waiting(store: Store) -> list[str]:
    return [each.id for each in await store.next_deliveries(10)]


async def test_r21_webhooks_are_listed_by_team_oldest_first(store: Store) -> None:
    kept = webhook("w2", events=("session.ended",)), webhook("w1", created_at=NOW + timedelta(seconds=1))
    for each in (*kept, webhook("w3", team_id=2, session_id="s9")):
        await store.add_webhook(each)
    assert await store.webhooks(1) == list(kept)
    assert [each.id for each in await store.webhooks(None)] == ["w2", "w3", "w1"]


async def test_r21_only_the_first_of_each_thread_is_next_and_the_soonest_due_first(store: Store) -> None:
    await store.add_webhook(webhook())
    late = NOW + timedelta(hours=1)
    await store.add_deliveries(
        [delivery("a1", due_at=late), delivery("b1", "s2"), delivery("a2"), delivery("b2", "s2")]
    )
    assert await waiting(store) == ["b1", "a1"]
    [b1, a1] = await store.next_deliveries(10)
    await store.change_delivery(replace(b1, state="delivered", tries=1))
    await store.change_delivery(replace(a1, state="given_up"))
    assert await waiting(store) == ["a2", "b2"]
    assert len(await store.next_deliveries(1)) == 1


async def test_r21_of_two_nodes_that_claim_a_delivery_one_sends_it(store: Store) -> None:
    await store.add_webhook(webhook())
    await store.add_deliveries([delivery("a1"), delivery("a2")])
    [a1] = await store.next_deliveries(10)
    later = NOW + timedelta(minutes=2)
    assert [await store.claim_delivery(a1, later) for _ in range(2)] == [True, False]
    [claimed] = await store.next_deliveries(10)
    assert claimed == replace(a1, due_at=later), "the rest of the thread waits behind it"
    await store.change_delivery(replace(a1, state="delivered"))
    assert await waiting(store) == ["a2"]
    assert not await store.claim_delivery(a1, later)


async def test_r21_replay_makes_all_of_a_webhook_wait_again(store: Store) -> None:
    await store.add_webhook(webhook())
    await store.add_deliveries([delivery("a1"), delivery("a2")])
    for each in ("a1", "a2"):
        [head] = await store.next_deliveries(10)
        assert head.id == each
        await store.change_delivery(replace(head, state="delivered", tries=1))
    assert await store.replay_deliveries(2, "w1", NOW) == 0
    assert await store.replay_deliveries(1, "w1", NOW + timedelta(hours=1)) == 2
    [head] = await store.next_deliveries(10)
    assert (head.id, head.tries, head.due_at) == ("a1", 0, NOW + timedelta(hours=1))


async def test_r21_what_is_done_is_forgotten_with_the_webhooks_of_sessions(store: Store) -> None:
    for each in (webhook(), webhook("w2", session_id="s1"), webhook("w3", session_id="s2")):
        await store.add_webhook(each)
    await store.add_deliveries([delivery("a1"), delivery("a2"), delivery("c1", webhook_id="w3")])
    [a1, *_] = await store.next_deliveries(10)
    await store.change_delivery(replace(a1, state="delivered"))
    await store.forget_deliveries(NOW + timedelta(days=1))
    assert await store.replay_deliveries(1, "w1", NOW) == 1
    assert {each.id for each in await store.webhooks(1)} == {"w1", "w3"}


async def test_r21_removed_webhook_takes_its_deliveries_along(store: Store) -> None:
    await store.add_webhook(webhook())
    await store.add_deliveries([delivery("a1")])
    assert not await store.remove_webhook(2, "w1")
    assert await store.remove_webhook(1, "w1")
    assert not await store.remove_webhook(1, "w1")
    assert await waiting(store) == []


async def test_r13_erased_visitors_deliveries_are_gone(store: Store) -> None:
    await store.add_webhook(webhook())
    await store.add_deliveries([delivery("a1"), delivery("b1", "s2", short_id="BBBB3333")])
    await store.erase_visitors(1, ["AAAA2222"])
    assert await waiting(store) == ["b1"]
