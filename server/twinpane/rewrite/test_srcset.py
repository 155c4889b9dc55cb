from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twinpane.rewrite.srcset import rewrite_srcset


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a.png", "<a.png>"),
        ("a.png 1x, b.png 2x", "<a.png> 1x, <b.png> 2x"),
        (" a.png,b.png ", " <a.png,b.png> "),
        ("a.png, b.png 2x", "<a.png>, <b.png> 2x"),
        ("https://c/w_1,h_2/a.png 640w 480h,\n b.png 2x", "<https://c/w_1,h_2/a.png> 640w 480h,\n <b.png> 2x"),
        ("data:image/png;base64,AA== 1x, b 2x", "<data:image/png;base64,AA==> 1x, <b> 2x"),
        ("a.png f(1,2) 1x, b.png", "<a.png> f(1,2) 1x, <b.png>"),
        (",, a.png ,", ",, <a.png> ,"),
        ("", ""),
        (" ", " "),
    ],
)
def test_p3_each_candidate_of_a_srcset_is_encoded(before: str, after: str) -> None:
    assert rewrite_srcset(before, lambda url: f"<{url}>") == after


@given(st.text(alphabet="ab, ()\t1x"))
def test_w6_any_srcset_is_taken_and_stays_when_no_address_changes(text: str) -> None:
    assert rewrite_srcset(text, lambda url: url) == text
