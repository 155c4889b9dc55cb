"""Invite members, let them join, change and remove them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from twinpane_protocol.console_answers import Role

from twinpane.access.keys import hash_secret
from twinpane.access.log_ins import FIRST_LINK_LIFE, INVITATION_LIFE, fold_email, require_good_password
from twinpane.access.roles import require_rule_over
from twinpane.actions.passwords import Passwords
from twinpane.errors import ConflictError, ForbiddenError, InvalidRequestError, LinkGoneError, NotFoundError
from twinpane.ports.members import Invitation, Member
from twinpane.ports.records import Team
from twinpane.ports.store import Store
from twinpane.ports.world import Chance

JOIN_PATH = "/console/join"
_GONE = "This link has been used or has expired. Ask whoever sent it for a new one."


@dataclass(frozen=True, slots=True)
class Inviter:
    """Who invites. Whoever has the server's data folder may do what an owner may."""

    name: str
    role: Role = "owner"


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation and its secret, which is told only here."""

    invitation: Invitation
    token: str

    def link(self, address: str) -> str:
        """The one-time link at our address. What follows `#` is not sent, so no log has it."""
        return f"{address}{JOIN_PATH}#{self.token}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining:
    """What the page behind a one-time link sends."""

    token: str
    password: str
    name: str | None = None
    email: str | None = None


async def invite(
    store: Store, chance: Chance, team: Team, by: Inviter, role: Role, email: str, name: str | None, now: datetime
) -> Invited:
    """Make a one-time link for somebody new. Raises ForbiddenError, ConflictError if they are a member already."""
    require_rule_over(by.role, role)
    email = fold_email(email)
    if await store.member_by_email(email) is not None:
        raise ConflictError("There is a member with this e-mail address.")
    wanted = _invitation(team, by, role, now, INVITATION_LIFE)
    return await _kept(store, chance, replace(wanted, email=email, name=name))


async def invite_first(store: Store, chance: Chance, team: Team, now: datetime) -> Invited | None:
    """A link for the first owner, whoever opens it; None if the team has members. The link before it stops working."""
    if await store.members(team.id):
        return None
    for older in await store.invitations(team.id, now):
        if older.email is None:
            await store.remove_invitation(team.id, older.id)
    by = Inviter("first start")
    return await _kept(store, chance, _invitation(team, by, "owner", now, FIRST_LINK_LIFE))


async def renew_password(
    store: Store, chance: Chance, team: Team, by: Inviter, member_id: int, now: datetime
) -> Invited:
    """Make a one-time link by which a member sets a new password. Raises NotFoundError, ForbiddenError."""
    member = await found_member(store, team, member_id)
    require_rule_over(by.role, member.role)
    wanted = _invitation(team, by, member.role, now, INVITATION_LIFE)
    return await _kept(store, chance, replace(wanted, email=member.email, name=member.name, member_id=member.id))


async def look_at_invitation(store: Store, token: str, now: datetime) -> Invitation:
    """The invitation of a link, which is not used up. Raises LinkGoneError."""
    invitation = await store.invitation(hash_secret(token), now)
    if invitation is None:
        raise LinkGoneError(_GONE)
    return invitation


async def join(store: Store, passwords: Passwords, joining: Joining, now: datetime) -> Member:
    """Use a one-time link up: a new member, or one with a new password, whose log-ins all end.

    Raises LinkGoneError, InvalidRequestError, ConflictError.
    """
    invitation = await look_at_invitation(store, joining.token, now)
    email = invitation.email or fold_email(joining.email or "")
    name = (invitation.name or joining.name or "").strip()
    missing = {field: "is needed" for field, value in (("email", email), ("name", name)) if not value}
    if missing:
        raise InvalidRequestError("Some fields are missing.", fields=missing)
    require_good_password(joining.password, email, name)
    if invitation.member_id is None and await store.member_by_email(email) is not None:
        raise ConflictError("There is a member with this e-mail address.")
    password_hash = await passwords.hash(joining.password)
    used = await store.use_invitation(hash_secret(joining.token), now)
    if used is None:
        raise LinkGoneError(_GONE)
    if used.member_id is not None:
        return await _with_password(store, used, password_hash)
    return await store.add_member(
        Member(
            id=0,
            team_id=used.team_id,
            email=email,
            name=name,
            role=used.role,
            password_hash=password_hash,
            added_at=now,
        )
    )


async def change_role(store: Store, team: Team, by: Inviter, member_id: int, role: Role) -> Member:
    """Give a member another role. Raises NotFoundError, ForbiddenError, ConflictError for the last owner."""
    member = await found_member(store, team, member_id)
    require_rule_over(by.role, member.role, role)
    await store.change_member(member.id, role=role)
    return replace(member, role=role)


async def remove_member(store: Store, team: Team, by: Inviter, member_id: int) -> Member:
    """Remove a member, who is logged out at once. Raises as `change_role` does."""
    member = await found_member(store, team, member_id)
    require_rule_over(by.role, member.role)
    await store.remove_member(team.id, member.id)
    return member


async def take_invitation_back(store: Store, team: Team, by: Inviter, invitation_id: int, now: datetime) -> None:
    """Make a link stop working. Raises NotFoundError, ForbiddenError."""
    for invitation in await store.invitations(team.id, now):
        if invitation.id == invitation_id:
            require_rule_over(by.role, invitation.role)
            await store.remove_invitation(team.id, invitation_id)
            return
    raise NotFoundError("There is no such invitation.")


async def found_member(store: Store, team: Team, member_id: int) -> Member:
    """A member of the team. Raises NotFoundError."""
    member = await store.member(team.id, member_id)
    if member is None:
        raise NotFoundError("There is no such member.")
    return member


async def _with_password(store: Store, used: Invitation, password_hash: str) -> Member:
    assert used.member_id is not None  # noqa: S101 - asked before
    member = await store.member(used.team_id, used.member_id)
    if member is None:
        raise LinkGoneError(_GONE)
    if member.role != used.role:
        raise ForbiddenError("The member's role has changed since this link was made. Ask for a new one.")
    await store.change_member(member.id, password_hash=password_hash)
    await store.end_log_ins(member.id)
    return replace(member, password_hash=password_hash)


def _invitation(team: Team, by: Inviter, role: Role, now: datetime, life: timedelta) -> Invitation:
    return Invitation(
        team_id=team.id, token_hash=b"", role=role, invited_by=by.name, created_at=now, expires_at=now + life
    )


async def _kept(store: Store, chance: Chance, wanted: Invitation) -> Invited:
    token = chance.token()
    return Invited(await store.add_invitation(replace(wanted, token_hash=hash_secret(token))), token)
