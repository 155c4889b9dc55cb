from __future__ import annotations

import pytest

from twinpane.rewrite.address import Site
from twinpane.rewrite.request_headers import ACCEPT_ENCODING, Asking, headers_for_site

SITE = Site("https", "shop.example", 8443)


def sent(*headers: tuple[str, str], rewritten: bool = False, cookie: str = "") -> list[tuple[str, str]]:
    asking = Asking(SITE, cookie, "same-site", rewritten, "-tp1")
    real = {"http://p": "https://shop.example", "http://p/x?y": "https://shop.example/x?y"}
    return headers_for_site(headers, asking, real.get)


REBUILT = [("Host", "shop.example:8443"), ("Accept-Encoding", ACCEPT_ENCODING)]


@pytest.mark.parametrize(
    ("given", "passed"),
    [
        (("User-Agent", "x"), ("User-Agent", "x")),
        (("X-Requested-With", "y"), ("X-Requested-With", "y")),
        (("Authorization", "Bearer z"), ("Authorization", "Bearer z")),
        (("Range", "bytes=0-"), ("Range", "bytes=0-")),
        (("If-None-Match", '"a"'), ("If-None-Match", '"a"')),
        (("Access-Control-Request-Headers", "x"), ("Access-Control-Request-Headers", "x")),
        (("Origin", "http://p"), ("Origin", "https://shop.example")),
        (("Origin", "null"), ("Origin", "null")),
        (("Origin", "https://embedder.example"), None),
        (("Referer", "http://p/x?y"), ("Referer", "https://shop.example/x?y")),
        (("Referer", "https://embedder.example/"), None),
        (("Host", "p"), None),
        (("cookie", "tps_x=1"), None),
        (("X-Forwarded-For", "10.0.0.1"), None),
        (("Forwarded", "for=10.0.0.1"), None),
        (("Via", "1.1 x"), None),
        (("Transfer-Encoding", "chunked"), None),
        (("Accept-Encoding", "gzip"), None),
        (("Sec-WebSocket-Key", "x"), None),
    ],
)
def test_p3_a_request_header_reaches_the_site_as_the_table_says(
    given: tuple[str, str], passed: tuple[str, str] | None
) -> None:
    assert [header for header in sent(given) if header not in REBUILT] == ([passed] if passed else [])


def test_p3_what_the_proxy_knows_stands_in_for_what_the_browser_said() -> None:
    assert sent(("Sec-Fetch-Site", "same-site"), ("Accept-Encoding", "gzip"), cookie="a=1") == [
        *REBUILT,
        ("Sec-Fetch-Site", "same-site"),
        ("Cookie", "a=1"),
    ]


def test_p3_headers_of_the_connection_stay_behind() -> None:
    assert sent(("Connection", "keep-alive, X-Hop"), ("X-Hop", "1"), ("Keep-Alive", "5")) == REBUILT


@pytest.mark.parametrize(
    ("given", "passed"),
    [
        (("Range", "bytes=0-"), None),
        (("If-Modified-Since", "x"), None),
        (("If-None-Match", 'W/"a-tp1"'), ("If-None-Match", 'W/"a"')),
        (("If-None-Match", 'W/"a-tp0", W/"b-tp1"'), ("If-None-Match", 'W/"b"')),
        (("If-None-Match", '"a"'), None),
        (("If-None-Match", "*"), None),
    ],
)
def test_p3_a_body_that_is_rewritten_is_asked_for_whole(given: tuple[str, str], passed: tuple[str, str] | None) -> None:
    assert [header for header in sent(given, rewritten=True) if header not in REBUILT] == ([passed] if passed else [])
