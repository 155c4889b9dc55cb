"""Start, open, end (R15, R16)."""

from __future__ import annotations

import pytest

from twinpane.access.keys import hash_secret
from twinpane.actions.conftest import Rooms
from twinpane.actions.watch import Started, Wanted, end_session, open_watch_url, start_session
from twinpane.errors import InvalidRequestError, NotFoundError, UnavailableError
from twinpane.ports.records import Seat, VisitorChange
from twinpane.store.memory import MemoryStore

ZOE = Wanted(agent_id="7", agent_name="Zoë")


async def started(rooms: Rooms, wanted: Wanted = ZOE, short_id: str = "AAAA2222") -> Started:
    return await start_session(rooms.store, rooms.live, rooms.chance, rooms.team, short_id, wanted, rooms.clock.now())


async def test_r15a_token_has_256_bits_and_grant_is_another_secret(rooms: Rooms) -> None:
    begun = await started(rooms)
    assert len(begun.token) == 43
    opened = await open_watch_url(rooms.store, rooms.chance, begun.token, rooms.clock.now())
    assert opened is not None
    assert opened.grant != begun.token
    assert opened.seat.grant_hash == hash_secret(opened.grant)
    assert await open_watch_url(rooms.store, rooms.chance, begun.token, rooms.clock.now()) is None


async def test_r15b_session_waits_for_an_offline_visitor_and_gives_up_after_5_min(rooms: Rooms) -> None:
    begun = await started(rooms)
    assert rooms.live.session_id_of(rooms.team.id, "AAAA2222") == begun.session_id
    rooms.clock.advance(5 * 60 + 1)
    assert rooms.live.session_id_of(rooms.team.id, "AAAA2222") is None
    await rooms.live.drain()
    [record] = await rooms.store.sessions_of(rooms.team.id, "AAAA2222", 5)
    assert record.end_reason == "timeout"


async def test_r15_session_after_one_that_ended_is_a_new_one(rooms: Rooms) -> None:
    first = await started(rooms)
    assert await end_session(rooms.store, rooms.live, rooms.team, "AAAA2222")
    assert not await end_session(rooms.store, rooms.live, rooms.team, "AAAA2222")
    assert (await started(rooms)).session_id != first.session_id


async def test_r15_nothing_begins_for_bad_input(rooms: Rooms) -> None:
    with pytest.raises(InvalidRequestError):
        await started(rooms, Wanted(agent_id="7", agent_name="Zoë", permissions={"allow_fly": True}))
    with pytest.raises(NotFoundError):
        await started(rooms, short_id="BBBB2222")
    with pytest.raises(NotFoundError):
        await end_session(rooms.store, rooms.live, rooms.team, "BBBB2222")
    assert rooms.live.session_count(rooms.team.id) == 0


class FullStore(MemoryStore):
    """A store that takes no more seats."""

    async def add_seat(self, seat: Seat) -> None:
        """Refuse."""
        raise UnavailableError("The database is full.")


async def test_r15_session_that_cannot_be_kept_does_not_begin(rooms: Rooms) -> None:
    store = FullStore()
    store.record_visitor(VisitorChange(team_id=rooms.team.id, short_id="AAAA2222", at=rooms.clock.now(), set={}))
    with pytest.raises(UnavailableError):
        await start_session(store, rooms.live, rooms.chance, rooms.team, "AAAA2222", ZOE, rooms.clock.now())
    assert rooms.live.session_count(rooms.team.id) == 0
