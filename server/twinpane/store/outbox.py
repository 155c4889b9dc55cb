"""Webhooks and their deliveries in SQL (R21)."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update

from twinpane.ports.outbox import Delivery, Webhook
from twinpane.store.database import Database
from twinpane.store.tables import deliveries, webhooks


class Outbox:
    """The part of the SQL store behind webhooks; see `ports.outbox.OutboxStore`."""

    _database: Database

    async def add_webhook(self, webhook: Webhook) -> None:
        """Keep a webhook."""
        async with self._database.writing() as connection:
            await connection.execute(insert(webhooks).values(asdict(webhook)))

    async def webhooks(self, team_id: int | None) -> list[Webhook]:
        """The webhooks of a team, or of all, oldest first."""
        found = select(webhooks).order_by(webhooks.c.created_at, webhooks.c.id)
        if team_id is not None:
            found = found.where(webhooks.c.team_id == team_id)
        return [_webhook_of(row) for row in await self._database.rows(found)]

    async def remove_webhook(self, team_id: int, webhook_id: str) -> bool:
        """Forget a webhook and its deliveries; False if there is none."""
        mine = (webhooks.c.id == webhook_id) & (webhooks.c.team_id == team_id)
        async with self._database.writing() as connection:
            known = select(webhooks.c.id).where(mine).scalar_subquery()
            await connection.execute(delete(deliveries).where(deliveries.c.webhook_id == known))
            return (await connection.execute(delete(webhooks).where(mine))).rowcount == 1

    async def add_deliveries(self, waiting: list[Delivery]) -> None:
        """Keep deliveries, numbered in this order."""
        rows = [{name: value for name, value in asdict(each).items() if name != "number"} for each in waiting]
        async with self._database.writing() as connection:
            for row in rows:
                await connection.execute(insert(deliveries).values(row))

    async def next_deliveries(self, limit: int) -> list[Delivery]:
        """The first waiting one of each webhook's thread, soonest due first."""
        heads = (
            select(func.min(deliveries.c.number))
            .where(deliveries.c.state == "waiting")
            .group_by(deliveries.c.webhook_id, deliveries.c.thread)
        )
        found = select(deliveries).where(deliveries.c.number.in_(heads))
        soonest = found.order_by(deliveries.c.due_at, deliveries.c.number).limit(limit)
        return [Delivery(**row._mapping) for row in await self._database.rows(soonest)]

    async def claim_delivery(self, delivery: Delivery, until: datetime) -> bool:
        """Make a waiting delivery due later, unless somebody did."""
        waits = (deliveries.c.state == "waiting") & (deliveries.c.due_at == delivery.due_at)
        claimed = update(deliveries).where(deliveries.c.id == delivery.id, waits).values(due_at=until)
        async with self._database.writing() as connection:
            return (await connection.execute(claimed)).rowcount == 1

    async def change_delivery(self, delivery: Delivery) -> None:
        """Keep how often a delivery was tried, when it is due and how it stands."""
        now = {"tries": delivery.tries, "due_at": delivery.due_at, "state": delivery.state}
        async with self._database.writing() as connection:
            await connection.execute(update(deliveries).where(deliveries.c.id == delivery.id).values(now))

    async def replay_deliveries(self, team_id: int, webhook_id: str, now: datetime) -> int:
        """Make all deliveries of a webhook wait again, due now; how many."""
        mine = (deliveries.c.webhook_id == webhook_id) & (deliveries.c.team_id == team_id)
        again = update(deliveries).where(mine).values(state="waiting", tries=0, due_at=now)
        async with self._database.writing() as connection:
            return (await connection.execute(again)).rowcount

    async def forget_deliveries(self, before: datetime) -> None:
        """Forget what does not wait any more and was due before, and sessions' webhooks with nothing left."""
        done = (deliveries.c.state != "waiting") & (deliveries.c.due_at < before)
        left = select(deliveries.c.webhook_id)
        unused = webhooks.c.session_id.is_not(None) & (webhooks.c.created_at < before) & webhooks.c.id.not_in(left)
        async with self._database.writing() as connection:
            await connection.execute(delete(deliveries).where(done))
            await connection.execute(delete(webhooks).where(unused))


def _webhook_of(row: Row[Any]) -> Webhook:
    return Webhook(**{**row._mapping, "events": tuple(row.events)})
