from __future__ import annotations

import pytest

from twinpane.rewrite.js_words import wanted_words


def words(text: str) -> list[str]:
    return [text[start:end] for start, end in wanted_words(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a.location = top", ["location", "top"]),
        ("import('x'); import.meta; import 'https://c/'", ["import", "import", "import"]),
        ("window[a] + self['location']", ["window", "self", "['location']", "location"]),
        ("eval(a); b.postMessage(c)", ["eval", "postMessage"]),
        ("locations; $top; evaluate; mywindow[a]; window.a; import './x'", []),
        ("({top: 1}); el.style.top; rect.top + 1", []),
        ("x.top !== self; window.top", ["top", "top"]),
    ],
)
def test_y6_words_that_may_be_wrapped_are_found_in_order(text: str, found: list[str]) -> None:
    assert words(text) == found
