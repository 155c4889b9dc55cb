"""A replay's link is its own proof (R20)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from twinpane.live.credentials import Seal
from twinpane.live.replays import Replay, Replays

REPLAYS = Replays(Seal(b"secret"))
MADE = Replay(7, "AAAA2222", "s-_1", datetime(2026, 1, 1, tzinfo=UTC))


def test_r20_a_link_is_read_as_it_was_made() -> None:
    assert REPLAYS.read("replay", REPLAYS.token("replay", MADE)) == MADE


def test_r20_a_token_opens_its_own_door_alone() -> None:
    assert REPLAYS.read("replay assets", REPLAYS.token("replay", MADE)) is None
    assert REPLAYS.read("replay", REPLAYS.token("replay assets", MADE)) is None


@pytest.mark.parametrize("wrong", ["", "x", "....", "7.AAAA2222.s-_1.1767225600", "é.1.2.3.4", "7.AAAA2222.s-_1.x.y"])
def test_r20_what_is_not_ours_opens_nothing(wrong: str) -> None:
    assert REPLAYS.read("replay", wrong) is None


def test_r20_no_word_of_a_token_can_be_changed() -> None:
    *words, seal = REPLAYS.token("replay", MADE).split(".")
    for place in range(4):
        changed = [*words]
        changed[place] += "1"
        assert REPLAYS.read("replay", ".".join([*changed, seal])) is None
    assert Replays(Seal(b"other")).read("replay", REPLAYS.token("replay", MADE)) is None
