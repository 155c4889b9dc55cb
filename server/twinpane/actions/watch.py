"""Start a session, open its watch URL, end it (R15, R16)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from twinpane.access.keys import hash_secret
from twinpane.access.permissions import asked_permissions
from twinpane.errors import NotFoundError
from twinpane.live.deliveries import Deliveries
from twinpane.live.registry import Live
from twinpane.ports.records import Seat, SessionRecord, Team
from twinpane.ports.store import Store
from twinpane.ports.world import Chance

WATCH_URL_LIFE = timedelta(seconds=60)
"""How long a watch URL waits to be opened (R15a)."""
_ID_LENGTH = 22
"""Of a token's characters: 132 bits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What R15's body asks for."""

    agent_id: str
    agent_name: str
    permissions: dict[str, bool] = field(default_factory=dict)
    branding: dict[str, Any] = field(default_factory=dict)
    metadata: dict[str, str | float | bool] = field(default_factory=dict)
    webhook_url: str | None = None
    initial_notes: str = ""


@dataclass(frozen=True, slots=True)
class Started:
    """A seat that waits for its agent. `token` is told only here; the store has its hash."""

    token: str
    session_id: str
    expires_at: datetime
    webhook_secret: str | None = None
    """Signs the news of this session; only when they were asked for."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A seat whose watch URL was opened. `grant` is told only here."""

    seat: Seat
    grant: str


async def start_session(
    store: Store, live: Live, chance: Chance, team: Team, short_id: str, wanted: Wanted, now: datetime
) -> Started:
    """R15: a seat in the visitor's session, which begins if there is none; also while the visitor is offline (R15b).

    Raises NotFoundError, ConflictError when the session is full, InvalidRequestError for unknown permissions.
    """
    permissions = asked_permissions(wanted.permissions)
    if await store.visitor(team.id, short_id) is None:
        raise NotFoundError("There is no such visitor.")
    token = chance.token()
    record = SessionRecord(
        id=chance.token()[:_ID_LENGTH],
        team_id=team.id,
        short_id=short_id,
        started_at=now,
        metadata=wanted.metadata,
        permissions=permissions,
        is_recorded=team.settings.record_sessions is True,
    )
    seat = Seat(
        id=chance.token()[:_ID_LENGTH],
        session_id=record.id,
        agent_id=wanted.agent_id,
        agent_name=wanted.agent_name,
        permissions=permissions,
        branding=wanted.branding,
        token_hash=hash_secret(token),
        expires_at=now + WATCH_URL_LIFE,
    )
    used = await live.start_session(team, short_id, seat, record)
    seat.session_id = used.id
    try:
        if used.id == record.id:
            await store.add_session(record)
        await store.add_seat(seat)
        if wanted.initial_notes.strip():
            await store.add_note(used.id, wanted.agent_name, wanted.initial_notes.strip(), now)
    except Exception:
        # Nobody could open a seat that is not kept, so a session of this seat alone must not wait for it.
        if used.id == record.id:
            await live.end_session(team.id, short_id, "error")
        raise
    return Started(token, used.id, seat.expires_at)


async def start_told_session(
    store: Store,
    live: Live,
    deliveries: Deliveries,
    chance: Chance,
    team: Team,
    short_id: str,
    wanted: Wanted,
    now: datetime,
) -> Started:
    """R15 and R21: start a session, and tell webhooks of it; the one that the request names hears of this session only.

    Raises as `start_session` does, and InvalidRequestError for a webhook address that is never posted to.
    """
    if wanted.webhook_url is not None:
        deliveries.check(wanted.webhook_url, "webhook_url")
    started = await start_session(store, live, chance, team, short_id, wanted, now)
    if wanted.webhook_url is not None:
        webhook = await deliveries.add(team.id, wanted.webhook_url, session_id=started.session_id)
        started = replace(started, webhook_secret=webhook.secret)
    live.announce_request(started.session_id, wanted.agent_id, wanted.agent_name)
    return started


async def open_watch_url(store: Store, chance: Chance, token: str, now: datetime) -> Opened | None:
    """Use up a watch token (R15a): what the page that opened it needs, or None if unknown, used or expired."""
    grant = chance.token()
    seat = await store.open_seat(hash_secret(token), hash_secret(grant), now)
    return Opened(seat, grant) if seat else None


async def end_session(store: Store, live: Live, team: Team, short_id: str) -> bool:
    """R16: end the visitor's session; False if there was none. Raises NotFoundError."""
    if await store.visitor(team.id, short_id) is None:
        raise NotFoundError("There is no such visitor.")
    return await live.end_session(team.id, short_id, "agent_stopped")
