from __future__ import annotations

import pytest

from twinpane.rewrite.address import ProxyBase
from twinpane.rewrite.response_headers import (
    Answering,
    clears_cookies,
    containment_policy,
    headers_for_browser,
    marked_tag,
)

ALWAYS = [("X-Robots-Tag", "noindex"), ("Origin-Agent-Cluster", "?1"), ("Content-Security-Policy", "own")]


def encode(url: str) -> str:
    return f"<{url}>" if url.startswith("https://") else url


def kept(*headers: tuple[str, str], rewritten: bool = False) -> list[tuple[str, str]]:
    sent = headers_for_browser(headers, Answering(rewritten, "-tp1", "own"), encode)
    assert sent[-3:] == ALWAYS
    return sent[:-3]


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("Location", "https://a/x", "<https://a/x>"),
        ("Location", "/x", "/x"),
        ("Refresh", "0;url=https://a/", "0;url=<https://a/>"),
        (
            "Link",
            '<https://a/x.css>; rel=preload, </y>; rel="next"',
            '<<https://a/x.css>>; rel=preload, </y>; rel="next"',
        ),
        ("Access-Control-Allow-Origin", "https://a", "<https://a>"),
        ("Access-Control-Allow-Origin", "*", "*"),
        ("Access-Control-Allow-Origin", "null", "null"),
        ("Access-Control-Allow-Credentials", "true", "true"),
        ("Timing-Allow-Origin", "https://a, https://b", "<https://a>, <https://b>"),
        ("Permissions-Policy", 'camera=(self "https://a"), usb=()', 'camera=(self "<https://a>"), usb=()'),
        ("Cache-Control", "public, max-age=9", "private, max-age=9"),
        ("Cross-Origin-Opener-Policy", "same-origin", "same-origin"),
        ("Content-Type", "text/html", "text/html"),
        ("ETag", '"a"', '"a"'),
        ("Content-Length", "9", "9"),
        ("Clear-Site-Data", '"cache", "cookies"', '"cache"'),
        ("Clear-Site-Data", '"*"', '"cache", "storage"'),
        ("Clear-Site-Data", '"cookies"', None),
        ("Set-Cookie", "a=1", None),
        ("Content-Security-Policy", "default-src 'none'", None),
        ("X-Frame-Options", "DENY", None),
        ("Strict-Transport-Security", "max-age=9", None),
        ("Alt-Svc", "h3", None),
        ("Server", "x", None),
        ("Transfer-Encoding", "chunked", None),
        ("Attribution-Reporting-Register-Source", "{}", None),
    ],
)
def test_p3_an_answers_header_reaches_the_browser_as_the_table_says(name: str, before: str, after: str | None) -> None:
    assert kept((name, before)) == ([(name, after)] if after is not None else [])


def test_p3_headers_that_describe_other_bytes_go_when_the_body_is_rewritten() -> None:
    assert kept(
        ("Content-Length", "9"),
        ("Content-Encoding", "br"),
        ("Accept-Ranges", "bytes"),
        ("ETag", '"a"'),
        ("Connection", "X-Hop"),
        ("X-Hop", "1"),
        rewritten=True,
    ) == [("ETag", 'W/"a-tp1"')]
    assert marked_tag("nonsense", "-tp1") == "nonsense"


def test_p3_clear_site_data_reaches_the_jar() -> None:
    assert clears_cookies([("clear-site-data", '"cache", "cookies"')])
    assert clears_cookies([("Clear-Site-Data", '"*"')])
    assert not clears_cookies([("Clear-Site-Data", '"cache"'), ("X", '"cookies"')])


def test_p4_the_containment_policy_names_the_proxy_the_api_and_the_embedders_and_nobody_else() -> None:
    policy = containment_policy(
        ProxyBase("http", "px.localhost", 8080), "http://localhost:8080", ["https://crm.example"]
    )
    assert "frame-ancestors 'self' http://*.px.localhost:8080 https://crm.example;" in policy
    assert "form-action 'self' http://*.px.localhost:8080;" in policy
    assert "ws://localhost:8080;" in policy
    assert policy.endswith("report-uri /__tp/csp")


@pytest.mark.parametrize(
    ("given", "varies"),
    [
        ([], ["Accept-Encoding"]),
        ([("Vary", "Origin")], ["Origin", "Accept-Encoding"]),
        ([("vary", "Origin, accept-encoding")], ["Origin, accept-encoding"]),
        ([("Vary", "*")], ["*"]),
    ],
)
def test_p3_a_body_packed_again_says_how_and_upon_what_it_depends(
    given: list[tuple[str, str]], varies: list[str]
) -> None:
    answering = Answering(True, ";tp-1", "own", coding="zstd")
    sent = headers_for_browser([*given, ("Content-Encoding", "br"), ("ETag", '"a"')], answering, encode)
    assert [value for name, value in sent if name.lower() == "vary"] == varies
    assert [value for name, value in sent if name == "Content-Encoding"] == ["zstd"]
    assert ("ETag", 'W/"a;tp-1"') in sent
