"""What is erased is gone, to the last byte (R13)."""

from __future__ import annotations

import random
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from twinpane_protocol.shared import Permissions

from twinpane.access.search import parse_search
from twinpane.ports.records import Seat, SessionRecord, Team, VisitorChange
from twinpane.ports.store import Store
from twinpane.store.sql import SqlStore

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def note(store: Store, team: Team, short_id: str, at: datetime = NOW, **columns: Any) -> None:
    store.record_visitor(VisitorChange(team_id=team.id, short_id=short_id, at=at, set=columns))


async def held(store: Store, team: Team, id_: str, short_id: str, secret: str) -> None:
    await store.add_session(
        SessionRecord(id=id_, team_id=team.id, short_id=short_id, started_at=NOW, metadata={"note": secret})
    )
    seat = Seat(
        id=f"a-{id_}",
        session_id=id_,
        agent_id="7",
        agent_name=secret,
        permissions=Permissions(),
        branding={},
        token_hash=id_.encode().ljust(32),
        expires_at=NOW,
    )
    await store.add_seat(seat)


async def test_r13_visitor_goes_with_sessions_and_seats_and_others_stay(store: Store) -> None:
    team, other = await store.add_team("Acme", "abcdef1234"), await store.add_team("Other", "zyxwvu9876")
    for owner in (team, other):
        note(store, owner, "AAAA2222", identities=["Ada Byron"])
        note(store, owner, "BBBB3333", identities=["Ada Lovelace"])
        await held(store, owner, f"s{owner.id}", "AAAA2222", "x")
        await held(store, owner, f"t{owner.id}", "BBBB3333", "x")
    await store.erase_visitors(team.id, ["AAAA2222", "ZZZZ9999"])
    await store.scrub()
    assert await store.visitor(team.id, "AAAA2222") is None
    assert await store.session(team.id, f"s{team.id}") is None
    assert await store.seat_by_token(f"s{team.id}".encode().ljust(32)) is None
    found = await store.search_visitors(team.id, parse_search("ada"), 50, None)
    assert [visitor.short_id for visitor in found.visitors] == ["BBBB3333"]
    for owner, short_id, id_ in ((team, "BBBB3333", "t"), (other, "AAAA2222", "s")):
        assert await store.visitor(owner.id, short_id) is not None
        assert await store.session(owner.id, f"{id_}{owner.id}") is not None


async def test_r13_no_byte_of_what_was_ever_known_is_left_in_any_file(tmp_path: Path) -> None:
    store = SqlStore.in_file(tmp_path / "twinpane.db")
    await store.open()
    team = await store.add_team("Acme", "abcdef1234")
    chance = random.Random(7)
    erased: list[str] = []
    for round_ in range(6):
        for number in range(120):
            is_erased = number % 3 == 0
            # Of changing length, so that rows move between pages.
            text = f"{'gone' if is_erased else 'kept'}-{round_}-{number:03}-{'x' * chance.randrange(400)}"
            identity = f"{text}@example.com"
            if is_erased:
                erased.append(text)
            at = NOW + timedelta(seconds=round_ * 120 + number)
            note(store, team, f"VIS{number:05}", at, identities=[identity], metadata={"m": identity}, last_url=text)
        await store.flush()
    for number in range(0, 120, 3):
        await held(store, team, f"s{number}", f"VIS{number:05}", "gone-in-session")
    assert b"gone-5" in everything_in(tmp_path)
    await store.erase_visitors(team.id, [f"VIS{number:05}" for number in range(0, 120, 3)])
    await store.scrub()
    left = everything_in(tmp_path)
    assert b"kept-5-001-" in left
    assert b"gone" not in left
    for text in erased:
        assert text.encode() not in left
    await store.close()
    assert b"gone" not in everything_in(tmp_path)


async def test_r13_no_part_of_a_word_is_left_in_the_search_index(tmp_path: Path) -> None:
    """The index holds parts of words: of letters that nobody else has, not one may be left in any file."""
    store = SqlStore.in_file(tmp_path / "twinpane.db")
    await store.open()
    team = await store.add_team("Acme", "abcdef1234")
    rare = "ꙮꙁꙃ"
    note(store, team, "AAAA2222", identities=[f"{rare}ne"], tags=[rare], metadata={"m": rare}, last_url=f"/{rare}")
    note(store, team, "BBBB3333", identities=["Ada Byron"])
    await store.flush()
    found = await store.search_visitors(team.id, parse_search(rare[1:]), 50, None)
    assert [visitor.short_id for visitor in found.visitors] == ["AAAA2222"]
    note(store, team, "AAAA2222", NOW + timedelta(days=1), is_online=True)  # its old entry is taken out of the index
    await store.flush()
    assert all(letter.encode() in everything_in(tmp_path) for letter in rare)
    await store.erase_visitors(team.id, ["AAAA2222"])
    await store.scrub()
    assert not any(letter.encode() in everything_in(tmp_path) for letter in rare)
    await store.close()
    with sqlite3.connect(tmp_path / "twinpane.db") as file:
        file.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, visitor_index, row)")
        terms = [term for (term,) in file.execute("SELECT term FROM temp.terms")]
    assert "byr" in terms
    assert not [term for term in terms if set(term) & set(rare)]


def everything_in(folder: Path) -> bytes:
    """All bytes of the database file, its log and its journals."""
    return b"\n".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
