"""Remember who of the team may log in to its console."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from twinpane_protocol.console_answers import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person of a team."""

    id: int
    team_id: int
    email: str
    """In lower case; one member of all teams has it."""
    name: str
    role: Role
    added_at: datetime
    password_hash: str | None = None
    """Argon2id, with its salt and cost in it; None: cannot log in by password."""
    subject: str | None = None
    """Issuer and subject at the OpenID provider."""
    last_seen_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LogIn:
    """One browser in which a member is logged in. Its secret is in the cookie, here is its SHA-256."""

    secret_hash: bytes
    member_id: int
    began_at: datetime
    used_at: datetime
    expires_at: datetime
    address: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """A one-time link that was not used yet. Its secret is in the link, here is its SHA-256."""

    id: int = 0
    """Given by the store."""
    team_id: int
    token_hash: bytes
    role: Role
    invited_by: str
    created_at: datetime
    expires_at: datetime
    email: str | None = None
    name: str | None = None
    member_id: int | None = None
    """Set: gives this member a new password."""


class MemberStore(Protocol):
    """The part of the store behind the console's log-in."""

    async def add_member(self, member: Member) -> Member:
        """Keep a member; its id is given here. Raises ConflictError if the e-mail address is taken."""

    async def members(self, team_id: int) -> list[Member]:
        """The members of a team, oldest first."""

    async def member(self, team_id: int, member_id: int) -> Member | None:
        """One member."""

    async def member_by_email(self, email: str) -> Member | None:
        """The member with this e-mail address, of whatever team."""

    async def member_by_subject(self, subject: str) -> Member | None:
        """The member with this issuer and subject, of whatever team."""

    async def change_member(
        self,
        member_id: int,
        *,
        name: str | None = None,
        role: Role | None = None,
        password_hash: str | None = None,
        subject: str | None = None,
        last_seen_at: datetime | None = None,
    ) -> None:
        """Set what is given; None leaves. Raises ConflictError if the team were left without an owner."""

    async def remove_member(self, team_id: int, member_id: int) -> bool:
        """Forget a member with their log-ins and links; False if there is none.

        Raises ConflictError if the team were left without an owner.
        """

    async def add_invitation(self, invitation: Invitation) -> Invitation:
        """Keep an invitation; its id is given here. Those that expired before it was made are forgotten."""

    async def invitations(self, team_id: int, now: datetime) -> list[Invitation]:
        """Those that can still be used, oldest first."""

    async def invitation(self, token_hash: bytes, now: datetime) -> Invitation | None:
        """The invitation of a link, if it can still be used."""

    async def use_invitation(self, token_hash: bytes, now: datetime) -> Invitation | None:
        """Take an invitation out, in one statement, so that it is used once; None if unknown, used or expired."""

    async def remove_invitation(self, team_id: int, invitation_id: int) -> bool:
        """Take an invitation back; False if there is none."""

    async def add_log_in(self, log_in: LogIn) -> None:
        """Keep a log-in. Those that expired before it began are forgotten."""

    async def log_in(self, secret_hash: bytes) -> tuple[LogIn, Member] | None:
        """A log-in and whose it is."""

    async def touch_log_in(self, secret_hash: bytes, now: datetime) -> None:
        """Note that a log-in was used, and its member seen."""

    async def end_log_in(self, secret_hash: bytes) -> None:
        """Forget a log-in."""

    async def end_log_ins(self, member_id: int, but: bytes | None = None) -> None:
        """Forget all log-ins of a member, but the one with this secret's hash."""
