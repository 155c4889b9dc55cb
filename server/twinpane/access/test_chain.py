"""A changed entry breaks the chain (R22)."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from twinpane.access.chain import START, link_hash

FIELDS = st.lists(st.text() | st.integers() | st.none(), max_size=5)


@given(FIELDS, FIELDS)
def test_r22_other_fields_give_another_hash(one: list[str | int | None], other: list[str | int | None]) -> None:
    assert (link_hash(START, one) == link_hash(START, other)) == (one == other)


def test_r22_another_entry_before_gives_another_hash() -> None:
    assert link_hash(START, ["a"]) != link_hash(link_hash(START, ["b"]), ["a"])
