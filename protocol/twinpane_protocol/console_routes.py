"""The team console's HTTP routes under `/console/api`: one table with who may use each (docs/console-api.md)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct, field

from twinpane_protocol.console_answers import (
    AuditAnswer,
    InventoryAnswer,
    InvitationLook,
    Invited,
    KeyMade,
    KeysAnswer,
    LogInOptions,
    Me,
    MemberAnswer,
    Members,
    NoteAnswer,
    NotesAnswer,
    Nothing,
    Role,
    Scope,
    SessionAnswer,
    SessionsAnswer,
    SettingsAnswer,
    UsageAnswer,
    VisitorAnswer,
    VisitorsAnswer,
    Watch,
    WebhookMade,
    WebhooksAnswer,
)
from twinpane_protocol.console_oidc import OidcBackBody, OidcBegun
from twinpane_protocol.console_proxy import ProxyBody, ProxyLink
from twinpane_protocol.console_replay import ReplayLink

PREFIX = "/console/api"
MIN_PASSWORD = 12
MAX_PASSWORD = 200
MAX_NOTE = 5_000

Email = Annotated[str, Meta(min_length=3, max_length=254, pattern=r"^[^@\s]+@[^@\s]+$")]
Name = Annotated[str, Meta(min_length=1, max_length=200)]
Password = Annotated[str, Meta(min_length=MIN_PASSWORD, max_length=MAX_PASSWORD)]
GivenPassword = Annotated[str, Meta(max_length=MAX_PASSWORD)]
Token = Annotated[str, Meta(max_length=100)]
WebUrl = Annotated[str, Meta(max_length=2_000, pattern="^https?://")]
Count = Annotated[int, Meta(ge=1, le=500)]
Cursor = Annotated[str, Meta(max_length=200)]
Text = Annotated[str, Meta(max_length=500)]


# ---- log-in ----


class LogInBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """E-mail address and password."""

    email: Annotated[str, Meta(max_length=254)]
    password: GivenPassword


class TokenBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The secret of a one-time link: what follows `#` in `/console/join#TOKEN`."""

    token: Token


class JoinBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Use a one-time link. `email` and `name` count only where the invitation leaves them open."""

    token: Token
    password: Password
    name: Name | None = None
    email: Email | None = None


class MeBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a member changes of themselves."""

    name: Name


class PasswordBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A new password. All other log-ins of this member end."""

    current: GivenPassword
    password: Password


# ---- members ----


class InvitationBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whom to invite."""

    role: Role
    email: Email
    name: Name | None = None


class RoleBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A member's new role."""

    role: Role


# ---- visitors and sessions ----


class VisitorsQuery(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """R11, R40."""

    search: Text = ""
    max_results: Count = 50
    cursor: Cursor | None = None


class CodeBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Four digits; spaces do not count."""

    code: Annotated[str, Meta(max_length=20)]


class WatchBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How to watch. `permissions` by name; what is not named keeps its default."""

    permissions: dict[str, bool] = {}
    look: bool = False
    """Look into the session that runs: the picture alone, with no right to do anything. `permissions` do not count."""


class SessionsQuery(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """R19's filters. `from` and `to` are times of the start: ISO 8601, without a zone UTC."""

    visitor: Text | None = None
    agent: Text | None = None
    """`agent_identifier`; `member:ID` for a member."""
    from_: Text | None = field(default=None, name="from")
    to: Text | None = None
    active: bool | None = None
    max_results: Count = 50
    cursor: Cursor | None = None


class NoteBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A note; plain text."""

    text: Annotated[str, Meta(min_length=1, max_length=MAX_NOTE)]


# ---- what admins see to ----


class SettingsBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """R23: settings by name, null takes one back; domains whole, null leaves them."""

    settings: dict[str, Any] = {}
    allowed_domains: list[str] | None = None


class TeamBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the team is called."""

    name: Name


class KeyBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A new REST key."""

    name: Name
    scopes: Annotated[list[Scope], Meta(min_length=1, max_length=4)]


class WebhookBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """R21."""

    url: WebUrl
    events: Annotated[
        list[
            Literal[
                "session.requested",
                "session.started",
                "session.ended",
                "visitor.online",
                "visitor.offline",
                "recording.ready",
            ]
        ],
        Meta(max_length=20),
    ] = []


class AuditQuery(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """R22."""

    max_results: Count = 50
    cursor: Cursor | None = None


# ---- the table ----


@dataclass(frozen=True, slots=True)
class Route:
    """One route. `needs` is the least role; None: no log-in. `{…}` in the path is one part of it."""

    method: Literal["GET", "POST", "PATCH", "DELETE"]
    path: str
    needs: Role | None
    does: str
    answer: type[Struct] = Nothing
    body: type[Struct] = Nothing
    query: type[Struct] = Nothing

    @property
    def name(self) -> str:
        """Such as `GET /visitors/{short_id}`."""
        return f"{self.method} {self.path}"


ROUTES: tuple[Route, ...] = (
    Route("GET", "/log-in", None, "Tell how one can log in.", LogInOptions),
    Route("POST", "/log-in", None, "Log in; sets the cookie.", Me, LogInBody),
    Route("POST", "/log-in/oidc", None, "Begin to log in by the OpenID provider; sets a cookie.", OidcBegun),
    Route("POST", "/log-in/oidc/back", None, "Log in with what the provider sent back.", Me, OidcBackBody),
    Route("POST", "/log-out", "read-only", "Log out; takes the cookie away."),
    Route("POST", "/invitation", None, "Look at a one-time link without using it.", InvitationLook, TokenBody),
    Route("POST", "/join", None, "Use a one-time link: become a member, or set a new password.", Me, JoinBody),
    Route("GET", "/me", "read-only", "Tell who is logged in.", Me),
    Route("PATCH", "/me", "agent", "Change one's own name.", Me, MeBody),
    Route("POST", "/me/password", "read-only", "Change one's own password.", Me, PasswordBody),
    Route("GET", "/members", "read-only", "List the members.", Members),
    Route("PATCH", "/members/{member_id}", "admin", "Give a member another role.", MemberAnswer, RoleBody),
    Route("DELETE", "/members/{member_id}", "admin", "Remove a member; they are logged out at once."),
    Route("POST", "/members/{member_id}/link", "admin", "Make a link by which a member sets a new password.", Invited),
    Route("POST", "/invitations", "admin", "Invite somebody.", Invited, InvitationBody),
    Route("DELETE", "/invitations/{invitation_id}", "admin", "Take an invitation back."),
    Route("GET", "/visitors", "read-only", "Search visitors, online or not.", VisitorsAnswer, query=VisitorsQuery),
    Route("GET", "/visitors/{short_id}", "read-only", "Show a visitor with what they looked at.", VisitorAnswer),
    Route("DELETE", "/visitors/{short_id}", "admin", "Erase a visitor and all that is stored about them."),
    Route("POST", "/visitors/{short_id}/watch", "agent", "Start a session, or join the running one.", Watch, WatchBody),
    Route("POST", "/lookup", "agent", "Find the online visitor with a lookup code.", VisitorAnswer, CodeBody),
    Route("POST", "/proxy_sessions", "agent", "Make a link to a site without our script.", ProxyLink, ProxyBody),
    Route("GET", "/sessions", "read-only", "List sessions.", SessionsAnswer, query=SessionsQuery),
    Route("GET", "/sessions/{session_id}", "read-only", "Show a session.", SessionAnswer),
    Route("DELETE", "/sessions/{session_id}", "agent", "End a session, if it runs."),
    Route("POST", "/sessions/{session_id}/replay", "agent", "Make a link that shows a recorded session.", ReplayLink),
    Route("DELETE", "/sessions/{session_id}/recording", "admin", "Delete what was recorded of a session."),
    Route("GET", "/sessions/{session_id}/notes", "read-only", "List a session's notes.", NotesAnswer),
    Route("POST", "/sessions/{session_id}/notes", "agent", "Write a note about a session.", NoteAnswer, NoteBody),
    Route("GET", "/usage", "read-only", "Tell the team's figures.", UsageAnswer),
    Route("GET", "/settings", "read-only", "Read the account settings.", SettingsAnswer),
    Route("PATCH", "/settings", "admin", "Change the account settings.", SettingsAnswer, SettingsBody),
    Route("PATCH", "/team", "admin", "Rename the team.", Me, TeamBody),
    Route("GET", "/keys", "admin", "List the REST keys.", KeysAnswer),
    Route("POST", "/keys", "admin", "Make a REST key.", KeyMade, KeyBody),
    Route("DELETE", "/keys/{key_id}", "admin", "Revoke a REST key."),
    Route("GET", "/webhooks", "admin", "List the webhooks.", WebhooksAnswer),
    Route("POST", "/webhooks", "admin", "Make a webhook.", WebhookMade, WebhookBody),
    Route("DELETE", "/webhooks/{webhook_id}", "admin", "Remove a webhook."),
    Route("GET", "/audit", "admin", "Read the audit.", AuditAnswer, query=AuditQuery),
    Route("GET", "/data-inventory", "read-only", "Tell what is kept of whom, why and how long.", InventoryAnswer),
)
