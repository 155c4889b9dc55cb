"""Webhooks and their deliveries in memory (R21)."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from twinpane.ports.outbox import Delivery, Webhook


class MemoryOutbox:
    """The part of the memory store behind webhooks; see `ports.outbox.OutboxStore`."""

    def __init__(self) -> None:
        """Begin empty."""
        self._webhooks: dict[str, Webhook] = {}
        self._deliveries: dict[str, Delivery] = {}
        self._last_number = 0

    async def add_webhook(self, webhook: Webhook) -> None:
        """Keep a webhook."""
        self._webhooks[webhook.id] = webhook

    async def webhooks(self, team_id: int | None) -> list[Webhook]:
        """The webhooks of a team, or of all, oldest first."""
        found = [webhook for webhook in self._webhooks.values() if team_id in (None, webhook.team_id)]
        return sorted(found, key=lambda webhook: (webhook.created_at, webhook.id))

    async def remove_webhook(self, team_id: int, webhook_id: str) -> bool:
        """Forget a webhook and its deliveries; False if there is none."""
        webhook = self._webhooks.get(webhook_id)
        if webhook is None or webhook.team_id != team_id:
            return False
        del self._webhooks[webhook_id]
        self._deliveries = {id_: each for id_, each in self._deliveries.items() if each.webhook_id != webhook_id}
        return True

    async def add_deliveries(self, waiting: list[Delivery]) -> None:
        """Keep deliveries, numbered in this order."""
        for delivery in waiting:
            self._last_number += 1
            self._deliveries[delivery.id] = replace(delivery, number=self._last_number)

    async def next_deliveries(self, limit: int) -> list[Delivery]:
        """The first waiting one of each webhook's thread, soonest due first."""
        heads: dict[tuple[str, str], Delivery] = {}
        for delivery in sorted(self._deliveries.values(), key=lambda each: each.number):
            if delivery.state == "waiting":
                heads.setdefault((delivery.webhook_id, delivery.thread), delivery)
        return sorted(heads.values(), key=lambda each: (each.due_at, each.number))[:limit]

    async def claim_delivery(self, delivery: Delivery, until: datetime) -> bool:
        """Make a waiting delivery due later, unless somebody did."""
        now = self._deliveries.get(delivery.id)
        if now is None or (now.state, now.due_at) != ("waiting", delivery.due_at):
            return False
        self._deliveries[delivery.id] = replace(now, due_at=until)
        return True

    async def change_delivery(self, delivery: Delivery) -> None:
        """Keep how often a delivery was tried, when it is due and how it stands."""
        if delivery.id in self._deliveries:
            self._deliveries[delivery.id] = delivery

    async def replay_deliveries(self, team_id: int, webhook_id: str, now: datetime) -> int:
        """Make all deliveries of a webhook wait again, due now; how many."""
        again = [
            replace(each, state="waiting", tries=0, due_at=now)
            for each in self._deliveries.values()
            if (each.team_id, each.webhook_id) == (team_id, webhook_id)
        ]
        self._deliveries |= {each.id: each for each in again}
        return len(again)

    async def forget_deliveries(self, before: datetime) -> None:
        """Forget what does not wait any more and was due before, and sessions' webhooks with nothing left."""
        self._deliveries = {
            id_: each for id_, each in self._deliveries.items() if each.state == "waiting" or each.due_at >= before
        }
        used = {each.webhook_id for each in self._deliveries.values()}
        self._webhooks = {
            id_: each
            for id_, each in self._webhooks.items()
            if each.session_id is None or each.created_at >= before or id_ in used
        }

    def _deliveries_about(self, team_id: int, short_id: str) -> list[dict[str, Any]]:
        """Rows of deliveries that tell of a visitor, oldest first."""
        theirs = [each for each in self._deliveries.values() if (each.team_id, each.short_id) == (team_id, short_id)]
        return [asdict(each) for each in sorted(theirs, key=lambda each: each.number)]

    def _erase_deliveries(self, team_id: int, short_ids: set[str]) -> None:
        self._deliveries = {
            id_: each
            for id_, each in self._deliveries.items()
            if each.team_id != team_id or each.short_id not in short_ids
        }
