from __future__ import annotations

import pytest

from twinpane.rewrite.address import Site
from twinpane.rewrite.request_headers import Asking, headers_for_site
from twinpane.rewrite.sites import FetchSite

SITE = Site("https", "shop.example", 8443)


def sent(*headers: tuple[str, str], rewritten: bool = False, cookie: str = "") -> list[tuple[str, str]]:
    asking = Asking(SITE, cookie, "same-site", rewritten, "-tp1")
    real = {"http://p": "https://shop.example", "http://p/x?y": "https://shop.example/x?y"}
    return headers_for_site(headers, asking, real.get)


REBUILT = [("Host", "shop.example:8443")]


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
        (("Accept-Encoding", "gzip, br;q=0.5"), ("Accept-Encoding", "gzip, br;q=0.5")),
        (("Accept-Encoding", "identity;q=1, *;q=0"), ("Accept-Encoding", "identity;q=1, *;q=0")),
        (("Accept-Encoding", "zstd, dcb, dcz"), ("Accept-Encoding", "zstd")),
        (("Available-Dictionary", ":x:"), None),
        (("Sec-WebSocket-Key", "x"), None),
    ],
)
def test_p3_a_request_header_reaches_the_site_as_the_table_says(
    given: tuple[str, str], passed: tuple[str, str] | None
) -> None:
    assert [header for header in sent(given) if header not in REBUILT] == ([passed] if passed else [])


@pytest.mark.parametrize(
    ("agent", "fetch_site", "dest", "referer"),
    [
        ("Gecko/1 Firefox/153.0", "cross-site", "image", "https://shop.example/"),
        ("Gecko/1 Firefox/153.0", "same-site", "image", "https://shop.example/x?y"),
        ("Gecko/1 Firefox/153.0", "cross-site", "document", "https://shop.example/x?y"),
        ("Chrome/156.0", "cross-site", "image", "https://shop.example/x?y"),
    ],
)
def test_p3_firefox_gives_other_sites_no_paths(agent: str, fetch_site: FetchSite, dest: str, referer: str) -> None:
    asking = Asking(SITE, "", fetch_site, False, "-tp1")
    given = [("User-Agent", agent), ("Sec-Fetch-Dest", dest), ("Referer", "http://p/x?y")]
    sent = headers_for_site(given, asking, {"http://p/x?y": "https://shop.example/x?y"}.get)
    assert dict(sent)["Referer"] == referer


def test_p3_no_referrer_goes_from_https_to_http() -> None:
    asking = Asking(Site("http", "shop.example", 80), "", "cross-site", False, "-tp1")
    real = {"http://p/x": "https://shop.example/x", "http://q/x": "http://shop.example/x"}
    given = [("Referer", "http://p/x"), ("Referer", "http://q/x")]
    told = [value for name, value in headers_for_site(given, asking, real.get) if name == "Referer"]
    assert told == ["http://shop.example/x"]


def test_p3_what_the_proxy_knows_stands_in_for_what_the_browser_said() -> None:
    assert sent(("Sec-Fetch-Site", "same-site"), ("Cookie", "tps_x=1"), cookie="a=1") == [
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
