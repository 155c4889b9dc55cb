"""News reach their webhooks (R21)."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer
from standardwebhooks import Webhook as Verifier

from twinpane.errors import InvalidRequestError
from twinpane.fetch.addresses import Guard
from twinpane.fetch.posting import GuardedPost
from twinpane.live.clock import RealChance, RealClock
from twinpane.live.deliveries import WAITS_S, Deliveries
from twinpane.live.manual_clock import ManualClock
from twinpane.ports.outbox import News, NewsType
from twinpane.ports.store import Store
from twinpane.ports.world import Clock
from twinpane.store.memory import MemoryStore
from twinpane.store.sql import SqlStore


@dataclass
class Receiver:
    """A receiver that can be down."""

    url: str = ""
    is_down: bool = False
    hangs_up: bool = False
    """How it is down: without an answer, rather than saying so."""
    got: list[tuple[dict[str, str], str]] = field(default_factory=list)

    async def receive(self, request: web.Request) -> web.Response:
        if self.is_down and self.hangs_up and request.transport is not None:
            request.transport.abort()
        if self.is_down:
            return web.Response(status=503)
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.got.append((headers, await request.text()))
        return web.Response(status=204)

    @property
    def told(self) -> list[tuple[str, Any]]:
        bodies = [json.loads(body) for _, body in self.got]
        return [(body["type"], body["data"].get("session_id")) for body in bodies]


@pytest_asyncio.fixture
async def receiver() -> AsyncIterator[Receiver]:
    made = Receiver()
    app = web.Application()
    app.router.add_post("/hook", made.receive)
    async with TestServer(app) as server:
        made.url = f"http://127.0.0.1:{server.port}/hook"
        yield made


@pytest_asyncio.fixture
async def post() -> AsyncIterator[GuardedPost]:
    made = GuardedPost(Guard(["127.0.0.0/8"]))
    yield made
    await made.close()


async def started(store: Store, post: GuardedPost, clock: Clock) -> Deliveries:
    deliveries = Deliveries(store, post, clock, RealChance())
    await deliveries.start()
    return deliveries


def news(type_: NewsType, session_id: str | None = "s1", at: datetime | None = None, team_id: int = 1) -> News:
    at = at or ManualClock().now()
    return News(team_id=team_id, type=type_, short_id="AAAA2222", at=at, session_id=session_id, data={"note": "ü"})


async def test_r21_delivery_is_signed_as_the_library_verifies(receiver: Receiver, post: GuardedPost) -> None:
    store = MemoryStore()
    deliveries = await started(store, post, RealClock())
    webhook = await deliveries.add(1, receiver.url)
    deliveries.tell(news("session.started", at=datetime.now(UTC)))
    await deliveries.idle()
    [(headers, body)] = receiver.got
    assert Verifier(webhook.secret).verify(body, headers)["data"] == {
        "short_id": "AAAA2222",
        "session_id": "s1",
        "note": "ü",
    }
    assert headers["webhook-id"].startswith("msg_")
    assert headers["content-type"] == "application/json"
    await deliveries.stop()


async def test_r21_webhook_hears_what_it_asked_for_of_its_team_and_session(
    receiver: Receiver, post: GuardedPost
) -> None:
    deliveries = await started(MemoryStore(), post, ManualClock())
    await deliveries.add(1, receiver.url, events=("session.ended",))
    await deliveries.add(1, receiver.url, session_id="s2")
    deliveries.tell(news("session.started", "s1"))
    deliveries.tell(news("session.ended", "s1"))
    deliveries.tell(news("session.started", "s2"))
    deliveries.tell(news("session.ended", "s3", team_id=2))
    deliveries.tell(news("visitor.online", None))
    await deliveries.idle()
    assert sorted(receiver.told) == [("session.ended", "s1"), ("session.started", "s2")]
    await deliveries.stop()


async def test_r21_n5_two_nodes_deliver_each_once_also_to_a_webhook_of_the_other(
    receiver: Receiver, post: GuardedPost
) -> None:
    store = MemoryStore()
    nodes = [Deliveries(store, post, ManualClock(), RealChance(), is_shared=True) for _ in range(2)]
    for node in nodes:
        await node.start()
    await nodes[0].add(1, receiver.url)
    for number in range(10):
        nodes[1].tell(news("session.started", f"s{number}"))
    for node in nodes:
        node.wake()
    for node in nodes:
        await node.idle()
        await node.stop()
    assert sorted(receiver.told) == [("session.started", f"s{number}") for number in range(10)]


@pytest.mark.parametrize("hangs_up", [False, True])
async def test_r21_receiver_down_for_an_hour_and_a_restart_gets_each_in_order(
    receiver: Receiver, post: GuardedPost, tmp_path: Path, hangs_up: bool
) -> None:
    receiver.hangs_up = hangs_up
    clock = ManualClock()
    store = SqlStore.in_file(tmp_path / "twinpane.db")
    await store.open()
    await store.add_team("Acme", "abcdef1234")
    deliveries = await started(store, post, clock)
    webhook = await deliveries.add(1, receiver.url)
    receiver.is_down = True
    kinds: list[NewsType] = ["session.requested", "session.started", "session.ended"]
    for type_ in kinds:
        for session_id in ("s1", "s2"):
            deliveries.tell(news(type_, session_id))
    await deliveries.idle()
    for _ in range(30):
        clock.advance(60)
        await deliveries.idle()
    await deliveries.stop()
    await store.close()
    store = SqlStore.in_file(tmp_path / "twinpane.db")
    await store.open()
    deliveries = await started(store, post, clock)
    for _ in range(30):
        clock.advance(60)
        await deliveries.idle()
    assert receiver.got == []
    receiver.is_down = False
    for _ in range(120):
        clock.advance(60)
        await deliveries.idle()
    for session_id in ("s1", "s2"):
        assert [type_ for type_, told_id in receiver.told if told_id == session_id] == kinds
    for headers, body in receiver.got:
        at = datetime.fromtimestamp(int(headers["webhook-timestamp"]), UTC)
        assert headers["webhook-signature"] == Verifier(webhook.secret).sign(headers["webhook-id"], at, body)
    await deliveries.stop()
    await store.close()


async def test_r21_one_session_waits_for_its_first_message_and_others_go_on(
    receiver: Receiver, post: GuardedPost
) -> None:
    clock = ManualClock()
    deliveries = await started(MemoryStore(), post, clock)
    await deliveries.add(1, receiver.url)
    receiver.is_down = True
    deliveries.tell(news("session.started", "s1"))
    await deliveries.idle()
    receiver.is_down = False
    deliveries.tell(news("session.ended", "s1"))
    deliveries.tell(news("session.started", "s2"))
    await deliveries.idle()
    assert receiver.told == [("session.started", "s2")]
    clock.advance(WAITS_S[0])
    await deliveries.idle()
    assert receiver.told[1:] == [("session.started", "s1"), ("session.ended", "s1")]
    await deliveries.stop()


async def test_r21_given_up_after_three_days_and_can_be_replayed(receiver: Receiver, post: GuardedPost) -> None:
    clock, store = ManualClock(), MemoryStore()
    deliveries = await started(store, post, clock)
    webhook = await deliveries.add(1, receiver.url)
    receiver.is_down = True
    deliveries.tell(news("session.started"))
    await deliveries.idle()
    for wait_s in WAITS_S:
        clock.advance(wait_s)
        await deliveries.idle()
    assert sum(WAITS_S) >= 3 * 24 * 3600
    assert await store.next_deliveries(10) == []
    receiver.is_down = False
    clock.advance(3600)
    assert await store.replay_deliveries(1, webhook.id, clock.now()) == 1
    deliveries.wake()
    await deliveries.idle()
    assert receiver.told == [("session.started", "s1")]
    await deliveries.stop()


async def test_r21_removed_webhook_hears_nothing_more(receiver: Receiver, post: GuardedPost) -> None:
    clock = ManualClock()
    deliveries = await started(MemoryStore(), post, clock)
    webhook = await deliveries.add(1, receiver.url)
    receiver.is_down = True
    deliveries.tell(news("session.started"))
    await deliveries.idle()
    assert not await deliveries.remove(2, webhook.id)
    assert await deliveries.remove(1, webhook.id)
    receiver.is_down = False
    deliveries.tell(news("session.ended"))
    clock.advance(3600)
    await deliveries.idle()
    assert receiver.got == []
    await deliveries.stop()


@pytest.mark.parametrize("url", ["http://10.0.0.7/hook", "http://169.254.169.254/", "http://localhost/"])
async def test_p5_webhook_to_an_address_that_is_not_public_is_refused(url: str) -> None:
    deliveries = Deliveries(MemoryStore(), GuardedPost(Guard()), ManualClock(), RealChance())
    with pytest.raises(InvalidRequestError):
        await deliveries.add(1, url)
