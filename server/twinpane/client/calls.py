"""Everything the API can be asked: the verbs of `Twinpane` and `AsyncTwinpane`.

The examples are written for `Twinpane`; with `AsyncTwinpane` await the call, and go through lists with `async for`.
Each verb may raise what `twinpane.client.refusals` names. `idempotency_key` makes a repeated call give the first one's
answer for 24 hours, also from another process; without one, each call has its own, so that trying again is safe.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any

from twinpane.client import told
from twinpane.client.call import Call, Listing, Page, itself, nothing
from twinpane.client.models import (
    AccountSettings,
    AuditEntry,
    BrandingWanted,
    PermissionsWanted,
    ProxySession,
    Session,
    SettingsWanted,
    Usage,
    ViewerToken,
    Visitor,
    WatchUrl,
    Webhook,
)

PAGE_SIZE = 100
VISITOR, SESSION, WEBHOOK = "/visitors/{short_id}", "/sessions/{session_id}", "/webhooks/{webhook_id}"
Given = Mapping[str, str | int | float | bool]


def usage() -> Call[Usage]:
    """Count visitors, agents and sessions (R10).

    >>> twinpane.usage().visitors.last_30_days
    1
    """
    return Call(method="GET", route="/usage", told=told.UsageTold, pick=attrgetter("usage"))


def visitors(search: str = "", *, page_size: int = PAGE_SIZE) -> Listing[Visitor]:
    """Go through the visitors that a search finds, newest first (R11, R40). Pages are fetched as they are needed.

    >>> [visitor.short_id for visitor in twinpane.visitors("ada #customer")]
    ['AAAA2222']
    """

    def page(cursor: str | None) -> Call[Page[Visitor]]:
        return Call(
            method="GET",
            route="/list",
            query={"search": search, "max_results": page_size, "cursor": cursor},
            told=told.VisitorsTold,
            pick=lambda found: Page(found.visitors, found.next_cursor),
        )

    return Listing(page)


def find_visitor(unique_id: str, *, online: bool | None = None) -> Call[Visitor | None]:
    """Find a visitor by your own ID: the newest, if they came with several browsers; None if nobody has it.

    Raises ValueError for an ID with a quotation mark, which a search cannot name.

    >>> twinpane.find_visitor("case-42").short_id
    'AAAA2222'
    >>> twinpane.find_visitor("case-43") is None
    True
    """
    if '"' in unique_id:
        raise ValueError("a unique ID with a quotation mark cannot be searched for")
    only = {None: "", True: " online", False: " -online"}[online]
    return Call(
        method="GET",
        route="/list",
        query={"search": f'id:"{unique_id}"{only}', "max_results": 1},
        told=told.VisitorsTold,
        pick=lambda found: next(iter(found.visitors), None),
    )


def visitor(short_id: str, *, with_history: bool = False) -> Call[Visitor]:
    """Show a visitor, with the newest 100 `pageviews` that the page had kept if wanted (R12). Raises NotFoundError.

    >>> twinpane.visitor("AAAA2222").identities
    ['Ada']
    """
    return Call(
        method="GET",
        route=VISITOR,
        places={"short_id": short_id},
        query={"with_history": "true" if with_history else None},
        told=told.VisitorTold,
        pick=attrgetter("visitor"),
    )


def watch_url(
    short_id: str,
    *,
    agent_id: str,
    agent_name: str,
    permissions: PermissionsWanted | None = None,
    branding: BrandingWanted | None = None,
    metadata: Given | None = None,
    webhook_url: str | None = None,
    initial_notes: str | None = None,
    language: str | None = None,
    idempotency_key: str | None = None,
) -> Call[WatchUrl]:
    """Start a session, or join the one that runs (R15): redirect the agent's browser to `watch_url` at once.

    `agent_id` and `agent_name` are in your own terms, 1 to 200 characters; `language` is a BCP 47 tag. A visitor who is
    offline is waited for. Raises NotFoundError, InvalidRequestError.

    >>> started = twinpane.watch_url("AAAA2222", agent_id="7", agent_name="Zoë", permissions={"allow_type": False})
    >>> "/watch/" in started.watch_url
    True
    """
    return Call(
        method="POST",
        route="/visitors/{short_id}/watch_url",
        places={"short_id": short_id},
        body={
            "agent": {"id": agent_id, "name": agent_name},
            "permissions": permissions,
            "branding": branding,
            "metadata": metadata,
            "webhook_url": webhook_url,
            "initial_notes": initial_notes,
            "language": language,
        },
        idempotency_key=idempotency_key,
        told=WatchUrl,
        pick=itself,
    )


def viewer_token(
    short_id: str,
    *,
    viewer_id: str,
    viewer_name: str,
    permissions: PermissionsWanted | None = None,
    branding: BrandingWanted | None = None,
    metadata: Given | None = None,
    webhook_url: str | None = None,
    language: str | None = None,
    idempotency_key: str | None = None,
) -> Call[ViewerToken]:
    """Start a session in a page of your own (R17): give its frame the address `{endpoint}/watch/{token}` within 60 s.

    `language` is a BCP 47 tag, for the viewer's words.

    >>> shown = twinpane.viewer_token("AAAA2222", viewer_id="7", viewer_name="Zoë", branding={"naked": True})
    >>> shown.short_id
    'AAAA2222'
    """
    return Call(
        method="POST",
        route="/visitors/{short_id}/viewer_token",
        places={"short_id": short_id},
        body={
            "viewer": {"id": viewer_id, "name": viewer_name},
            "permissions": permissions,
            "branding": branding,
            "metadata": metadata,
            "webhook_url": webhook_url,
            "language": language,
        },
        idempotency_key=idempotency_key,
        told=ViewerToken,
        pick=itself,
    )


def proxy_session(
    initial_url: str,
    *,
    unique_id: str | None = None,
    identities: Sequence[str] = (),
    tags: Sequence[str] = (),
    metadata: Given | None = None,
    allowed_hosts: Sequence[str] = (),
    expires_in_s: int | None = None,
    idempotency_key: str | None = None,
) -> Call[ProxySession]:
    """Open a site that does not carry the SDK (R18): redirect the visitor's browser to `url` at once.

    Never take `initial_url` from whoever asks. `allowed_hosts` are globs, none means any public host; `expires_in_s` is
    60 to 86,400, an hour if it is not said.

    >>> opened = twinpane.proxy_session("https://example.com/", unique_id="case-42", identities=["Ada"])
    >>> "/__tp/start" in opened.url
    True
    """
    return Call(
        method="POST",
        route="/proxy_sessions",
        body={
            "initial_url": initial_url,
            "unique_id": unique_id,
            "identities": identities,
            "tags": tags,
            "metadata": metadata,
            "allowed_hosts": allowed_hosts,
            "expires_in": expires_in_s,
        },
        idempotency_key=idempotency_key,
        told=ProxySession,
        pick=itself,
    )


def end_session_of(short_id: str) -> Call[None]:
    """End the visitor's session (R16); nothing if there is none. Raises NotFoundError for an unknown visitor.

    >>> twinpane.end_session_of("AAAA2222")
    """
    return Call(method="DELETE", route="/visitors/{short_id}/session", places={"short_id": short_id}, pick=nothing)


def sessions(
    *,
    visitor: str | None = None,
    agent: str | None = None,
    started_from: datetime | None = None,
    started_to: datetime | None = None,
    active: bool | None = None,
    page_size: int = PAGE_SIZE,
) -> Listing[Session]:
    """Go through sessions, newest first (R19): of a visitor by short ID, of an agent by your own ID, of a time.

    Times without a zone are UTC.

    >>> [session.agents[0].name for session in twinpane.sessions(visitor="AAAA2222")]
    ['Zoë']
    """
    query: dict[str, str | int | None] = {
        "visitor": visitor,
        "agent": agent,
        "from": None if started_from is None else started_from.isoformat(),
        "to": None if started_to is None else started_to.isoformat(),
        "active": None if active is None else str(active).lower(),
        "max_results": page_size,
    }

    def page(cursor: str | None) -> Call[Page[Session]]:
        return Call(
            method="GET",
            route="/sessions",
            query={**query, "cursor": cursor},
            told=told.SessionsTold,
            pick=lambda found: Page(found.sessions, found.next_cursor),
        )

    return Listing(page)


def session(session_id: str) -> Call[Session]:
    """Show a session (R19, R31). Raises NotFoundError.

    >>> twinpane.session(started.session_id).visitor_id
    'AAAA2222'
    """
    return Call(
        method="GET",
        route=SESSION,
        places={"session_id": session_id},
        told=told.SessionTold,
        pick=attrgetter("session"),
    )


def end_session(session_id: str) -> Call[None]:
    """End a session (R19); nothing if it has ended. Raises NotFoundError.

    >>> twinpane.end_session(started.session_id)
    """
    return Call(method="DELETE", route=SESSION, places={"session_id": session_id}, told=told.Done, pick=nothing)


def export_visitor(short_id: str) -> Call[dict[str, list[dict[str, Any]]]]:
    """All that is stored about a visitor, rows by table (R24). The key needs the scope `admin`. Raises NotFoundError.

    >>> twinpane.export_visitor("AAAA2222")["visitors"][0]["short_id"]
    'AAAA2222'
    """
    return Call(
        method="GET",
        route=VISITOR + "/export",
        places={"short_id": short_id},
        told=told.ExportTold,
        pick=attrgetter("stored"),
    )


def erase_visitor(short_id: str) -> Call[None]:
    """Erase a visitor and all that is stored about them (R13). The key needs the scope `admin`. Raises NotFoundError.

    >>> twinpane.erase_visitor("AAAA2222")
    """
    return Call(method="DELETE", route=VISITOR, places={"short_id": short_id}, told=told.Done, pick=nothing)


def erase_offline_visitors() -> Call[None]:
    """Erase everybody who is not online (R14), in the background. The key needs the scope `admin`.

    >>> twinpane.erase_offline_visitors()
    """
    return Call(method="DELETE", route="/visitors", query={"all": "true"}, told=told.Done, pick=nothing)


def make_webhook(url: str, *, events: Sequence[str] = (), idempotency_key: str | None = None) -> Call[Webhook]:
    """Have news delivered to an address of yours (R21); no events named means all. Needs the scope `admin`.

    Keep `secret`: it is told only here, and verifies deliveries with any Standard Webhooks library.

    >>> webhook = twinpane.make_webhook("https://shop.example/hook", events=["session.ended"])
    >>> webhook.secret.startswith("whsec_")
    True
    """
    return Call(
        method="POST",
        route="/webhooks",
        body={"url": url, "events": events},
        idempotency_key=idempotency_key,
        told=told.WebhookTold,
        pick=attrgetter("webhook"),
    )


def webhooks() -> Call[list[Webhook]]:
    """List the team's webhooks (R21). Needs the scope `admin`.

    >>> [webhook.url for webhook in twinpane.webhooks()]
    ['https://shop.example/hook']
    """
    return Call(method="GET", route="/webhooks", told=told.WebhooksTold, pick=attrgetter("webhooks"))


def remove_webhook(webhook_id: str) -> Call[None]:
    """Remove a webhook (R21); what waits for it is not delivered any more. Raises NotFoundError.

    >>> twinpane.remove_webhook(webhook.id)
    """
    return Call(method="DELETE", route=WEBHOOK, places={"webhook_id": webhook_id}, told=told.Done, pick=nothing)


def audit(*, page_size: int = PAGE_SIZE) -> Listing[AuditEntry]:
    """Go through the audit, newest first (R22). Needs the scope `admin`.

    >>> next(twinpane.audit()).did
    'POST /visitors/AAAA2222/watch_url'
    """

    def page(cursor: str | None) -> Call[Page[AuditEntry]]:
        return Call(
            method="GET",
            route="/audit",
            query={"max_results": page_size, "cursor": cursor},
            told=told.AuditTold,
            pick=lambda found: Page(found.entries, found.next_cursor),
        )

    return Listing(page)


def settings() -> Call[AccountSettings]:
    """Read the account's settings (R23). Needs the scope `admin`.

    >>> twinpane.settings().settings
    {'maskAll': True}
    """
    return Call(method="GET", route="/settings", told=AccountSettings, pick=itself)


def change_settings(
    changes: SettingsWanted | None = None, *, allowed_domains: Sequence[str] | None = None
) -> Call[AccountSettings]:
    """Change the account's settings by name, None takes one back; `allowed_domains` whole (R23). Needs `admin`.

    >>> twinpane.change_settings({"maskAll": True}, allowed_domains=["*.shop.example"]).allowed_domains
    ['*.shop.example']
    """
    return Call(
        method="PATCH",
        route="/settings",
        body={"settings": changes, "allowed_domains": allowed_domains},
        told=AccountSettings,
        pick=itself,
    )
