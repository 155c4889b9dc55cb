"""Deliver news to webhooks: at least once, in order in each session, again after failures (R21)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

import msgspec
import structlog
from standardwebhooks import Webhook as Signer

from twinpane.errors import FetchFailedError, FetchRefusedError, InvalidRequestError, UnavailableError
from twinpane.ports.fetch import Post
from twinpane.ports.outbox import Delivery, News, Webhook
from twinpane.ports.store import Store
from twinpane.ports.world import Chance, Clock

WAITS_S: Final = (5, 30, 120, 600, 1800, 3600, 3600 * 3, 3600 * 6, 3600 * 14, 3600 * 24, 3600 * 24)
"""Between tries: for three days, then given up. What was given up can be replayed."""
KEPT: Final = timedelta(days=7)
"""How long what was delivered can be replayed."""
_CLAIMED: Final = timedelta(minutes=2)
"""For how long a delivery is one node's: longer than a receiver may take to answer."""
_AT_ONCE: Final = 20
_SWEEP_S: Final = 3600.0
_AGAIN_S: Final = 5.0
_LOOK_S: Final = 60.0
"""Between two looks, for what another process made due: a replay at the command line."""

_log = structlog.get_logger(__name__)


class Deliveries:
    """The outbox at work. `start` it, `tell` it news, and at the end `stop` it: what waits stays in the store."""

    def __init__(self, store: Store, post: Post, clock: Clock, chance: Chance, *, is_shared: bool = False) -> None:
        self._store = store
        self._post = post
        self._clock = clock
        self._chance = chance
        self._is_shared = is_shared
        """Whether other nodes make webhooks in this store, and deliver to them."""
        self._webhooks: dict[str, Webhook] = {}
        self._news: list[News] = []
        self._noted = asyncio.Event()
        self._idle = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._cancel_wake: Callable[[], None] | None = None
        self._forget_after: datetime = clock.now()

    async def start(self) -> None:
        """Go on with what waits."""
        await self._read_webhooks()
        self._noted.set()
        self._task = asyncio.create_task(self._run(), name="webhook deliveries")

    async def stop(self) -> None:
        """Write down what was told and stop."""
        if self._cancel_wake is not None:
            self._cancel_wake()
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
            self._task = None
        await self._write_down()

    def tell(self, news: News) -> None:
        """Take news; returns at once. They are in the store before anything is sent."""
        if self._is_shared or any(webhook.wants(news) for webhook in self._webhooks.values()):
            self._news.append(news)
            self.wake()

    def wake(self) -> None:
        """Look again at what waits."""
        self._idle.clear()
        self._noted.set()

    async def idle(self) -> None:
        """Wait until nothing is due."""
        await self._idle.wait()

    def check(self, url: str, field: str = "url") -> None:
        """Raise InvalidRequestError, naming the field, for an address that is never posted to."""
        if (why := self._post.refusal_of(url)) is not None:
            raise InvalidRequestError("This address cannot receive webhooks.", fields={field: why})

    async def add(self, team_id: int, url: str, events: tuple[str, ...] = (), session_id: str | None = None) -> Webhook:
        """Make a webhook with a secret of its own. Raises InvalidRequestError for an address never posted to."""
        self.check(url)
        webhook = Webhook(
            id=f"wh_{self._chance.token()[:22]}",
            team_id=team_id,
            url=url,
            # The library reads base64 in its standard alphabet.
            secret="whsec_" + self._chance.token()[:40].replace("-", "+").replace("_", "/"),
            events=events,
            created_at=self._clock.now(),
            session_id=session_id,
        )
        await self._store.add_webhook(webhook)
        self._webhooks[webhook.id] = webhook
        return webhook

    async def remove(self, team_id: int, webhook_id: str) -> bool:
        """Forget a webhook and what waits for it; False if there is none."""
        removed = await self._store.remove_webhook(team_id, webhook_id)
        if removed:
            self._webhooks.pop(webhook_id, None)
        return removed

    async def _run(self) -> None:
        while True:
            await self._noted.wait()
            self._noted.clear()
            try:
                if self._is_shared:
                    await self._read_webhooks()
                await self._write_down()
                await self._send_due()
                await self._forget_old()
            except UnavailableError:
                _log.warning("webhook_store_failed", exc_info=True)
                self._wake_in(_AGAIN_S)
            if not self._noted.is_set():
                self._idle.set()

    async def _read_webhooks(self) -> None:
        self._webhooks = {webhook.id: webhook for webhook in await self._store.webhooks(None)}

    async def _write_down(self) -> None:
        told = self._news[:]
        deliveries = [
            self._delivery(webhook, news) for news in told for webhook in self._webhooks.values() if webhook.wants(news)
        ]
        if deliveries:
            await self._store.add_deliveries(deliveries)
        del self._news[: len(told)]

    def _delivery(self, webhook: Webhook, news: News) -> Delivery:
        body: dict[str, Any] = {"type": news.type, "timestamp": _iso(news.at), "data": _data_of(news)}
        return Delivery(
            id=f"msg_{self._chance.token()[:22]}",
            webhook_id=webhook.id,
            team_id=news.team_id,
            thread=news.session_id or news.short_id,
            short_id=news.short_id,
            body=msgspec.json.encode(body).decode(),
            due_at=news.at,
        )

    async def _send_due(self) -> None:
        while True:
            heads = await self._store.next_deliveries(_AT_ONCE)
            now = self._clock.now()
            due = [delivery for delivery in heads if delivery.due_at <= now]
            if not due:
                wait_s = (heads[0].due_at - now).total_seconds() if heads else _LOOK_S
                self._wake_in(min(wait_s, _LOOK_S))
                return
            await asyncio.gather(*(self._send(delivery) for delivery in due))

    async def _send(self, delivery: Delivery) -> None:
        webhook = self._webhooks.get(delivery.webhook_id)
        if webhook is None:
            await self._store.change_delivery(replace(delivery, state="given_up"))
            return
        now = self._clock.now()
        if self._is_shared and not await self._store.claim_delivery(delivery, now + _CLAIMED):
            return
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "Twinpane-Webhooks/1",
            "webhook-id": delivery.id,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": Signer(webhook.secret).sign(delivery.id, now, delivery.body),
        }
        try:
            status = await self._post.post(webhook.url, headers, delivery.body.encode())
        except (FetchRefusedError, FetchFailedError) as error:
            status = 0
            _log.info("webhook_failed", webhook=webhook.id, delivery=delivery.id, why=str(error))
        await self._store.change_delivery(_after_try(delivery, self._clock.now(), is_delivered=200 <= status < 300))

    async def _forget_old(self) -> None:
        now = self._clock.now()
        if now >= self._forget_after:
            self._forget_after = now + timedelta(seconds=_SWEEP_S)
            await self._store.forget_deliveries(now - KEPT)

    def _wake_in(self, delay_s: float) -> None:
        if self._cancel_wake is not None:
            self._cancel_wake()
        self._cancel_wake = self._clock.call_later(max(0.0, delay_s), self.wake)


def _after_try(delivery: Delivery, now: datetime, *, is_delivered: bool) -> Delivery:
    tries = delivery.tries + 1
    if is_delivered:
        return replace(delivery, tries=tries, state="delivered")
    if tries > len(WAITS_S):
        return replace(delivery, tries=tries, state="given_up")
    return replace(delivery, tries=tries, due_at=now + timedelta(seconds=WAITS_S[tries - 1]))


def _data_of(news: News) -> dict[str, Any]:
    session = {} if news.session_id is None else {"session_id": news.session_id}
    return {"short_id": news.short_id} | session | news.data


def _iso(time: datetime) -> str:
    return time.isoformat(timespec="milliseconds").replace("+00:00", "Z")
