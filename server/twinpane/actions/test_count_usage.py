"""Figures (R10): what is now comes from the live room."""

from __future__ import annotations

from twinpane.actions.conftest import Rooms
from twinpane.actions.count_usage import count_usage
from twinpane.actions.watch import Wanted, start_session


async def test_r10_session_counts_as_soon_as_it_begins(rooms: Rooms) -> None:
    now = rooms.clock.now()
    wanted = Wanted(agent_id="7", agent_name="Zoë")
    await start_session(rooms.store, rooms.live, rooms.chance, rooms.team, "AAAA2222", wanted, now)
    usage = await count_usage(rooms.store, rooms.live, rooms.team, now)
    assert usage["session_counts"] == {"now": 1, "today": 1, "last_30_days": 1}
    assert usage["visitors"]["online_now"] == 0
