"""Show and delete recordings of sessions, and open their replays (R20)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from twinpane.actions.find_sessions import found_session
from twinpane.actions.shapes import iso_time, recording_shape
from twinpane.errors import InvalidTokenError, LinkGoneError, NotFoundError
from twinpane.live.assets import owner_name
from twinpane.live.registry import Live
from twinpane.live.replays import VALID_FOR, Replay
from twinpane.ports.recordings import Recordings
from twinpane.ports.records import SessionRecord, Team
from twinpane.ports.store import Store

_AT_ONCE = 100
_NOTHING = "Nothing was recorded of this session, or it has been deleted."


@dataclass(frozen=True, slots=True)
class Opened:
    """A replay that may be seen: whose, and what its page is told (R20)."""

    owner: str
    session_id: str
    told: dict[str, Any]


async def show_recording(
    store: Store, live: Live, team: Team, session_id: str, address: str, now: datetime
) -> dict[str, Any]:
    """R20: the recording of a session that has ended, with a link that shows it for an hour. Raises NotFoundError."""
    record = await found_session(store, team, session_id)
    shape = recording_shape(record)
    if shape is None:
        raise NotFoundError("This session is still going on." if _goes_on(record) else _NOTHING)
    await _find(live, record)
    replay = Replay(team.id, record.short_id, record.id, now + VALID_FOR)
    url = f"{address}/replay#{live.replays.token('replay', replay)}"
    return shape | {"replay_url": url, "expires_at": iso_time(replay.expires_at)}


async def delete_recording(store: Store, live: Live, team: Team, session_id: str) -> None:
    """R20: delete what was recorded, if anything was. Raises NotFoundError: no session, or one that still runs."""
    record = await found_session(store, team, session_id)
    if _goes_on(record):
        raise NotFoundError("This session is still going on.")
    await live.recordings.delete(owner_name(team.id, record.short_id), record.id)
    await store.set_recording(record.id, None)


async def open_replay(store: Store, live: Live, token: str, now: datetime) -> Opened:
    """What the replay page asks first. Raises InvalidTokenError, LinkGoneError (too old) and NotFoundError."""
    replay = live.replays.read("replay", token)
    if replay is None:
        raise InvalidTokenError("This link is not whole, or not ours.")
    if now >= replay.expires_at:
        raise LinkGoneError("This link is too old. Ask for a new one.")
    record = await store.session(replay.team_id, replay.session_id)
    if record is None or record.recording is None:
        raise NotFoundError(_NOTHING)
    await _find(live, record)
    visitor = await store.visitor(replay.team_id, replay.short_id)
    told = {
        "session_id": record.id,
        "short_id": record.short_id,
        "visitor_name": visitor.identities[0] if visitor is not None and visitor.identities else None,
        "agents": [{"name": seat.agent_name} for seat in record.agents if seat.joined_at is not None],
        "started_at": iso_time(record.went_live_at),
        **record.recording,
        "is_live": False,
        "assets": f"/assets/{live.replays.token('replay assets', replay)}/",
    }
    return Opened(owner_name(replay.team_id, replay.short_id), record.id, told)


async def expire_recordings(store: Store, recordings: Recordings, before: datetime) -> None:
    """Delete the recordings of sessions that ended before."""
    while old := await store.recorded_before(before, _AT_ONCE):
        for record in old:
            await recordings.delete(owner_name(record.team_id, record.short_id), record.id)
            await store.set_recording(record.id, None)


async def _find(live: Live, record: SessionRecord) -> None:
    """Look whether this server has what is recorded. Raises NotFoundError."""
    if not await live.recordings.has(owner_name(record.team_id, record.short_id), record.id):
        raise NotFoundError("The recording is not on this server: its file is gone, or another server has it.")


def _goes_on(record: SessionRecord) -> bool:
    return record.ended_at is None
