from __future__ import annotations

from twinpane.live.conftest import Node


def test_each_world_counts_and_notes_for_itself() -> None:
    one, other = Node().world, Node().world
    one.counters.refusals["not_allowed"] += 1
    assert not other.counters.refusals
    assert one.errands is not other.errands
    assert one.changes is not other.changes
