"""What the API tells, as types. Times are aware datetimes in UTC.

Fields that a newer server adds are left out; words that it adds (`end_reason`, `device_type`) are let through.
A test compares every field with the server's OpenAPI document.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal, TypedDict

from msgspec import Struct

Values = dict[str, str | int | float | bool]


class Permissions(Struct, frozen=True, kw_only=True):
    """What the agents of a session may do."""

    allow_click: bool
    allow_scroll: bool
    allow_type: bool
    allow_draw: bool
    allow_agent_redirect: bool
    allow_audio: bool
    allow_console: bool
    allow_notes: bool
    allow_show_agent_screen: bool
    allow_request_visitor_screen: bool
    allow_confetti: bool
    hide_private_details: bool


class PermissionsWanted(TypedDict, total=False):
    """What an agent is to be allowed; what is not named keeps its default. The page's own settings are a ceiling."""

    allow_click: bool
    allow_scroll: bool
    allow_type: bool
    allow_draw: bool
    allow_agent_redirect: bool
    allow_audio: bool
    allow_console: bool
    allow_notes: bool
    allow_show_agent_screen: bool
    allow_request_visitor_screen: bool
    allow_confetti: bool
    hide_private_details: bool


class BrandingWanted(TypedDict, total=False):
    """How the watch page looks and where it leads. Addresses are http or https; `color` is `#RGB` or `#RRGGBB`."""

    naked: bool | Literal["page_only"]
    retry_url: str
    on_end_url: str
    logo_url: str
    color: str


class SettingsWanted(TypedDict, total=False):
    """Account settings to change, by the names of `init`'s options; None takes one back."""

    autoconnect: bool | None
    disconnectAfterSeconds: float | None
    requireAuthorizationForSession: bool | None
    requireControlRequest: bool | None
    authorizationPromptTitle: str | None
    authorizationPromptMessage: str | None
    endOfScreenshareMessage: str | None
    translationsYes: str | None
    translationsNo: str | None
    translationsOk: str | None
    translationsStopSession: str | None
    showTerminateButton: bool | None
    showUpscopeLink: bool | None
    allowRemoteClick: bool | None
    allowRemoteScroll: bool | None
    allowRemoteType: bool | None
    allowAgentRedirect: bool | None
    allowRemoteConsole: bool | None
    maskedElements: list[str] | None
    unmaskedElements: list[str] | None
    maskAll: bool | None
    maskedParameters: list[str] | None
    noRemoteElements: list[str] | None
    parentOrigins: list[str] | None
    enableCanvases: bool | None
    drawingsTtlMs: int | None
    cursorColor: str | None
    proxyAssets: list[str] | None
    enableLookupCodeOnKey: bool | None
    lookupCodeKey: int | None
    lookupCodeKeyRepetitions: int | None
    injectLookupCodeButton: bool | None
    lookupCodeElement: str | None
    recordSessions: bool | None


class Agent(Struct, frozen=True, kw_only=True):
    """An agent's seat in a session. `agent_identifier` is your own ID of the agent."""

    id: str
    name: str
    agent_identifier: str
    joined_at: datetime | None
    left_at: datetime | None


class Recorded(Struct, frozen=True, kw_only=True, tag_field="_type", tag="recording"):
    """What was recorded of a session (R20). Not `is_whole`: it stopped at its bound of 100 MB."""

    session_id: str
    started_at: datetime
    length_seconds: int
    size_bytes: int
    is_whole: bool


class Recording(Recorded, frozen=True, kw_only=True, tag_field="_type", tag="recording"):
    """What was recorded, with a link that shows it until `expires_at` to whoever has it."""

    replay_url: str
    expires_at: datetime


class Session(Struct, frozen=True, kw_only=True, tag_field="_type", tag="session"):
    """A session (R31). `end_reason` is one of
    `visitor_stopped agent_stopped timeout rejected error erased`, or None while it lasts."""

    id: str
    visitor_id: str
    started_at: datetime
    ended_at: datetime | None
    went_live: bool
    end_reason: str | None
    length_seconds: int
    formatted_length: str
    features_used: list[str]
    agents: list[Agent]
    metadata: Values
    permissions: Permissions
    recording: Recorded | None


class PageView(Struct, frozen=True, kw_only=True):
    """A page that the visitor looked at."""

    url: str
    title: str
    viewed_at: datetime


class Visitor(Struct, frozen=True, kw_only=True, tag_field="_type", tag="visitor"):
    """A visitor (R30). `short_id` is Twinpane's and stays with the browser; `unique_id` is your own.

    `device_type` is one of `desktop mobile tablet console smarttv wearable embedded`, or None.
    """

    short_id: str
    unique_id: str | None
    identities: list[str]
    tags: list[str]
    email: str | None
    integration_ids: list[str]
    integration: str | None
    lookup_code: str | None
    is_online: bool
    is_in_session: bool
    is_supported: bool
    is_waiting_for_call: bool
    js_configuration: Any
    added_at: datetime
    first_seen_at: datetime
    last_seen_at: datetime
    last_url: str | None
    last_title: str | None
    browser_name: str | None
    device_name: str | None
    device_type: str | None
    ip_address: str | None
    location_city: str | None
    location_country: str | None
    location_country_name: str | None
    call_name: str | None
    metadata: Values
    api_key: str
    watch_link: str
    sessions: list[Session]
    pageviews: list[PageView] | None = None


class WatchUrl(Struct, frozen=True, kw_only=True):
    """A session begun (R15). Send the agent's browser to `watch_url` at once: it opens once and must not be stored."""

    watch_url: str
    session_id: str
    expires_at: datetime
    webhook_secret: str | None = None


class ViewerToken(Struct, frozen=True, kw_only=True):
    """A session begun for a frame of your own (R17), which opens `{endpoint}/watch/{token}` once, within 60 s."""

    token: str
    endpoint: str
    region: str
    short_id: str
    session_id: str
    expires_at: datetime
    webhook_secret: str | None = None


class ProxySession(Struct, frozen=True, kw_only=True):
    """A site opened through the proxy (R18). Send the visitor's browser to `url` at once: it opens once."""

    url: str
    proxy_session_id: str
    expires_at: datetime


class AccountSettings(Struct, frozen=True, kw_only=True):
    """What the team has set (R23); `settings` by the names of `init`'s options."""

    settings: dict[str, Any]
    allowed_domains: list[str]


class VisitorFigures(Struct, frozen=True, kw_only=True):
    """How many visitors."""

    online_now: int
    last_24_hrs: int
    last_30_days: int


class PeriodFigures(Struct, frozen=True, kw_only=True):
    """How many agents, or seconds of sessions."""

    today: int
    last_30_days: int


class SessionFigures(Struct, frozen=True, kw_only=True):
    """How many sessions."""

    now: int
    today: int
    last_30_days: int


class Usage(Struct, frozen=True, kw_only=True):
    """Figures of the team (R10)."""

    visitors: VisitorFigures
    agents: PeriodFigures
    session_counts: SessionFigures
    session_seconds: PeriodFigures


class Webhook(Struct, frozen=True, kw_only=True, tag_field="_type", tag="webhook"):
    """Where news is delivered (R21). `secret`, told once when it is made, verifies the deliveries' signatures."""

    id: str
    url: str
    events: list[str]
    created_at: datetime
    secret: str | None = None


class AuditEntry(Struct, frozen=True, kw_only=True, tag_field="_type", tag="audit_entry"):
    """One line of the audit (R22)."""

    id: int
    at: datetime
    who: str
    did: str
    ip_address: str | None
    hash: str
