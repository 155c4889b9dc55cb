from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twinpane.rewrite.cookie_syntax import CookieLine, parse_cookie_date, parse_cookie_line

NOW = 1_800_000_000.0


@pytest.mark.parametrize(
    ("line", "cookie"),
    [
        ("a=b", CookieLine("a", "b")),
        (" a = b c ; Path=/x", CookieLine("a", "b c", path="/x")),
        ("a=b=c", CookieLine("a", "b=c")),
        ('a="b"', CookieLine("a", '"b"')),
        ("=b", CookieLine("", "b")),
        ("b", CookieLine("", "b")),
        ("a=", CookieLine("a", "")),
        (
            "a=b; DOMAIN=.Example.COM; path=x; secure; HttpOnly",
            CookieLine("a", "b", "example.com", "", None, True, True),
        ),
        ("a=b; SameSite=Strict; samesite=None", CookieLine("a", "b", same_site="none")),
        ("a=b; SameSite=odd", CookieLine("a", "b")),
        ("a=b; Partitioned", CookieLine("a", "b", partitioned=True)),
        ("a=b; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT", CookieLine("a", "b", expires_s=NOW + 60)),
        ("a=b; Max-Age=0", CookieLine("a", "b", expires_s=0.0)),
        ("a=b; Max-Age=-99", CookieLine("a", "b", expires_s=0.0)),
        ("a=b; Max-Age=1e3", CookieLine("a", "b")),
        ("a=b; Max-Age=" + "9" * 5000, CookieLine("a", "b")),
        ("a=b; Max-Age=" + "9" * 900, CookieLine("a", "b", expires_s=NOW + 400 * 86400)),
        ("a=b; Expires=Fri, 01 Jan 2100 00:00:00 GMT", CookieLine("a", "b", expires_s=NOW + 400 * 86400)),
        ("a=b; Path=/" + "x" * 2000, CookieLine("a", "b")),
        ("; Path=/", None),
        ("=", None),
        ("a=b\x00", None),
        ("a=" + "b" * 4095, CookieLine("a", "b" * 4095)),
        ("a=" + "b" * 4096, None),
    ],
)
def test_p3_a_cookie_line_is_read_as_browsers_read_it(line: str, cookie: CookieLine | None) -> None:
    assert parse_cookie_line(line, NOW) == cookie


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("Thu, 01 Jan 1970 00:00:10 GMT", 10),
        ("Thursday, 01-Jan-70 00:00:10 GMT", 10),
        ("Thu Jan  1 00:00:10 1970", 10),
        ("Mon, 01-Jan-2001 0:0:1 GMT", 978307201),
        ("1 jan 01 00:00:01", 978307201),
        ("Fri, 31 Feb 2020 00:00:00 GMT", None),
        ("Fri, 01 Jan 1600 00:00:00 GMT", None),
        ("Fri, 01 Jan 2020 24:00:00 GMT", None),
        ("tomorrow", None),
        ("", None),
    ],
)
def test_p3_cookie_dates_of_every_form_are_read(text: str, time: float | None) -> None:
    assert parse_cookie_date(text) == time


@given(st.text(alphabet="a=;, \t-0123456789:JanExpires/MaxAge") | st.text())
def test_w6_no_line_raises(line: str) -> None:
    parse_cookie_line(line, NOW)
    parse_cookie_line(f"a=b; expires={line}; max-age={line}", NOW)
    parse_cookie_date(line)
