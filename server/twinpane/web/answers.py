"""What the REST API answers, for the OpenAPI document (R5). A test compares it with what is really answered."""

from __future__ import annotations

from typing import Any, Literal

import msgspec
from pydantic import BaseModel, Field, create_model
from twinpane_protocol.settings import AccountSettings

from twinpane.access.permissions import PERMISSION_NAMES
from twinpane.ports.outbox import NewsType

SETTINGS_SCHEMA: dict[str, Any] = msgspec.json.schema_components([AccountSettings])[1]["AccountSettings"]
Values = dict[str, str | float | bool]
TIME = "2026-11-22T14:50:00.123Z"


class Problem(BaseModel):
    """A failure (R3)."""

    status: Literal["error"]
    error: str = Field(examples=["not_found"])
    message: str = Field(examples=["There is no such visitor."])
    fields: dict[str, str] | None = None


class Done(BaseModel):
    """A success with nothing to tell."""

    status: Literal["ok"]


class Agent(BaseModel):
    """An agent's seat in a session."""

    id: str
    name: str
    agent_identifier: str
    joined_at: str | None
    left_at: str | None


GivenPermissions = create_model(
    "GivenPermissions",
    **dict.fromkeys(PERMISSION_NAMES, (bool, ...)),  # type: ignore[call-overload]
)


class Recorded(BaseModel):
    """R20: what was recorded of a session that has ended."""

    type_: Literal["recording"] = Field(alias="_type")
    session_id: str
    started_at: str = Field(examples=[TIME])
    length_seconds: int
    size_bytes: int
    is_whole: bool
    """False: it stopped at its bound of 100 MB."""


class Session(BaseModel):
    """R31."""

    type_: Literal["session"] = Field(alias="_type")
    id: str
    visitor_id: str
    started_at: str = Field(examples=[TIME])
    ended_at: str | None
    went_live: bool
    end_reason: Literal["visitor_stopped", "agent_stopped", "timeout", "rejected", "error", "erased"] | None
    length_seconds: int
    formatted_length: str = Field(examples=["4:05"])
    features_used: list[str]
    agents: list[Agent]
    metadata: Values
    permissions: GivenPermissions  # type: ignore[valid-type]
    recording: Recorded | None


class PageView(BaseModel):
    """A page that the visitor looked at (R12)."""

    url: str
    title: str
    viewed_at: str = Field(examples=[TIME])


class Visitor(BaseModel):
    """R30."""

    type_: Literal["visitor"] = Field(alias="_type")
    short_id: str = Field(examples=["K7QM2XPA"])
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
    added_at: str
    first_seen_at: str
    last_seen_at: str = Field(examples=[TIME])
    last_url: str | None
    last_title: str | None
    browser_name: str | None
    device_name: str | None
    device_type: Literal["desktop", "mobile", "tablet", "console", "smarttv", "wearable", "embedded"] | None
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
    """With `with_history=true`, newest first."""


class VisitorTold(Done):
    """R12."""

    visitor: Visitor


class VisitorsTold(Done):
    """R11."""

    visitors: list[Visitor]
    next_cursor: str | None = None


class SessionTold(Done):
    """R19."""

    session: Session


class SessionsTold(Done):
    """R19."""

    sessions: list[Session]
    next_cursor: str | None = None


class Recording(Recorded):
    """R20, with a link that shows it."""

    replay_url: str
    expires_at: str = Field(examples=[TIME])


class RecordingTold(Done):
    """R20."""

    recording: Recording


class VisitorFigures(BaseModel):
    """R10."""

    online_now: int
    last_24_hrs: int
    last_30_days: int


class AgentFigures(BaseModel):
    """R10, also of seconds."""

    today: int
    last_30_days: int


class SessionFigures(AgentFigures):
    """R10."""

    now: int


class Figures(BaseModel):
    """R10."""

    visitors: VisitorFigures
    agents: AgentFigures
    session_counts: SessionFigures
    session_seconds: AgentFigures


class UsageTold(Done):
    """R10."""

    usage: Figures


class WatchUrlTold(Done):
    """R15."""

    watch_url: str
    session_id: str
    expires_at: str = Field(examples=[TIME])
    webhook_secret: str | None = None


class ViewerTokenTold(Done):
    """R17."""

    token: str
    endpoint: str
    region: str
    short_id: str
    session_id: str
    expires_at: str = Field(examples=[TIME])
    webhook_secret: str | None = None


class ProxySessionTold(Done):
    """R18."""

    url: str
    proxy_session_id: str
    expires_at: str = Field(examples=[TIME])


class Webhook(BaseModel):
    """R21; `secret` is told when it is made."""

    type_: Literal["webhook"] = Field(alias="_type")
    id: str
    url: str
    events: list[NewsType]
    created_at: str = Field(examples=[TIME])
    secret: str | None = None


class WebhookTold(Done):
    """R21."""

    webhook: Webhook


class WebhooksTold(Done):
    """R21."""

    webhooks: list[Webhook]


class ExportTold(Done):
    """R24: rows by table."""

    stored: dict[str, list[dict[str, Any]]]


class SettingsTold(Done):
    """R23; `settings` has what the team has set."""

    settings: dict[str, Any] = Field(json_schema_extra=SETTINGS_SCHEMA)
    allowed_domains: list[str]


class AuditEntry(BaseModel):
    """R22."""

    type_: Literal["audit_entry"] = Field(alias="_type")
    id: int
    at: str = Field(examples=[TIME])
    who: str
    did: str
    ip_address: str | None
    hash: str


class AuditTold(Done):
    """R22."""

    entries: list[AuditEntry]
    next_cursor: str | None = None
