"""Remember webhooks and what is to be delivered to them (R21)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

NewsType = Literal[
    "session.requested", "session.started", "session.ended", "visitor.online", "visitor.offline", "recording.ready"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """Something that a webhook may want to hear of."""

    team_id: int
    type: NewsType
    short_id: str
    at: datetime
    session_id: str | None = None
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """Where news go. With a session: only news of that session, until it has ended."""

    id: str
    team_id: int
    url: str
    secret: str
    """Signs the deliveries, so it has to be kept as it is; `whsec_…`."""
    events: tuple[str, ...]
    created_at: datetime
    session_id: str | None = None

    def wants(self, news: News) -> bool:
        """Whether this webhook is to hear of it. No events named means all."""
        mine = self.session_id is None or self.session_id == news.session_id
        return mine and self.team_id == news.team_id and (not self.events or news.type in self.events)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One message for one webhook. Those of one `thread` arrive in the order of `number`."""

    id: str
    webhook_id: str
    team_id: int
    thread: str
    """The session, else the visitor."""
    short_id: str
    body: str
    due_at: datetime
    number: int = 0
    """Given by the store."""
    tries: int = 0
    state: Literal["waiting", "delivered", "given_up"] = "waiting"


class OutboxStore(Protocol):
    """The part of the store behind webhooks."""

    async def add_webhook(self, webhook: Webhook) -> None:
        """Keep a webhook."""

    async def webhooks(self, team_id: int | None) -> list[Webhook]:
        """The webhooks of a team, or of all, oldest first; those of sessions too."""

    async def remove_webhook(self, team_id: int, webhook_id: str) -> bool:
        """Forget a webhook and its deliveries; False if there is none."""

    async def add_deliveries(self, deliveries: list[Delivery]) -> None:
        """Keep deliveries, numbered in this order."""

    async def next_deliveries(self, limit: int) -> list[Delivery]:
        """The first waiting one of each webhook's thread, soonest due first."""

    async def claim_delivery(self, delivery: Delivery, until: datetime) -> bool:
        """Make a waiting delivery due later, unless another node did; whether this one is to send it now."""

    async def change_delivery(self, delivery: Delivery) -> None:
        """Keep how often a delivery was tried, when it is due and how it stands."""

    async def replay_deliveries(self, team_id: int, webhook_id: str, now: datetime) -> int:
        """Make all deliveries of a webhook wait again, due now; how many."""

    async def forget_deliveries(self, before: datetime) -> None:
        """Forget what does not wait any more and was due before."""
