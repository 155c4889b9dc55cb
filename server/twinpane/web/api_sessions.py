"""The REST API's sessions: list, show, end (R19)."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Path, Query
from pydantic import AfterValidator, BeforeValidator
from starlette.requests import Request
from starlette.responses import Response

from twinpane.actions.find_sessions import end_one_session, list_sessions, show_session
from twinpane.actions.recordings import delete_recording, show_recording
from twinpane.ports.audit import Deed
from twinpane.ports.store import SessionFilter
from twinpane.web.answers import Done, RecordingTold, SessionsTold, SessionTold
from twinpane.web.api_caller import Reading, Ruling, Starting, api_router, told, told_as
from twinpane.web.context import address_of, web_of

router = api_router()
_DATED = re.compile(r"\d{4}-\d\d-\d\d")


def _dated(text: str) -> str:
    """Seconds since 1970 are not taken: they are not what the description promises, and a year would be read as one."""
    if not _DATED.match(text):
        raise ValueError("must be a time such as 2026-01-31T12:00:00Z")
    return text


def utc(time: datetime) -> datetime:
    """A time without a zone is UTC; one that only its zone puts out of the calendar is refused."""
    try:
        return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("must be a time within the calendar") from error


Time = Annotated[datetime, BeforeValidator(_dated), AfterValidator(utc)]
SessionId = Annotated[str, Path(max_length=100, description="The session's ID.")]


@router.get("/sessions", summary="List sessions", responses=told_as(SessionsTold))
async def sessions(
    request: Request,
    caller: Reading,
    visitor: Annotated[str | None, Query(max_length=100, description="A visitor's short ID.")] = None,
    agent: Annotated[str | None, Query(max_length=200, description="An agent's ID, as you gave it.")] = None,
    started_from: Annotated[Time | None, Query(alias="from", description="Started then or later.")] = None,
    started_to: Annotated[Time | None, Query(alias="to", description="Started before.")] = None,
    active: Annotated[bool | None, Query(description="Whether the session has not ended.")] = None,
    max_results: Annotated[int, Query(ge=1, le=500)] = 50,
    cursor: Annotated[str | None, Query(max_length=200, description="`next_cursor` of the list before.")] = None,
) -> Response:
    """R19: newest first."""
    web = web_of(request)
    wanted = SessionFilter(
        short_id=visitor, agent_id=agent, started_from=started_from, started_to=started_to, is_active=active
    )
    return told(caller, await list_sessions(web.store, caller.team, wanted, max_results, cursor, web.clock.now()))


@router.get("/sessions/{session_id}", summary="Show a session", responses=told_as(SessionTold))
async def session(request: Request, caller: Reading, session_id: SessionId) -> Response:
    """R19, R31."""
    web = web_of(request)
    return told(caller, await show_session(web.store, caller.team, session_id, web.clock.now()))


@router.delete("/sessions/{session_id}", summary="End a session", responses=told_as(Done))
async def delete_one_session(request: Request, caller: Starting, session_id: SessionId) -> Response:
    """R19: also a success when it has ended already."""
    web = web_of(request)
    await end_one_session(web.store, web.live, caller.team, session_id)
    return told(caller, {})


@router.get("/sessions/{session_id}/recording", summary="Show a recording", responses=told_as(RecordingTold))
async def recording(request: Request, caller: Starting, session_id: SessionId) -> Response:
    """R20: what was recorded, with a link that shows it for an hour. Who asked is in the audit."""
    web = web_of(request)
    now = web.clock.now()
    found = await show_recording(web.store, web.live, caller.team, session_id, address_of(request), now)
    deed = Deed(
        team_id=caller.team.id,
        at=now,
        who=f"key {caller.key.id} ({caller.key.name})",
        did=f"show recording of session {session_id}",
        address=request.client.host if request.client else None,
    )
    await web.store.add_deed(deed)
    return told(caller, {"recording": found})


@router.delete("/sessions/{session_id}/recording", summary="Delete a recording", responses=told_as(Done))
async def delete_one_recording(request: Request, caller: Ruling, session_id: SessionId) -> Response:
    """R20: the session stays; fine, too, if nothing was recorded."""
    web = web_of(request)
    await delete_recording(web.store, web.live, caller.team, session_id)
    return told(caller, {})
