"""Windows of live lists: sorted, searched, told once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from twinpane_protocol.console import RowAgent

from twinpane.access.search import Searched, parse_search
from twinpane.live.console_rows import Row, Rows, Window


def row(id_: str, since: float = 0, text: str = "", group: int = 1) -> Row[RowAgent]:
    return Row(id_, (group, -since, id_), RowAgent(name=text, color=""), Searched(text=text, tokens=""))


def test_a_window_is_told_whole_and_then_what_changed_in_it() -> None:
    rows: Rows[RowAgent] = Rows()
    for number in range(10):
        rows.put(row(f"r{number}", number))
    window: Window[RowAgent] = Window(1, 2, 3)
    told = window.news(rows)
    assert told is not None
    assert (told[0], told[1], len(told[2])) == (10, ["r7", "r6", "r5"], 3)
    assert window.news(rows) is None
    rows.put(row("r6", 6, "new"))
    rows.put(row("r0", 0, "elsewhere"))
    told = window.news(rows)
    assert told is not None
    assert [each.name for each in told[2]] == ["new"]
    rows.put(row("r99", 99))
    told = window.news(rows)
    assert told is not None
    assert (told[0], told[1], len(told[2])) == (11, ["r8", "r7", "r6"], 1)
    rows.remove("r0")
    assert window.news(rows) == (10, ["r8", "r7", "r6"], [])
    window.forget()
    told = window.news(rows)
    assert told is not None
    assert len(told[2]) == 3


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 3), st.sampled_from(["zoe", "bo", None])), max_size=40))
def test_a_search_that_follows_changes_finds_what_a_fresh_one_finds(steps: list[tuple[int, int, str | None]]) -> None:
    rows: Rows[RowAgent] = Rows()
    following: Window[RowAgent] = Window(1, 0, 50, parse_search("zoe"))
    following.search(rows)
    for number, since, text in steps:
        id_ = f"r{number}"
        if text is None:
            rows.remove(id_)
        else:
            rows.put(row(id_, since, text, number % 2))
        following.follow(rows, [id_])
    fresh: Window[RowAgent] = Window(1, 0, 50, parse_search("zoe"))
    fresh.search(rows)
    told, expected = following.news(rows), fresh.news(rows)
    assert told == expected
    assert rows.order == sorted(each.place for each in rows.by_id.values())
