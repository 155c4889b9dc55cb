from __future__ import annotations

import time
from functools import partial
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twinpane.rewrite.address import ProxyBase, Site, encode_url
from twinpane.rewrite.css import decode_css, proxied_css, proxied_css_text, rewrite_css, rewrite_css_text, through_door

SHEET = "https://shop.example/css/main.css"


def rewritten(text: str) -> str:
    """Rewrite with a short mark instead of the door, to keep the cases readable."""
    return rewrite_css_text(text, lambda url: f"<{url}>")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a{background:url(x.png)}", "a{background:url(<x.png>)}"),
        ("a{background:URL( 'x y.png' )}", 'a{background:URL("<x y.png>")}'),
        ('a{background:url("x\\"y.png")}', 'a{background:url("<x\\"y.png>")}'),
        ("a{background:url(x\\)y.png)}", 'a{background:url("<x)y.png>")}'),
        ("a{background:url(\\78.png)}", "a{background:url(<x.png>)}"),
        ("@import 'a.css';", "@import '<a.css>';"),
        ('@import"a.css" screen;', '@import"<a.css>" screen;'),
        ("@import url(a.css) layer(x);", "@import url(<a.css>) layer(x);"),
        ('a{b:image-set("x.png" 1x, url(y.png) 2x)}', 'a{b:image-set("<x.png>" 1x, url(<y.png>) 2x)}'),
        (
            'a{b:-webkit-image-set("x.png" type("image/png") 1x)}',
            'a{b:-webkit-image-set("<x.png>" type("image/png") 1x)}',
        ),
        ('a{content:"url(x.png)"}', 'a{content:"url(x.png)"}'),
        ("/* url(x.png) @import 'y' */a{}", "/* url(x.png) @import 'y' */a{}"),
        ("/* open url(x.png)", "/* open url(x.png)"),
        ('a{width:calc((1px + 2px)*3);b:format("woff2")}', 'a{width:calc((1px + 2px)*3);b:format("woff2")}'),
        ("a{b:my-url(x)}", "a{b:my-url(x)}"),
        ('@namespace "http://www.w3.org/1999/xhtml";', '@namespace "http://www.w3.org/1999/xhtml";'),
    ],
)
def test_f11_addresses_are_found_where_css_has_them_and_nowhere_else(before: str, after: str) -> None:
    assert rewritten(before) == after


@pytest.mark.parametrize(
    ("url", "absolute"),
    [
        ("../img/a.png", "https://shop.example/img/a.png"),
        ("/a.png?v=1&w=2", "https://shop.example/a.png?v=1&w=2"),
        ("//cdn.example/a.png", "https://cdn.example/a.png"),
        ("blob:https://shop.example/1-2", "blob:https://shop.example/1-2"),
        ("https://shop.example/a%20b.png", "https://shop.example/a%20b.png"),
    ],
)
def test_f11_addresses_are_resolved_against_the_sheets_own(url: str, absolute: str) -> None:
    assert through_door(url, SHEET, "/assets/T/") == "/assets/T/" + quote(absolute, safe="")


def test_f11_a_fragment_stays_readable_and_what_loads_nothing_is_left_alone() -> None:
    door = "/assets/T/" + quote("https://shop.example/css/i.svg", safe="")
    assert through_door("i.svg#cart", SHEET, "/assets/T/") == f"{door}#cart"
    for url in ("data:image/png;base64,AA==", "#clip", "about:blank", ""):
        assert through_door(url, SHEET, "/assets/T/") == url
    assert through_door("http://[bad", SHEET, "/assets/T/") == "about:invalid"


@pytest.mark.parametrize(
    ("body", "content_type", "text"),
    [
        (b"\xef\xbb\xbfa{}", "text/css; charset=latin-1", "a{}"),
        ("a{content:'é'}".encode("cp1252"), "text/css; charset=iso-8859-1", "a{content:'é'}"),
        (b'@charset "windows-1251";' + "я".encode("cp1251"), "text/css", "я"),
        (b'@charset "utf-16";' + "é".encode(), "text/css", "é"),
        ("é".encode(), "text/css; charset=nonsense", "é"),
        (b"\xff\xfe" + "é".encode("utf-16-le"), "text/css", "é"),
        (b"\xff", "text/css", "\ufffd"),
        (b"a", "text/css; charset=hex", "a"),
    ],
)
def test_f11_a_sheet_is_decoded_as_css_says(body: bytes, content_type: str, text: str) -> None:
    assert decode_css(body, content_type) == text


def test_f11_the_result_is_utf8() -> None:
    body = rewrite_css("a{background:url('ä.png')}".encode("cp1252"), "text/css;charset=latin1", SHEET, "/p/")
    assert body.decode() == f"a{{background:url('/p/{quote('https://shop.example/css/ä.png', safe='')}')}}"


def test_p3_a_proxied_sheet_keeps_relative_addresses_as_they_are_written() -> None:
    def encode(url: str) -> str:
        return url.replace("//", "//proxy/")

    text = "@import 'a.css';a{b:url( x.png );c:url(//h/y.png);d:image-set('https://h/z' 2x)}"
    assert proxied_css_text(text, encode) == (
        "@import 'a.css';a{b:url( x.png );c:url(//proxy/h/y.png);d:image-set('https://proxy/h/z' 2x)}"
    )
    assert proxied_css("a{b:'é';c:url(//h)}".encode("cp1252"), "text/css;charset=latin1", encode).decode() == (
        "a{b:'é';c:url(//proxy/h)}"
    )
    assert proxied_css_text("a{b:url(x)}", encode) == "a{b:url(x)}"
    assert proxied_css_text("a{b:url(https:\\/\\/h)}", encode) == "a{b:url(https://proxy/h)}"


@given(st.text(alphabet="url(@import'\"/*\\) ;{}\nxé-set"))
def test_w6_any_text_is_taken_and_text_without_addresses_is_unchanged(text: str) -> None:
    assert rewrite_css_text(text, lambda url: url) == text
    if "url" not in text.lower() and "@import" not in text.lower() and "set" not in text:
        assert rewritten(text) == text


PIECES = (
    "url( URL( xurl( \" ' ) /* */ https://a.example http://b.test/x //c.d/e \\ data: content: /r.png image-set( ?q #f"
    " :8080/ é https://A.B/c - * / @import {b:url(https://q.example/z)} {b:url('https://q.example/?q')}"
)


@given(st.lists(st.sampled_from([*PIECES.split(" "), "\n", " "]), max_size=14).map("".join))
def test_p3_the_fast_way_finds_what_the_slow_one_finds(text: str) -> None:
    site = Site("https", "www.shop.example", 443)
    encode = partial(encode_url, ProxyBase("http", "px.localhost", 8080), "abcdefgh2345", aliases={}, within=site)
    assert proxied_css_text(text, encode) == rewrite_css_text(text, encode)


@pytest.mark.parametrize(
    "text",
    [
        "//" + "url(" * 50_000,
        "url(//a.example)" + "url(" * 50_000,
        "//image-set" + "a-" * 50_000,
        "//image-set(" + 'url("' * 20_000,
        "//@import" + " " * 50_000 + "@import",
        "//" + '"\\\n' * 50_000,
    ],
    ids=lambda text: text[:18],
)
def test_p5_a_sheet_made_to_take_long_does_not(text: str) -> None:
    start = time.process_time()
    proxied_css_text(text, str.upper)
    assert time.process_time() - start < 5
