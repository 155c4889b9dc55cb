from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as some

from twinpane.access.globs import fits, fits_any


@pytest.mark.parametrize(
    ("glob", "text"),
    [
        ("https://shop.example/*", "https://shop.example/a/b.png?size=2"),
        ("*/private/*", "https://shop.example/private/a.png"),
        ("*.svg", "https://shop.example/logo.svg"),
        ("https://a.example/x.png?y=[1]", "https://a.example/x.png?y=[1]"),
        ("*", ""),
    ],
)
def test_s5_a_glob_fits_a_whole_address(glob: str, text: str) -> None:
    assert fits(text, glob)
    assert not fits(text + "\n", glob.rstrip("*") + "$")
    assert fits_any(text, ["none", glob])


@given(some.text("ab*", max_size=12), some.text("ab", max_size=12))
def test_s5_a_glob_fits_as_the_pattern_it_stands_for(glob: str, text: str) -> None:
    assert fits(text, glob) == bool(re.fullmatch(re.escape(glob).replace(r"\*", ".*"), text))
