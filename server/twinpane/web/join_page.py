"""Public links: whoever has one watches without a log-in (S2, `getPublicLink`)."""

from __future__ import annotations

from html import escape

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from twinpane.actions.watch import Wanted, start_told_session
from twinpane.errors import ConflictError, NotFoundError
from twinpane.live.public_links import Invitation
from twinpane.ports.audit import Deed
from twinpane.ports.records import Team
from twinpane.web.context import Web, web_of
from twinpane.web.csp import ASKING
from twinpane.web.documents import html_page, words_page
from twinpane.web.misses import misses_of


async def ask(request: Request) -> Response:
    """`/join/TOKEN`: a button. A preview of the link, in a chat for instance, must not start a session."""
    invitation = web_of(request).live.invitation(request.path_params["token"])
    if invitation is None:
        return misses_of(request).or_too_many(request, _gone())
    name = escape(invitation.agent_name)
    content = (
        "<h1>You are invited to watch</h1>"
        f"<p>Somebody shares their page with you, {name}. They are asked whether you may see it.</p>"
        '<form method="post"><button class="button">Watch the page</button></form>'
    )
    return html_page("You are invited to watch", content, csp=ASKING)


async def join(request: Request) -> Response:
    """The button: start a session, and go to its watch page."""
    web = web_of(request)
    invitation = web.live.invitation(request.path_params["token"])
    team = await web.store.team(invitation.team_id) if invitation else None
    if invitation is None or team is None:
        return misses_of(request).or_too_many(request, _gone())
    try:
        return await _started(request, web, team, invitation)
    except NotFoundError:
        return _gone()
    except ConflictError:
        return words_page("This session is full", "Come back when somebody who watches has left.", status=409)


async def _started(request: Request, web: Web, team: Team, invitation: Invitation) -> Response:
    wanted = Wanted(agent_id=invitation.agent_id, agent_name=invitation.agent_name)
    now = web.clock.now()
    started = await start_told_session(
        web.store, web.live, web.deliveries, web.chance, team, invitation.short_id, wanted, now
    )
    deed = Deed(
        team_id=team.id,
        at=now,
        who=f"public link ({invitation.agent_name})",
        did=f"start session {started.session_id}",
        address=request.client.host if request.client else None,
    )
    await web.store.add_deed(deed)
    return RedirectResponse(f"/watch/{started.token}", 303, {"Cache-Control": "no-store"})


def _gone() -> Response:
    return words_page("This link no longer works", "Links like this hold for an hour. Ask for a new one.", status=410)


ROUTES = [Route("/join/{token}", ask, methods=["GET"]), Route("/join/{token}", join, methods=["POST"])]
