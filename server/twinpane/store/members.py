"""Members, their log-ins and invitations, in SQL."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection
from twinpane_protocol.console_answers import Role

from twinpane.errors import ConflictError
from twinpane.ports.members import Invitation, LogIn, Member
from twinpane.store.database import Database
from twinpane.store.tables import invitations, log_ins, members, teams


class Members:
    """The part of the SQL store behind the console's log-in; see `ports.members.MemberStore`."""

    _database: Database

    # ---- members ----

    async def add_member(self, member: Member) -> Member:
        """Keep a member; its id is given here. Raises ConflictError if the e-mail address is taken."""
        try:
            async with self._database.writing() as connection:
                made = await connection.execute(insert(members).values(_columns(member)).returning(*members.c))
                return Member(**made.one()._mapping)
        except IntegrityError as error:
            raise ConflictError("There is a member with this e-mail address.") from error

    async def members(self, team_id: int) -> list[Member]:
        """The members of a team, oldest first."""
        theirs = select(members).where(members.c.team_id == team_id).order_by(members.c.id)
        return [Member(**row._mapping) for row in await self._database.rows(theirs)]

    async def member(self, team_id: int, member_id: int) -> Member | None:
        """One member."""
        return await self._member(select(members).where(members.c.team_id == team_id, members.c.id == member_id))

    async def member_by_email(self, email: str) -> Member | None:
        """The member with this e-mail address, of whatever team."""
        return await self._member(select(members).where(members.c.email == email))

    async def member_by_subject(self, subject: str) -> Member | None:
        """The member with this issuer and subject, of whatever team."""
        return await self._member(select(members).where(members.c.subject == subject))

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
        given = {
            "name": name,
            "role": role,
            "password_hash": password_hash,
            "subject": subject,
            "last_seen_at": last_seen_at,
        }
        changes = {column: value for column, value in given.items() if value is not None}
        if not changes:
            return
        changing = update(members).where(members.c.id == member_id).values(changes).returning(members.c.team_id)
        async with self._database.writing() as connection:
            team_id = (await connection.execute(changing)).scalar_one_or_none()
            if team_id is not None and role is not None:
                await _require_owner(connection, team_id)

    async def remove_member(self, team_id: int, member_id: int) -> bool:
        """Forget a member with their log-ins and links; False if there is none."""
        mine = (members.c.id == member_id) & (members.c.team_id == team_id)
        async with self._database.writing() as connection:
            if (await connection.execute(select(members.c.id).where(mine))).first() is None:
                return False
            await connection.execute(delete(log_ins).where(log_ins.c.member_id == member_id))
            await connection.execute(delete(invitations).where(invitations.c.member_id == member_id))
            await connection.execute(delete(members).where(mine))
            await _require_owner(connection, team_id)
            return True

    async def _member(self, found: Select[Any]) -> Member | None:
        rows = await self._database.rows(found)
        return Member(**rows[0]._mapping) if rows else None

    # ---- invitations ----

    async def add_invitation(self, invitation: Invitation) -> Invitation:
        """Keep an invitation; its id is given here."""
        adding = insert(invitations).values(_columns(invitation)).returning(*invitations.c)
        async with self._database.writing() as connection:
            await connection.execute(delete(invitations).where(invitations.c.expires_at <= invitation.created_at))
            return _invitation_of((await connection.execute(adding)).one())

    async def invitations(self, team_id: int, now: datetime) -> list[Invitation]:
        """Those that can still be used, oldest first."""
        usable = (invitations.c.team_id == team_id) & (invitations.c.expires_at > now)
        found = select(invitations).where(usable).order_by(invitations.c.id)
        return [_invitation_of(row) for row in await self._database.rows(found)]

    async def invitation(self, token_hash: bytes, now: datetime) -> Invitation | None:
        """The invitation of a link, if it can still be used."""
        usable = (invitations.c.token_hash == token_hash) & (invitations.c.expires_at > now)
        rows = await self._database.rows(select(invitations).where(usable))
        return _invitation_of(rows[0]) if rows else None

    async def use_invitation(self, token_hash: bytes, now: datetime) -> Invitation | None:
        """Take an invitation out, in one statement, so that it is used once."""
        usable = (invitations.c.token_hash == token_hash) & (invitations.c.expires_at > now)
        async with self._database.writing() as connection:
            taken = await connection.execute(delete(invitations).where(usable).returning(*invitations.c))
            row = taken.one_or_none()
            return _invitation_of(row) if row else None

    async def remove_invitation(self, team_id: int, invitation_id: int) -> bool:
        """Take an invitation back; False if there is none."""
        mine = (invitations.c.id == invitation_id) & (invitations.c.team_id == team_id)
        async with self._database.writing() as connection:
            return (await connection.execute(delete(invitations).where(mine))).rowcount == 1

    # ---- log-ins ----

    async def add_log_in(self, log_in: LogIn) -> None:
        """Keep a log-in. Those that expired before it began are forgotten."""
        async with self._database.writing() as connection:
            await connection.execute(delete(log_ins).where(log_ins.c.expires_at <= log_in.began_at))
            await connection.execute(insert(log_ins).values(asdict(log_in)))
            seen = update(members).where(members.c.id == log_in.member_id)
            await connection.execute(seen.values(last_seen_at=log_in.began_at))

    async def log_in(self, secret_hash: bytes) -> tuple[LogIn, Member] | None:
        """A log-in and whose it is."""
        mine = select(log_ins).where(log_ins.c.secret_hash == secret_hash)

        def look(connection: Any) -> tuple[LogIn, Member] | None:
            row = connection.execute(mine).one_or_none()
            if row is None:
                return None
            whose = connection.execute(select(members).where(members.c.id == row.member_id)).one_or_none()
            return (LogIn(**row._mapping), Member(**whose._mapping)) if whose is not None else None

        return await self._database.read(look)

    async def touch_log_in(self, secret_hash: bytes, now: datetime) -> None:
        """Note that a log-in was used, and its member seen."""
        touching = update(log_ins).where(log_ins.c.secret_hash == secret_hash).values(used_at=now)
        async with self._database.writing() as connection:
            member_id = (await connection.execute(touching.returning(log_ins.c.member_id))).scalar_one_or_none()
            await connection.execute(update(members).where(members.c.id == member_id).values(last_seen_at=now))

    async def end_log_in(self, secret_hash: bytes) -> None:
        """Forget a log-in."""
        async with self._database.writing() as connection:
            await connection.execute(delete(log_ins).where(log_ins.c.secret_hash == secret_hash))

    async def end_log_ins(self, member_id: int, but: bytes | None = None) -> None:
        """Forget all log-ins of a member, but the one with this secret's hash."""
        others = log_ins.c.member_id == member_id
        if but is not None:
            others &= log_ins.c.secret_hash != but
        async with self._database.writing() as connection:
            await connection.execute(delete(log_ins).where(others))


async def _require_owner(connection: AsyncConnection, team_id: int) -> None:
    """Raise ConflictError, which undoes what was written, if a team has no owner any more."""
    # One after another: two owners who remove each other at once must not both succeed.
    await connection.execute(select(teams.c.id).where(teams.c.id == team_id).with_for_update(key_share=True))
    owners = select(func.count()).where(members.c.team_id == team_id, members.c.role == "owner")
    if not (await connection.execute(owners)).scalar_one():
        raise ConflictError("The last owner stays: make somebody else an owner first.")


def _invitation_of(row: Row[Any]) -> Invitation:
    return Invitation(**row._mapping)


def _columns(record: Member | Invitation) -> dict[str, Any]:
    """The columns of a record that is new, so that it has no id yet."""
    return {name: value for name, value in asdict(record).items() if name != "id"}
