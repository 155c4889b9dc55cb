"""What the team console's routes answer. Every success also has `"status": "ok"` (R3)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct, field

from twinpane_protocol.settings import AccountSettings
from twinpane_protocol.shared import EndReason, Permissions

Role = Literal["owner", "admin", "agent", "read-only"]
"""Each may do all that the ones after it may. Only owners make, change and remove owners."""
ROLES: tuple[Role, ...] = ("owner", "admin", "agent", "read-only")

Time = Annotated[str, Meta(description="ISO 8601, UTC, with milliseconds: 2026-11-22T14:50:00.123Z")]
DeviceType = Literal["desktop", "mobile", "tablet", "console", "smarttv", "wearable", "embedded"]
Value = str | float | bool
Scope = Literal["read", "sessions", "proxy", "admin"]


class Nothing(Struct, frozen=True, forbid_unknown_fields=True):
    """No fields."""


# ---- people ----


class Member(Struct, frozen=True, kw_only=True):
    """A person of the team who can log in."""

    id: int
    email: str
    name: str
    role: Role
    has_password: bool
    """False: logs in by the team's OpenID provider only."""
    added_at: Time
    last_seen_at: Time | None


class Invitation(Struct, frozen=True, kw_only=True):
    """A one-time link that waits to be opened. Its secret is told only when it is made."""

    id: int
    role: Role
    email: str | None
    """None: whoever opens the link says which."""
    name: str | None
    member_id: int | None
    """Set: the link gives this member a new password instead of making a member."""
    invited_by: str
    created_at: Time
    expires_at: Time


class TeamTold(Struct, frozen=True, kw_only=True):
    """The team whose console this is."""

    name: str
    public_key: str
    logo: str | None = None
    """Path of the team's logo at our address."""


class Me(Struct, frozen=True, kw_only=True):
    """Who is logged in here."""

    member: Member
    team: TeamTold
    address: str
    """Of this server, such as https://HOST: for snippets and links."""
    version: str
    expires_at: Time
    """When this log-in ends at the latest. Without use it ends after a day."""


# ---- visitors and sessions, as the REST API tells of them (R30, R31) ----


class SessionAgent(Struct, frozen=True, kw_only=True):
    """An agent's seat in a session."""

    id: str
    name: str
    agent_identifier: str
    """`member:ID` for members who began in the console; else as the integrator gave it."""
    joined_at: Time | None
    left_at: Time | None


class SessionTold(Struct, frozen=True, kw_only=True):
    """R31."""

    type_: Literal["session"] = field(name="_type")
    id: str
    visitor_id: str
    started_at: Time
    ended_at: Time | None
    went_live: bool
    end_reason: EndReason | None
    length_seconds: int
    formatted_length: str
    features_used: list[str]
    agents: list[SessionAgent]
    metadata: dict[str, Value]
    permissions: Permissions
    recording: dict[str, Any] | None
    """R20: what was recorded."""


class PageView(Struct, frozen=True, kw_only=True):
    """A page that the visitor looked at."""

    url: str
    title: str
    viewed_at: Time


class VisitorTold(Struct, frozen=True, kw_only=True):
    """R30. `pageviews`, newest first, only where one visitor is shown."""

    type_: Literal["visitor"] = field(name="_type")
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
    added_at: Time
    first_seen_at: Time
    last_seen_at: Time
    last_url: str | None
    last_title: str | None
    browser_name: str | None
    device_name: str | None
    device_type: DeviceType | None
    ip_address: str | None
    location_city: str | None
    location_country: str | None
    location_country_name: str | None
    call_name: str | None
    metadata: dict[str, Value]
    api_key: str
    watch_link: str
    sessions: list[SessionTold]
    pageviews: list[PageView] | None = None


# ---- log-in and members ----


class OidcOption(Struct, frozen=True, kw_only=True):
    """The team's OpenID provider."""

    name: str
    """For the button: "Log in with NAME"."""


class LogInOptions(Struct, frozen=True, kw_only=True):
    """How one can log in."""

    has_members: bool
    """False: nobody has joined yet. The server printed a one-time link when it started."""
    oidc: OidcOption | None


class InvitationLook(Struct, frozen=True, kw_only=True):
    """What the page behind a one-time link shows before it is used."""

    team_name: str
    role: Role
    email: str | None
    name: str | None
    renews_password: bool
    """The link gives a member a new password; ask for nothing else."""


class Members(Struct, frozen=True, kw_only=True):
    """The team. `invitations` only for those who may invite."""

    members: list[Member]
    invitations: list[Invitation]


class Invited(Struct, frozen=True, kw_only=True):
    """A one-time link, told only here."""

    invitation: Invitation
    link: str


class MemberAnswer(Struct, frozen=True, kw_only=True):
    """One member."""

    member: Member


# ---- lists ----


class VisitorsAnswer(Struct, frozen=True, kw_only=True):
    """Visitors, newest `last_seen_at` first."""

    visitors: list[VisitorTold]
    next_cursor: str | None = None


class VisitorAnswer(Struct, frozen=True, kw_only=True):
    """One visitor."""

    visitor: VisitorTold


class Watch(Struct, frozen=True, kw_only=True):
    """Open `watch_url` within 60 s; it opens once."""

    watch_url: str
    session_id: str
    expires_at: Time


class SessionsAnswer(Struct, frozen=True, kw_only=True):
    """Sessions, newest first."""

    sessions: list[SessionTold]
    next_cursor: str | None = None


class SessionAnswer(Struct, frozen=True, kw_only=True):
    """One session."""

    session: SessionTold


class Note(Struct, frozen=True, kw_only=True):
    """What an agent wrote about a session. It goes when the visitor is erased or expires."""

    id: int
    author: str
    text: str
    written_at: Time


class NotesAnswer(Struct, frozen=True, kw_only=True):
    """Notes, oldest first."""

    notes: list[Note]


class NoteAnswer(Struct, frozen=True, kw_only=True):
    """The note as it is kept."""

    note: Note


class VisitorFigures(Struct, frozen=True, kw_only=True):
    """R10."""

    online_now: int
    last_24_hrs: int
    last_30_days: int


class Figures(Struct, frozen=True, kw_only=True):
    """R10."""

    today: int
    last_30_days: int


class SessionFigures(Struct, frozen=True, kw_only=True):
    """R10."""

    now: int
    today: int
    last_30_days: int


class Usage(Struct, frozen=True, kw_only=True):
    """R10."""

    visitors: VisitorFigures
    agents: Figures
    session_counts: SessionFigures
    session_seconds: Figures


class UsageAnswer(Struct, frozen=True, kw_only=True):
    """The team's figures."""

    usage: Usage


# ---- what admins see to ----


class SettingsAnswer(Struct, frozen=True, kw_only=True):
    """R23: what the team has set; what it has not set is left out."""

    settings: AccountSettings
    allowed_domains: list[str]


class Key(Struct, frozen=True, kw_only=True):
    """A REST key without its secret."""

    id: int
    name: str
    scopes: list[Scope]
    created_at: Time
    last_used_at: Time | None
    revoked_at: Time | None


class KeysAnswer(Struct, frozen=True, kw_only=True):
    """All REST keys, oldest first, revoked ones too."""

    public_key: str
    keys: list[Key]


class KeyMade(Struct, frozen=True, kw_only=True):
    """The new key. `secret` is told only here."""

    key: Key
    secret: str


class WebhookTold(Struct, frozen=True, kw_only=True):
    """R21."""

    id: str
    url: str
    events: list[str]
    """Empty: all."""
    created_at: Time


class WebhooksAnswer(Struct, frozen=True, kw_only=True):
    """Webhooks, oldest first."""

    webhooks: list[WebhookTold]


class WebhookMade(Struct, frozen=True, kw_only=True):
    """The new webhook. `secret` signs its deliveries and is told only here."""

    webhook: WebhookTold
    secret: str


class AuditEntry(Struct, frozen=True, kw_only=True):
    """R22: a deed in the hash chain."""

    id: int
    at: Time
    who: str
    did: str
    ip_address: str | None
    hash: str


class KeptColumn(Struct, frozen=True, kw_only=True):
    """A column of a table."""

    name: str
    what: str
    whose: Literal["visitor", "agent", "member", "team", "server"]


class KeptPlace(Struct, frozen=True, kw_only=True):
    """A table of the database; without columns another place."""

    name: str
    what: str
    why: str
    how_long: str
    columns: list[KeptColumn]


class InventoryAnswer(Struct, frozen=True, kw_only=True):
    """All that is kept. `retention_days` 0: visitors stay until they are erased by hand."""

    places: list[KeptPlace]
    retention_days: int


class AuditAnswer(Struct, frozen=True, kw_only=True):
    """Deeds, newest first."""

    entries: list[AuditEntry]
    next_cursor: str | None = None
