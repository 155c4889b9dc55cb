"""What every store promises of notes on sessions."""

from __future__ import annotations

from datetime import timedelta

from twinpane.ports.records import SessionRecord, Team
from twinpane.ports.store import Store
from twinpane.store.conftest import NOW, note


async def test_r13_notes_are_kept_in_order_and_go_with_the_visitor(store: Store, team: Team) -> None:
    for session_id, short_id in (("s1", "AAAA2222"), ("s2", "BBBB2222")):
        note(store, team, short_id)
        record = SessionRecord(id=session_id, team_id=team.id, short_id=short_id, started_at=NOW)
        await store.add_session(record)
    first = await store.add_note("s1", "Zoë", "Asked for\nblue.", NOW)
    second = await store.add_note("s1", "Bo", "Wants a call.", NOW + timedelta(minutes=1))
    other = await store.add_note("s2", "Bo", "Other.", NOW)
    assert await store.notes("s1") == [first, second]
    assert (first.author, first.text, first.written_at) == ("Zoë", "Asked for\nblue.", NOW)
    await store.erase_visitors(team.id, ["AAAA2222"])
    assert await store.notes("s1") == []
    assert await store.notes("s2") == [other]
