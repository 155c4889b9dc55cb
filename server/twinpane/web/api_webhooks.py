"""The REST API's webhooks and audit (R21, R22)."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Path, Query
from starlette.requests import Request
from starlette.responses import Response

from twinpane.actions.read_audit import list_audit
from twinpane.actions.shapes import iso_time
from twinpane.errors import NotFoundError
from twinpane.ports.outbox import Webhook
from twinpane.web.answers import AuditTold, Done, WebhooksTold, WebhookTold
from twinpane.web.api_caller import Ruling, api_router, told, told_as
from twinpane.web.bodies import WebhookBody
from twinpane.web.context import web_of

router = api_router()


@router.post("/webhooks", summary="Make a webhook", responses=told_as(WebhookTold))
async def make_webhook(request: Request, caller: Ruling, body: WebhookBody) -> Response:
    """R21: deliveries are signed with `secret` (Standard Webhooks), which is told only here."""
    deliveries = web_of(request).deliveries
    webhook = await deliveries.add(caller.team.id, body.url, tuple(dict.fromkeys(body.events)))
    return told(caller, {"webhook": _shape(webhook) | {"secret": webhook.secret}})


@router.get("/webhooks", summary="List webhooks", responses=told_as(WebhooksTold))
async def webhooks(request: Request, caller: Ruling) -> Response:
    """R21: those of the team; not those that belong to one session."""
    found = await web_of(request).store.webhooks(caller.team.id)
    return told(caller, {"webhooks": [_shape(webhook) for webhook in found if webhook.session_id is None]})


@router.delete("/webhooks/{webhook_id}", summary="Remove a webhook", responses=told_as(Done))
async def delete_webhook(
    request: Request, caller: Ruling, webhook_id: Annotated[str, Path(max_length=100)]
) -> Response:
    """R21: what still waits for it is not delivered any more."""
    if not await web_of(request).deliveries.remove(caller.team.id, webhook_id):
        raise NotFoundError("There is no such webhook.")
    return told(caller, {})


@router.get("/audit", summary="Read the audit", responses=told_as(AuditTold))
async def audit(
    request: Request,
    caller: Ruling,
    max_results: Annotated[int, Query(ge=1, le=500)] = 50,
    cursor: Annotated[int | None, Query(ge=1, le=2**53, description="`next_cursor` of the list before.")] = None,
) -> Response:
    """R22: who did what, when, from where; newest first."""
    return told(caller, await list_audit(web_of(request).store, caller.team, max_results, cursor))


def _shape(webhook: Webhook) -> dict[str, Any]:
    return {
        "_type": "webhook",
        "id": webhook.id,
        "url": webhook.url,
        "events": list(webhook.events),
        "created_at": iso_time(webhook.created_at),
    }
