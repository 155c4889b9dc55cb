"""What the store remembers. Times are aware UTC datetimes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from twinpane_protocol.settings import AccountSettings
from twinpane_protocol.shared import EndReason, Permissions

Scope = Literal["read", "sessions", "proxy", "admin"]


@dataclass(frozen=True, slots=True)
class Team:
    """An account: one public key, its settings. `allowed_domains` empty means any."""

    id: int
    public_key: str
    name: str
    allowed_domains: tuple[str, ...] = ()
    settings: AccountSettings = field(default_factory=AccountSettings)


@dataclass(frozen=True, slots=True)
class RestKey:
    """A secret REST key without its secret (R2)."""

    id: int
    team_id: int
    name: str
    scopes: frozenset[Scope]
    created_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None


@dataclass(slots=True, kw_only=True)
class Visitor:
    """One browser of one person (R30). Lists and metadata are replaced whole."""

    team_id: int
    short_id: str
    first_seen_at: datetime
    last_seen_at: datetime
    unique_id: str | None = None
    identities: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    integration_ids: list[str] = field(default_factory=list)
    metadata: dict[str, str | float | bool] = field(default_factory=dict)
    call_name: str | None = None
    agent_prompt: str | None = None
    last_url: str | None = None
    last_title: str | None = None
    user_agent: str | None = None
    ip_address: str | None = None
    location_city: str | None = None
    location_country: str | None = None
    """ISO 3166-1, two letters."""
    location_country_name: str | None = None
    is_online: bool = False
    is_in_session: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView:
    """A page that a visitor looked at, kept because their page asked for it (R12)."""

    url: str
    title: str
    viewed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitorChange:
    """What is new about a visitor; written in batches. `set` names columns of Visitor and their new values."""

    team_id: int
    short_id: str
    at: datetime
    set: dict[str, Any]


@dataclass(slots=True, kw_only=True)
class SessionRecord:
    """A session's row (R31); `agents` are its seats."""

    id: str
    team_id: int
    short_id: str
    started_at: datetime
    went_live_at: datetime | None = None
    ended_at: datetime | None = None
    end_reason: EndReason | None = None
    metadata: dict[str, str | float | bool] = field(default_factory=dict)
    permissions: Permissions = field(default_factory=Permissions)
    features_used: list[str] = field(default_factory=list)
    agents: list[Seat] = field(default_factory=list)
    state: dict[str, Any] | None = None
    """What goes on after a restart, as the live room keeps it (K1)."""
    kept_at: datetime | None = None
    """When it was last known to be alive."""
    is_recorded: bool = False
    """Whether its pictures are kept to be shown again, which the visitor is told (R20)."""
    recording: dict[str, Any] | None = None
    """What was recorded, once it has ended (`ports.recordings.Figures`); None: nothing, or nothing any more."""


@dataclass(slots=True, kw_only=True)
class Seat:
    """One agent's place in one session. Secrets are stored as SHA-256 only (R15a)."""

    id: str
    session_id: str
    agent_id: str
    """The integrator's id of the agent."""
    agent_name: str
    permissions: Permissions
    branding: dict[str, Any]
    token_hash: bytes
    """Of the one-time token in the watch URL."""
    expires_at: datetime
    """Until when the watch URL can be opened."""
    grant_hash: bytes | None = None
    """Of the secret given to the page that opened the watch URL."""
    opened_at: datetime | None = None
    joined_at: datetime | None = None
    left_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What somebody wrote about a session."""

    id: int
    session_id: str
    author: str
    text: str
    written_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """The integers of R10."""

    visitors_online_now: int
    visitors_last_24_hrs: int
    visitors_last_30_days: int
    agents_today: int
    agents_last_30_days: int
    sessions_now: int
    sessions_today: int
    sessions_last_30_days: int
    session_seconds_today: int
    session_seconds_last_30_days: int
