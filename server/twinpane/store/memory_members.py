"""Members, their log-ins and invitations, in memory."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import count
from typing import Any

from twinpane_protocol.console_answers import Role

from twinpane.errors import ConflictError
from twinpane.ports.members import Invitation, LogIn, Member


class MemoryMembers:
    """The part of the memory store behind the console's log-in; see `ports.members.MemberStore`."""

    def __init__(self) -> None:
        """Begin empty."""
        self._members: dict[int, Member] = {}
        self._log_ins: dict[bytes, LogIn] = {}
        self._invitations: dict[bytes, Invitation] = {}
        self._numbers = count(1)

    # ---- members ----

    async def add_member(self, member: Member) -> Member:
        """Keep a member; its id is given here. Raises ConflictError if the e-mail address is taken."""
        taken = (each.email == member.email or each.subject == member.subject is not None for each in self._all())
        if any(taken):
            raise ConflictError("There is a member with this e-mail address.")
        made = replace(member, id=next(self._numbers))
        self._members[made.id] = made
        return made

    async def members(self, team_id: int) -> list[Member]:
        """The members of a team, oldest first."""
        return [member for member in self._all() if member.team_id == team_id]

    async def member(self, team_id: int, member_id: int) -> Member | None:
        """One member."""
        member = self._members.get(member_id)
        return member if member is not None and member.team_id == team_id else None

    async def member_by_email(self, email: str) -> Member | None:
        """The member with this e-mail address, of whatever team."""
        return next((member for member in self._all() if member.email == email), None)

    async def member_by_subject(self, subject: str) -> Member | None:
        """The member with this issuer and subject, of whatever team."""
        return next((member for member in self._all() if member.subject == subject), None)

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
        given: dict[str, Any] = {
            "name": name,
            "role": role,
            "password_hash": password_hash,
            "subject": subject,
            "last_seen_at": last_seen_at,
        }
        member = self._members.get(member_id)
        if member is not None:
            changed = replace(member, **{column: value for column, value in given.items() if value is not None})
            self._keep(self._members | {member_id: changed}, member.team_id)

    async def remove_member(self, team_id: int, member_id: int) -> bool:
        """Forget a member with their log-ins and links; False if there is none."""
        if await self.member(team_id, member_id) is None:
            return False
        self._keep({id_: each for id_, each in self._members.items() if id_ != member_id}, team_id)
        await self.end_log_ins(member_id)
        self._invitations = {hash_: each for hash_, each in self._invitations.items() if each.member_id != member_id}
        return True

    def _all(self) -> list[Member]:
        return list(self._members.values())

    def _keep(self, members: dict[int, Member], team_id: int) -> None:
        if not any(each.role == "owner" for each in members.values() if each.team_id == team_id):
            raise ConflictError("The last owner stays: make somebody else an owner first.")
        self._members = members

    # ---- invitations ----

    async def add_invitation(self, invitation: Invitation) -> Invitation:
        """Keep an invitation; its id is given here."""
        now = invitation.created_at
        self._invitations = {hash_: each for hash_, each in self._invitations.items() if each.expires_at > now}
        made = self._invitations[invitation.token_hash] = replace(invitation, id=next(self._numbers))
        return made

    async def invitations(self, team_id: int, now: datetime) -> list[Invitation]:
        """Those that can still be used, oldest first."""
        return [each for each in self._invitations.values() if each.team_id == team_id and each.expires_at > now]

    async def invitation(self, token_hash: bytes, now: datetime) -> Invitation | None:
        """The invitation of a link, if it can still be used."""
        found = self._invitations.get(token_hash)
        return found if found is not None and found.expires_at > now else None

    async def use_invitation(self, token_hash: bytes, now: datetime) -> Invitation | None:
        """Take an invitation out, so that it is used once."""
        found = await self.invitation(token_hash, now)
        self._invitations.pop(token_hash, None)
        return found

    async def remove_invitation(self, team_id: int, invitation_id: int) -> bool:
        """Take an invitation back; False if there is none."""
        for token_hash, each in self._invitations.items():
            if each.id == invitation_id and each.team_id == team_id:
                del self._invitations[token_hash]
                return True
        return False

    # ---- log-ins ----

    async def add_log_in(self, log_in: LogIn) -> None:
        """Keep a log-in. Those that expired before it began are forgotten."""
        began_at = log_in.began_at
        self._log_ins = {hash_: each for hash_, each in self._log_ins.items() if each.expires_at > began_at}
        self._log_ins[log_in.secret_hash] = log_in
        await self.change_member(log_in.member_id, last_seen_at=began_at)

    async def log_in(self, secret_hash: bytes) -> tuple[LogIn, Member] | None:
        """A log-in and whose it is."""
        log_in = self._log_ins.get(secret_hash)
        member = self._members.get(log_in.member_id) if log_in is not None else None
        return (log_in, member) if log_in is not None and member is not None else None

    async def touch_log_in(self, secret_hash: bytes, now: datetime) -> None:
        """Note that a log-in was used, and its member seen."""
        log_in = self._log_ins.get(secret_hash)
        if log_in is not None:
            self._log_ins[secret_hash] = replace(log_in, used_at=now)
            await self.change_member(log_in.member_id, last_seen_at=now)

    async def end_log_in(self, secret_hash: bytes) -> None:
        """Forget a log-in."""
        self._log_ins.pop(secret_hash, None)

    async def end_log_ins(self, member_id: int, but: bytes | None = None) -> None:
        """Forget all log-ins of a member, but the one with this secret's hash."""
        self._log_ins = {
            hash_: each for hash_, each in self._log_ins.items() if each.member_id != member_id or hash_ == but
        }
