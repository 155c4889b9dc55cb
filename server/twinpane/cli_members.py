"""`twinpane members`: who may log in to the team console, also while the server runs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from twinpane.access.roles import read_role
from twinpane.actions.members import Invited, Inviter, change_role, invite, invite_first, remove_member, renew_password
from twinpane.actions.shapes import iso_time
from twinpane.cli_keys import with_store
from twinpane.cli_settings import AsJson, Data, settings_of
from twinpane.errors import NotFoundError
from twinpane.live.clock import RealChance, RealClock
from twinpane.ports.audit import Deed
from twinpane.ports.members import Member
from twinpane.ports.records import Team
from twinpane.store.sql import SqlStore

members = typer.Typer(help="Members of the team: who may log in to the console.", no_args_is_help=True)

Email = Annotated[str, typer.Argument(help="The member's e-mail address.")]
_BY = Inviter("command line")


@members.command(name="invite")
def invite_member(
    email: Annotated[str | None, typer.Argument(help="Whom to invite; left out: the first owner.")] = None,
    role: Annotated[str, typer.Option(help="owner, admin, agent or read-only.")] = "agent",
    name: Annotated[str | None, typer.Option(help="Their name; else they say it.")] = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Print a one-time link by which somebody joins, or a member sets a new password. It holds for a week.

    Without an address: the link for the first owner, which holds for a day; only while the team has no members.
    """

    async def work(store: SqlStore, team: Team) -> Invited:
        chance, now = RealChance(), RealClock().now()
        if email is None:
            invited = await invite_first(store, chance, team, now)
            if invited is None:
                raise NotFoundError("The team has members already: name an e-mail address.")
        elif (known := await store.member_by_email(email.strip().lower())) is not None:
            invited = await renew_password(store, chance, team, _BY, known.id, now)
        else:
            invited = await invite(store, chance, team, _BY, read_role(role), email, name, now)
        await _note(store, team, f"invite {email or 'the first owner'} as {invited.invitation.role}")
        return invited

    _, invited = with_store(data, work)
    told = {
        "link": invited.link(_address(data)),
        "role": invited.invitation.role,
        "email": invited.invitation.email,
        "expires_at": iso_time(invited.invitation.expires_at),
    }
    typer.echo(json.dumps(told) if as_json else told["link"])


@members.command(name="list")
def list_members(data: Data = None, as_json: AsJson = False) -> None:
    """List the members: e-mail address, role, name, when they were last here."""

    async def work(store: SqlStore, team: Team) -> list[Member]:
        return await store.members(team.id)

    _, found = with_store(data, work)
    if as_json:
        typer.echo(json.dumps([_told(member) for member in found]))
        return
    for member in found:
        seen = iso_time(member.last_seen_at) or "never"
        typer.echo("\t".join([member.email, member.role, _printable(member.name), seen]))


@members.command()
def role(
    email: Email,
    role: Annotated[str, typer.Argument(help="owner, admin, agent or read-only.")],
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Give a member another role, at once. The last owner stays one."""

    async def work(store: SqlStore, team: Team) -> Member:
        member = await change_role(store, team, _BY, (await _found(store, team, email)).id, read_role(role))
        await _note(store, team, f"make {member.email} {role}")
        return member

    _, member = with_store(data, work)
    typer.echo(json.dumps(_told(member)) if as_json else f"{member.email} is {member.role} now.")


@members.command()
def remove(email: Email, data: Data = None, as_json: AsJson = False) -> None:
    """Remove a member, who is logged out at once. The last owner stays."""

    async def work(store: SqlStore, team: Team) -> Member:
        member = await remove_member(store, team, _BY, (await _found(store, team, email)).id)
        await _note(store, team, f"remove {member.email}")
        return member

    _, member = with_store(data, work)
    typer.echo(json.dumps({"removed": member.email}) if as_json else f"{member.email} is removed.")


async def _found(store: SqlStore, team: Team, email: str) -> Member:
    member = await store.member_by_email(email.strip().lower())
    if member is None or member.team_id != team.id:
        raise NotFoundError("There is no member with this e-mail address.")
    return member


async def _note(store: SqlStore, team: Team, did: str) -> None:
    await store.add_deed(Deed(team_id=team.id, at=RealClock().now(), who="command line", did=did, address=None))


def _address(data: Path | None) -> str:
    settings = settings_of(data)
    return settings.public_url or f"http://{settings.host}:{settings.port}"


def _told(member: Member) -> dict[str, object]:
    return {
        "id": member.id,
        "email": member.email,
        "name": member.name,
        "role": member.role,
        "has_password": member.password_hash is not None,
        "added_at": iso_time(member.added_at),
        "last_seen_at": iso_time(member.last_seen_at),
    }


def _printable(text: str) -> str:
    return "".join(char if char.isprintable() else " " for char in text)
