"""Lists and look-ups (R11, R12, S6). What a request sees is in web/; here is who is asked."""

from __future__ import annotations

from contextlib import suppress

import pytest
from twinpane_protocol.visitor import LookupCodeWanted

from twinpane.actions.conftest import Rooms
from twinpane.actions.find_visitors import FindVisitors, Reader
from twinpane.errors import NotFoundError, RateLimitedError
from twinpane.live.conftest import Node, short_id_of


def reader(rooms: Rooms, name: str = "key 1") -> Reader:
    return Reader(team=rooms.team, name=name, address="https://help.example.com")


async def test_r30_watch_link_is_at_our_address(rooms: Rooms) -> None:
    visitors = FindVisitors(rooms.store, rooms.live, rooms.clock)
    shown = await visitors.show(reader(rooms), "AAAA2222")
    assert shown["visitor"]["watch_link"] == "https://help.example.com/w/AAAA2222"
    with pytest.raises(NotFoundError):
        await visitors.show(reader(rooms), "BBBB2222")


async def test_s6_wrong_codes_lock_out_who_guesses_and_nobody_else(rooms: Rooms) -> None:
    visitors = FindVisitors(rooms.store, rooms.live, rooms.clock)
    for guess in range(10):
        assert (await visitors.list(reader(rooms), f"{guess:04}", 50, None))["visitors"] == []
    with pytest.raises(RateLimitedError):
        await visitors.list(reader(rooms), "0011", 50, None)
    assert (await visitors.list(reader(rooms, "key 2"), "0011", 50, None))["visitors"] == []
    assert len((await visitors.list(reader(rooms), "", 50, None))["visitors"]) == 1


async def test_s6_of_ten_thousand_guesses_by_a_key_and_by_a_member_neither_gets_more_than_its_own(rooms: Rooms) -> None:
    """Both ways in, REST and the console, ask here."""
    visitors = FindVisitors(rooms.store, rooms.live, rooms.clock)
    answered: dict[str, list[float]] = {"key 1": [], "member 1": []}
    for guess in range(10_000):
        name = list(answered)[guess % 2]
        with suppress(RateLimitedError):
            assert (await visitors.list(reader(rooms, name), f"{guess:04}", 50, None))["visitors"] == []
            answered[name].append(rooms.clock.monotonic())
        rooms.clock.advance(0.5)
    for times in answered.values():
        assert all(later - at > 60 for at, later in zip(times, times[10:], strict=False))
        assert 100 <= len(times) <= 10 * (10_000 * 0.5 // 300 + 1)


async def test_s6_lookup_code_finds_its_visitor_online_while_others_guess_in_vain() -> None:
    node = Node()
    await node.begin()
    visitors = FindVisitors(node.store, node.live, node.clock)
    agents = Reader(team=node.team, name="key 1", address="https://help.example.com")
    tab, wire = await node.tab()
    tab.receive(LookupCodeWanted())
    code = wire.of_type("lookup_code")[0]["code"]
    [found] = (await visitors.list(agents, code, 50, None))["visitors"]
    assert (found["short_id"], found["lookup_code"], found["is_online"]) == (short_id_of(wire), code, True)
    assert (await visitors.list(agents, f"{code} {short_id_of(wire)} online", 50, None))["visitors"] == [found]
    assert (await visitors.list(agents, f"{code} -online", 50, None))["visitors"] == []
    other = Reader(team=await node.store.add_team("Other", "zyxwvu9876"), name="key 2", address="")
    assert (await visitors.list(other, code, 50, None))["visitors"] == []
    await node.live.drain()
