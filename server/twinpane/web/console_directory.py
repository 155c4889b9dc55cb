"""The console's routes about visitors and sessions: the actions are those of the REST API."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from twinpane_protocol import console_answers as told
from twinpane_protocol import console_routes as sent
from twinpane_protocol.console_replay import ReplayLink

from twinpane.access.permissions import LOOK_ONLY
from twinpane.actions.count_usage import count_usage
from twinpane.actions.erase_visitors import erase_visitor
from twinpane.actions.find_sessions import end_one_session, list_sessions, show_session
from twinpane.actions.find_visitors import Reader
from twinpane.actions.recordings import delete_recording, show_recording
from twinpane.actions.shapes import iso_time
from twinpane.actions.watch import Wanted, start_told_session
from twinpane.errors import InvalidRequestError, NotFoundError
from twinpane.live.visitor_now import NOBODY
from twinpane.ports.records import Note
from twinpane.ports.store import SessionFilter
from twinpane.web.api_sessions import utc
from twinpane.web.console_asked import Answer, Asked, Handler, agent_id_of
from twinpane.web.context import address_of
from twinpane.web.logo import with_logo

_DIGITS = 4


async def visitors(asked: Asked) -> Answer:
    """Search visitors (R11, R40)."""
    query = asked.query(sent.VisitorsQuery)
    found = await asked.web.visitors.list(_reader(asked), query.search, query.max_results, query.cursor)
    return Answer(content=found)


async def visitor(asked: Asked) -> Answer:
    """Show a visitor with what they looked at (R12)."""
    found = await asked.web.visitors.show(_reader(asked), asked.text("short_id"), with_history=True)
    return Answer(content=found)


async def erase(asked: Asked) -> Answer:
    """Erase a visitor (R13)."""
    await erase_visitor(asked.web.store, asked.web.live, asked.team, asked.text("short_id"))
    return Answer()


async def watch(asked: Asked) -> Answer:
    """Start a session as the member who is logged in (R15)."""
    web, member = asked.web, asked.me.member
    body, short_id, now = asked.body(sent.WatchBody), asked.text("short_id"), web.clock.now()
    if body.look and (await web.live.now(asked.team.id, [short_id])).get(short_id, NOBODY).session is None:
        raise NotFoundError("No session runs with this visitor.")
    wanted = Wanted(
        agent_id=agent_id_of(member.id),
        agent_name=member.name,
        permissions=LOOK_ONLY if body.look else body.permissions,
        branding={"naked": "page_only"} if body.look else with_logo(web, asked.address, {}),
    )
    started = await start_told_session(
        web.store, web.live, web.deliveries, web.chance, asked.team, short_id, wanted, now
    )
    content = told.Watch(
        watch_url=f"{asked.address}/watch/{started.token}",
        session_id=started.session_id,
        expires_at=iso_time(started.expires_at) or "",
    )
    return Answer(content=content)


async def lookup(asked: Asked) -> Answer:
    """Find a visitor by lookup code; wrong ones count and lock out, as in every search (S6)."""
    code = "".join(asked.body(sent.CodeBody).code.split())
    if len(code) != _DIGITS or not code.isascii() or not code.isdigit():
        raise InvalidRequestError("A lookup code is four digits.", fields={"code": "must be four digits"})
    found = await asked.web.visitors.list(_reader(asked), code, 1, None)
    if not found["visitors"]:
        raise NotFoundError("Nobody online has this code. Codes hold for an hour.")
    return Answer(content={"visitor": found["visitors"][0]})


async def sessions(asked: Asked) -> Answer:
    """List sessions (R19)."""
    query = asked.query(sent.SessionsQuery)
    wanted = SessionFilter(
        short_id=query.visitor,
        agent_id=query.agent,
        started_from=_time("from", query.from_),
        started_to=_time("to", query.to),
        is_active=query.active,
    )
    now = asked.web.clock.now()
    found = await list_sessions(asked.web.store, asked.team, wanted, query.max_results, query.cursor, now)
    return Answer(content=found)


async def session(asked: Asked) -> Answer:
    """Show a session (R19)."""
    now = asked.web.clock.now()
    return Answer(content=await show_session(asked.web.store, asked.team, asked.text("session_id"), now))


async def end_session(asked: Asked) -> Answer:
    """End a session, if it runs (R19)."""
    await end_one_session(asked.web.store, asked.web.live, asked.team, asked.text("session_id"))
    return Answer()


async def replay(asked: Asked) -> Answer:
    """Make a link that shows a recorded session (R20)."""
    web, now = asked.web, asked.web.clock.now()
    address = address_of(asked.request)
    found = await show_recording(web.store, web.live, asked.team, asked.text("session_id"), address, now)
    return Answer(content=ReplayLink(url=found["replay_url"], expires_at=found["expires_at"]))


async def forget_recording(asked: Asked) -> Answer:
    """Delete what was recorded of a session (R20)."""
    await delete_recording(asked.web.store, asked.web.live, asked.team, asked.text("session_id"))
    return Answer()


async def notes(asked: Asked) -> Answer:
    """List a session's notes."""
    session_id = await _session_id(asked)
    found = await asked.web.store.notes(session_id)
    return Answer(content=told.NotesAnswer(notes=[_note(each) for each in found]))


async def write_note(asked: Asked) -> Answer:
    """Write a note about a session."""
    session_id = await _session_id(asked)
    text = asked.body(sent.NoteBody).text.strip()
    if not text:
        raise InvalidRequestError("The note is empty.", fields={"text": "must not be empty"})
    kept = await asked.web.store.add_note(session_id, asked.me.member.name, text, asked.web.clock.now())
    return Answer(content=told.NoteAnswer(note=_note(kept)))


async def usage(asked: Asked) -> Answer:
    """Tell the team's figures (R10)."""
    now = asked.web.clock.now()
    return Answer(content={"usage": await count_usage(asked.web.store, asked.web.live, asked.team, now)})


def _reader(asked: Asked) -> Reader:
    return Reader(team=asked.team, name=f"member {asked.me.member.id}", address=asked.address)


async def _session_id(asked: Asked) -> str:
    """The id of a session of the team. Raises NotFoundError."""
    found = await asked.web.store.session(asked.team.id, asked.text("session_id"))
    if found is None:
        raise NotFoundError("There is no such session.")
    return found.id


def _note(note: Note) -> told.Note:
    return told.Note(id=note.id, author=note.author, text=note.text, written_at=iso_time(note.written_at) or "")


def _time(name: str, text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        return utc(datetime.fromisoformat(text))
    except ValueError as error:
        why = "must be a time such as 2026-11-22T14:50:00Z"
        raise InvalidRequestError(f"The time {why}.", fields={name: why}) from error


HANDLERS: Mapping[str, Handler] = {
    "GET /visitors": visitors,
    "GET /visitors/{short_id}": visitor,
    "DELETE /visitors/{short_id}": erase,
    "POST /visitors/{short_id}/watch": watch,
    "POST /lookup": lookup,
    "GET /sessions": sessions,
    "GET /sessions/{session_id}": session,
    "DELETE /sessions/{session_id}": end_session,
    "POST /sessions/{session_id}/replay": replay,
    "DELETE /sessions/{session_id}/recording": forget_recording,
    "GET /sessions/{session_id}/notes": notes,
    "POST /sessions/{session_id}/notes": write_note,
    "GET /usage": usage,
}
