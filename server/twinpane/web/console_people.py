"""The console's routes about people: log-in, oneself, members, invitations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from importlib.metadata import version

from twinpane_protocol import console_answers as told
from twinpane_protocol import console_routes as sent
from twinpane_protocol.console_oidc import OidcBackBody, OidcBegun

from twinpane.access.log_ins import begun_cookie_name
from twinpane.access.roles import reaches
from twinpane.actions import members as acting
from twinpane.actions.log_in import LoggedIn
from twinpane.actions.log_in_by_provider import ProviderLogIns, SentBack
from twinpane.actions.shapes import iso_time
from twinpane.errors import InvalidRequestError, NotFoundError, NotLoggedInError
from twinpane.ports.members import Invitation, Member
from twinpane.ports.records import Team
from twinpane.web.console_asked import Answer, Asked, Handler, agent_id_of
from twinpane.web.logo import logo_path


async def log_in_options(asked: Asked) -> Answer:
    """Tell how one can log in."""
    teams = await asked.web.store.teams()
    has_members = bool(teams and await asked.web.store.members(teams[0].id))
    provider = asked.web.provider_log_ins
    oidc = told.OidcOption(name=provider.name) if provider else None
    return Answer(content=told.LogInOptions(has_members=has_members, oidc=oidc))


async def log_in(asked: Asked) -> Answer:
    """Log in by e-mail address and password."""
    body = asked.body(sent.LogInBody)
    logged_in = await asked.web.log_ins.by_password(body.email, body.password, asked.place, asked.secret)
    return await _welcomed(asked, logged_in)


async def begin_at_provider(asked: Asked) -> Answer:
    """Begin to log in by the OpenID provider."""
    url, secret = await _provider(asked).begin(asked.address, asked.place)
    return Answer(content=OidcBegun(url=url), begun=secret)


async def back_from_provider(asked: Asked) -> Answer:
    """Log in with what the provider sent back."""
    body = asked.body(OidcBackBody)
    begun = asked.request.cookies.get(begun_cookie_name(asked.address))
    brought = SentBack(state=body.state, code=body.code, error=body.error)
    logged_in = await _provider(asked).finish(brought, begun, asked.address, asked.place, asked.secret)
    return replace(await _welcomed(asked, logged_in), begun="")


def _provider(asked: Asked) -> ProviderLogIns:
    if asked.web.provider_log_ins is None:
        raise NotFoundError("This server has no OpenID provider.")
    return asked.web.provider_log_ins


async def log_out(asked: Asked) -> Answer:
    """Log out."""
    await asked.web.log_ins.end(asked.secret or "")
    asked.web.live.consoles.look()
    return Answer(logged_out=True)


async def look_at_invitation(asked: Asked) -> Answer:
    """Look at a one-time link."""
    token = asked.body(sent.TokenBody).token
    invitation = await acting.look_at_invitation(asked.web.store, token, asked.web.clock.now())
    team = await asked.web.store.team(invitation.team_id)
    look = told.InvitationLook(
        team_name=team.name if team else "",
        role=invitation.role,
        email=invitation.email,
        name=invitation.name,
        renews_password=invitation.member_id is not None,
    )
    return Answer(content=look)


async def join(asked: Asked) -> Answer:
    """Use a one-time link; whoever joins is logged in."""
    body = asked.body(sent.JoinBody)
    joining = acting.Joining(token=body.token, password=body.password, name=body.name, email=body.email)
    web = asked.web
    member = await acting.join(web.store, web.log_ins.passwords, joining, web.clock.now())
    web.live.consoles.look()
    return await _welcomed(asked, await web.log_ins.begin(member, asked.place, asked.secret))


async def me(asked: Asked) -> Answer:
    """Tell who is logged in."""
    return Answer(content=_me(asked, asked.me, asked.team))


async def change_me(asked: Asked) -> Answer:
    """Change one's own name."""
    name = _shown(asked.body(sent.MeBody).name)
    await asked.web.store.change_member(asked.me.member.id, name=name)
    changed = replace(asked.me, member=replace(asked.me.member, name=name))
    return Answer(content=_me(asked, changed, asked.team))


async def change_password(asked: Asked) -> Answer:
    """Change one's own password."""
    body = asked.body(sent.PasswordBody)
    await asked.web.log_ins.change_password(asked.me, body.current, body.password)
    asked.web.live.consoles.look()
    return await me(asked)


async def rename_team(asked: Asked) -> Answer:
    """Rename the team."""
    name = _shown(asked.body(sent.TeamBody).name)
    team = await asked.web.store.change_team(asked.team.id, name=name)
    return Answer(content=_me(asked, asked.me, team or asked.team))


async def members(asked: Asked) -> Answer:
    """List the members, and to those who may invite the invitations."""
    store, team = asked.web.store, asked.team
    may_invite = reaches(asked.me.member.role, "admin")
    invitations = await store.invitations(team.id, asked.web.clock.now()) if may_invite else []
    content = told.Members(
        members=[_member(each) for each in await store.members(team.id)],
        invitations=[_invitation(each) for each in invitations],
    )
    return Answer(content=content)


async def change_role(asked: Asked) -> Answer:
    """Give a member another role; their open consoles end, and their windows too if they may no longer help."""
    role, member_id = asked.body(sent.RoleBody).role, asked.number("member_id")
    member = await acting.change_role(asked.web.store, asked.team, asked.inviter, member_id, role)
    asked.web.live.consoles.look()
    if not reaches(role, "agent"):
        asked.web.live.take_seats(asked.team.id, agent_id_of(member_id))
    return Answer(content=told.MemberAnswer(member=_member(member)))


async def remove_member(asked: Asked) -> Answer:
    """Remove a member, from their consoles and from the sessions that they watch."""
    member_id = asked.number("member_id")
    await acting.remove_member(asked.web.store, asked.team, asked.inviter, member_id)
    asked.web.live.consoles.look()
    asked.web.live.take_seats(asked.team.id, agent_id_of(member_id))
    return Answer()


async def renew_password(asked: Asked) -> Answer:
    """Make a link by which a member sets a new password."""
    web = asked.web
    invited = await acting.renew_password(
        web.store, web.chance, asked.team, asked.inviter, asked.number("member_id"), web.clock.now()
    )
    return _invited(asked, invited)


async def invite(asked: Asked) -> Answer:
    """Invite somebody."""
    body, web = asked.body(sent.InvitationBody), asked.web
    invited = await acting.invite(
        web.store, web.chance, asked.team, asked.inviter, body.role, body.email, body.name, web.clock.now()
    )
    return _invited(asked, invited)


async def take_invitation_back(asked: Asked) -> Answer:
    """Take an invitation back."""
    number, now = asked.number("invitation_id"), asked.web.clock.now()
    await acting.take_invitation_back(asked.web.store, asked.team, asked.inviter, number, now)
    return Answer()


async def _welcomed(asked: Asked, logged_in: LoggedIn) -> Answer:
    team = await asked.web.store.team(logged_in.member.team_id)
    if team is None:
        raise NotLoggedInError("The team is gone.")
    return Answer(content=_me(asked, logged_in, team), logged_in=logged_in)


def _shown(name: str) -> str:
    """A name that can be shown. Raises InvalidRequestError."""
    if not name.isprintable() or not name.strip():
        raise InvalidRequestError("The name cannot be shown.", fields={"name": "must be printable"})
    return name.strip()


def _me(asked: Asked, logged_in: LoggedIn, team: Team) -> told.Me:
    return told.Me(
        member=_member(logged_in.member),
        team=told.TeamTold(name=team.name, public_key=team.public_key, logo=logo_path(asked.web)),
        address=asked.address,
        version=version("twinpane"),
        expires_at=iso_time(logged_in.log_in.expires_at) or "",
    )


def _member(member: Member) -> told.Member:
    return told.Member(
        id=member.id,
        email=member.email,
        name=member.name,
        role=member.role,
        has_password=member.password_hash is not None,
        added_at=iso_time(member.added_at) or "",
        last_seen_at=iso_time(member.last_seen_at),
    )


def _invited(asked: Asked, invited: acting.Invited) -> Answer:
    link = invited.link(asked.address)
    return Answer(content=told.Invited(invitation=_invitation(invited.invitation), link=link))


def _invitation(invitation: Invitation) -> told.Invitation:
    return told.Invitation(
        id=invitation.id,
        role=invitation.role,
        email=invitation.email,
        name=invitation.name,
        member_id=invitation.member_id,
        invited_by=invitation.invited_by,
        created_at=iso_time(invitation.created_at) or "",
        expires_at=iso_time(invitation.expires_at) or "",
    )


HANDLERS: Mapping[str, Handler] = {
    "GET /log-in": log_in_options,
    "POST /log-in": log_in,
    "POST /log-in/oidc": begin_at_provider,
    "POST /log-in/oidc/back": back_from_provider,
    "POST /log-out": log_out,
    "POST /invitation": look_at_invitation,
    "POST /join": join,
    "GET /me": me,
    "PATCH /me": change_me,
    "POST /me/password": change_password,
    "PATCH /team": rename_team,
    "GET /members": members,
    "PATCH /members/{member_id}": change_role,
    "DELETE /members/{member_id}": remove_member,
    "POST /members/{member_id}/link": renew_password,
    "POST /invitations": invite,
    "DELETE /invitations/{invitation_id}": take_invitation_back,
}
