"""The memory store gives copies: whoever changes a record it gave changes nothing kept. The rest is the contract's."""

from __future__ import annotations

from datetime import UTC, datetime

from twinpane.ports.records import VisitorChange
from twinpane.ports.store import Store
from twinpane.store.memory import MemoryStore

NOW = datetime(2026, 11, 22, tzinfo=UTC)


async def test_record_that_was_given_is_a_copy() -> None:
    store: Store = MemoryStore()
    store.record_visitor(VisitorChange(team_id=1, short_id="AAAA2222", at=NOW, set={"tags": ["vip"]}))
    given = await store.visitor(1, "AAAA2222")
    assert given is not None
    given.tags.append("changed")
    again = await store.visitor(1, "AAAA2222")
    assert again is not None
    assert again.tags == ["vip"]
