"""The console's routes about what admins see to: settings, keys, webhooks, audit."""

from __future__ import annotations

from collections.abc import Mapping

from twinpane_protocol import console_answers as told
from twinpane_protocol import console_routes as sent

from twinpane.actions.change_settings import change_settings, settings_told
from twinpane.actions.create_key import create_key
from twinpane.actions.read_audit import list_audit
from twinpane.actions.shapes import iso_time
from twinpane.errors import InvalidRequestError, NotFoundError
from twinpane.ports.inventory import ELSEWHERE, TABLES, Place
from twinpane.ports.outbox import Webhook
from twinpane.ports.records import RestKey
from twinpane.web.console_asked import Answer, Asked, Handler

_MAX_CURSOR = 2**53


async def settings(asked: Asked) -> Answer:
    """Read the account settings (R23)."""
    return Answer(content=settings_told(asked.team))


async def change(asked: Asked) -> Answer:
    """Change the account settings (R23)."""
    body = asked.body(sent.SettingsBody)
    team = await change_settings(asked.web.store, asked.team, body.settings, body.allowed_domains)
    return Answer(content=settings_told(team))


async def keys(asked: Asked) -> Answer:
    """List the REST keys."""
    found = await asked.web.store.rest_keys(asked.team.id)
    return Answer(content=told.KeysAnswer(public_key=asked.team.public_key, keys=[_key(each) for each in found]))


async def make_key(asked: Asked) -> Answer:
    """Make a REST key; its secret is told only here."""
    body, web = asked.body(sent.KeyBody), asked.web
    key, secret = await create_key(
        web.store, web.chance, asked.team.id, body.name, frozenset(body.scopes), web.clock.now()
    )
    return Answer(content=told.KeyMade(key=_key(key), secret=secret))


async def revoke_key(asked: Asked) -> Answer:
    """Revoke a REST key."""
    if not await asked.web.store.revoke_rest_key(asked.team.id, asked.number("key_id"), asked.web.clock.now()):
        raise NotFoundError("There is no such key to revoke.")
    return Answer()


async def webhooks(asked: Asked) -> Answer:
    """List the webhooks, not those that belong to one session (R21)."""
    found = await asked.web.store.webhooks(asked.team.id)
    return Answer(content=told.WebhooksAnswer(webhooks=[_webhook(each) for each in found if each.session_id is None]))


async def make_webhook(asked: Asked) -> Answer:
    """Make a webhook; its secret is told only here (R21)."""
    body = asked.body(sent.WebhookBody)
    made = await asked.web.deliveries.add(asked.team.id, body.url, tuple(dict.fromkeys(body.events)))
    return Answer(content=told.WebhookMade(webhook=_webhook(made), secret=made.secret))


async def delete_webhook(asked: Asked) -> Answer:
    """Remove a webhook (R21)."""
    if not await asked.web.deliveries.remove(asked.team.id, asked.text("webhook_id")):
        raise NotFoundError("There is no such webhook.")
    return Answer()


async def audit(asked: Asked) -> Answer:
    """Read the audit (R22)."""
    query = asked.query(sent.AuditQuery)
    before = None
    if query.cursor is not None:
        if not query.cursor.isascii() or not query.cursor.isdigit() or not 0 < int(query.cursor) <= _MAX_CURSOR:
            raise InvalidRequestError(
                "The cursor is not one of ours.", fields={"cursor": "is not a cursor that a list gave"}
            )
        before = int(query.cursor)
    found = await list_audit(asked.web.store, asked.team, query.max_results, before)
    for entry in found["entries"]:
        del entry["_type"]
    return Answer(content=found)


async def data_inventory(asked: Asked) -> Answer:
    """Tell what is kept of whom, why and how long (R24)."""
    places = [_kept(name, place) for name, place in (TABLES | ELSEWHERE).items()]
    return Answer(content=told.InventoryAnswer(places=places, retention_days=asked.web.options.retention_days))


def _kept(name: str, place: Place) -> told.KeptPlace:
    columns = [told.KeptColumn(name=name, what=kept.what, whose=kept.whose) for name, kept in place.columns.items()]
    return told.KeptPlace(name=name, what=place.what, why=place.why, how_long=place.how_long, columns=columns)


def _key(key: RestKey) -> told.Key:
    return told.Key(
        id=key.id,
        name=key.name,
        scopes=sorted(key.scopes),
        created_at=iso_time(key.created_at) or "",
        last_used_at=iso_time(key.last_used_at),
        revoked_at=iso_time(key.revoked_at),
    )


def _webhook(webhook: Webhook) -> told.WebhookTold:
    return told.WebhookTold(
        id=webhook.id, url=webhook.url, events=list(webhook.events), created_at=iso_time(webhook.created_at) or ""
    )


HANDLERS: Mapping[str, Handler] = {
    "GET /settings": settings,
    "PATCH /settings": change,
    "GET /keys": keys,
    "POST /keys": make_key,
    "DELETE /keys/{key_id}": revoke_key,
    "GET /webhooks": webhooks,
    "POST /webhooks": make_webhook,
    "DELETE /webhooks/{webhook_id}": delete_webhook,
    "GET /audit": audit,
    "GET /data-inventory": data_inventory,
}
