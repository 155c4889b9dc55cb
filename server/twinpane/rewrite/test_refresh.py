from __future__ import annotations

import pytest

from twinpane.rewrite.refresh import rewrite_refresh


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("5", "5"),
        ("0;url=https://a/", "0;url=<https://a/>"),
        ("0; URL = 'https://a/' rest", "0; URL = <https://a/>"),
        ('0, url="https://a/', "0, url=<https://a/>"),
        ("0 https://a/x?y", "0 <https://a/x?y>"),
        ("1.5;url=/next", "1.5;url=/next"),
        ("soon; url=https://a/", "soon; url=https://a/"),
        ("", ""),
    ],
)
def test_p3_a_refresh_goes_to_the_proxied_address(before: str, after: str) -> None:
    assert rewrite_refresh(before, lambda url: f"<{url}>" if url.startswith("https:") else url) == after
