from __future__ import annotations

import time
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twinpane.rewrite.html import HtmlRewriter


def encode(url: str) -> str:
    return url.replace("https://", "http://p/") if url.startswith("https://") else url


def rewritten(*chunks: str, head: str = "") -> str:
    rewriter = HtmlRewriter(encode, head, "")
    text = "".join(rewriter.feed(chunk) for chunk in chunks) + rewriter.finish()
    return text.replace("__tp$", "$")


# ruff: noqa: E501 - the cases read best as a table.
EDITED = [
    ("<img src=https://c/a.png>", '<img src="http://p/c/a.png">'),
    ("<IMG  SRC = 'https://c/a?b&amp;c=&quot;' alt=x>", '<IMG  SRC = "http://p/c/a?b&amp;c=&quot;" alt=x>'),
    ("<img src=https://c/a src=https://c/b>", '<img src="http://p/c/a" src=https://c/b>'),
    ("<img alt='>' src=https://c/a />", "<img alt='>' src=\"http://p/c/a\" />"),
    ("<script src=https://c/a.js integrity=sha384-x></script>", '<script src="http://p/c/a.js" data-tp-integrity=sha384-x></script>'),
    ("<link rel=stylesheet href=https://c/a.css>", '<link rel=stylesheet href="http://p/c/a.css">'),
    ("<base href=https://c/>", '<base href="http://p/c/">'),
    ("<iframe src=https://c/ csp=x allow='camera https://c'></iframe>", "<iframe src=\"http://p/c/\" data-tp-csp=x allow=\"camera http://p/c\"></iframe>"),
    ("<video poster=https://c/a src=https://c/b>", '<video poster="http://p/c/a" src="http://p/c/b">'),
    ("<object data=https://c/a>", '<object data="http://p/c/a">'),
    ("<body background=https://c/a>", '<body background="http://p/c/a">'),
    ("<img srcset='https://c/a 1x, b 2x'>", '<img srcset="http://p/c/a 1x, b 2x">'),
    ("<link imagesrcset='https://c/a 1x'>", '<link imagesrcset="http://p/c/a 1x">'),
    ("<a ping='https://c/a /b'>", '<a ping="http://p/c/a /b">'),
    ("<svg><image xlink:href=https://c/a /><use href=https://c/b#x /></svg>", '<svg><image xlink:href="http://p/c/a" /><use href="http://p/c/b#x" /></svg>'),
    ("<p style='a:url(https://c/a)'>", '<p style="a:url(http://p/c/a)">'),
    ("<p onclick=\"location='x'\">", "<p onclick=\"$G.location='x'\">"),
    ("<p onclick='f(&quot;x&quot;,location)'>", '<p onclick="f(&quot;x&quot;,$L(location))">'),
    ("<a href='javascript:f(location)'>", '<a href="javascript:f($L(location))">'),
    ("<a href=' JavaScript:f(%22%25%22,location)'>", '<a href=" JavaScript:f(&quot;%25&quot;,$L(location))">'),
    ("<form action='javascript:f(top)'>", '<form action="javascript:f($T(top))">'),
    ("<meta http-equiv=Content-Security-Policy content=x>", "<meta data-tp-http-equiv=Content-Security-Policy content=x>"),
    ("<meta http-equiv=refresh content='0;url=https://c/'>", '<meta http-equiv=refresh content="0;url=http://p/c/">'),
    ("<script>location.x</script>", "<script>$L(location).x</script>"),
    ("<script type=module>import'https://c/a.js'</script>", "<script type=module>import'http://p/c/a.js'</script>"),
    ("<script language=JavaScript>f(location)</script>", "<script language=JavaScript>f($L(location))</script>"),
    ('<script type=importmap>{"imports":{"a":"https://c/a"}}</script>', '<script type=importmap>{"imports": {"a": "http://p/c/a"}}</script>'),
    ("<script type=speculationrules>{}x</script>", "<script type=speculationrules>{}</script>"),
    ("<style>a{b:url(https://c/a)}</style>", "<style>a{b:url(http://p/c/a)}</style>"),
    ("<iframe srcdoc='<img src=https://c/a>'></iframe>", '<iframe srcdoc="<img src=&quot;http://p/c/a&quot;>"></iframe>'),
    ("<svg><style>a{b:url(https://c/a)}</style></svg>", "<svg><style>a{b:url(http://p/c/a)}</style></svg>"),
    ("<svg><script>f(&quot;x&quot;,location)</script></svg>", '<svg><script>f("x",$L(location))</script></svg>'),
    ("<svg><script><![CDATA[a<b,location]]></script></svg>", "<svg><script><![CDATA[a<b,$L(location)]]></script></svg>"),
    ("<svg><style><![CDATA[a{b:url(https://c/a)}", "<svg><style><![CDATA[a{b:url(http://p/c/a)}"),
    ("<svg><title><img src=https://c/a></title></svg>", '<svg><title><img src="http://p/c/a"></title></svg>'),
    ("<svg><style/><image href=https://c/a /></svg>", '<svg><style/><image href="http://p/c/a" /></svg>'),
    ("<svg><title/></svg><script>location</script>", "<svg><title/></svg><script>$L(location)</script>"),
    ("<script>location", "<script>$L(location)"),
]  # fmt: skip
VERBATIM = [
    "<a href=https://c/>x</a>", "<area href=https://c/>", "<form action=https://c/ method=post>", "<button formaction=https://c/>",
    "<link rel=canonical href=https://c/>", "<meta property=og:image content=https://c/a>", "<svg><a href=https://c/></a></svg>",
    "<script type=application/json>{\"location\":location}</script>", "<script type=text/template><img src=https://c/a></script>",
    "<!-- <img src=https://c/a> -->", "<textarea><img src=https://c/a></textarea>", "<noscript><img src=https://c/a></noscript>",
    "<title>location</title>", "<img src=a.png  alt = 'x'>", "<p data-src=https://c/a title=https://c/a>https://c/a</p>",
    "<img src='data:image/png,x'>", "<!doctype html>\r\n<HTML>\r\n<p>\n&amp;</p></HTML>", "<svg><title>a &amp; b</title></svg>",
    "<input value=https://c/a>", "<iframe src=about:blank></iframe>", "<script>var a='</p>'</script>", "<style>a{}</style>",
    "<p integrity=x>", "<meta http-equiv=content-type content='text/html; charset=gbk'>",
    "<svg><![CDATA[ a > b", "<svg><style>a < b</style></svg>", "<svg><title></></title><style></></style></svg>", "<math><title>a < b</>c << d</title></math>",
]  # fmt: skip


@pytest.mark.parametrize(("before", "after"), EDITED)
def test_p3_what_a_page_loads_and_runs_is_rewritten(before: str, after: str) -> None:
    assert rewritten(before) == after
    assert rewritten(*before) == after


@pytest.mark.parametrize("text", VERBATIM)
def test_p3_all_else_is_verbatim(text: str) -> None:
    assert rewritten(text) == text
    assert rewritten(*text) == text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>", "@<p>"),
        ("", "@"),
        ("text", "@text"),
        (
            "<!doctype html><!-- c --> <html lang=en> <head><title>",
            "<!doctype html><!-- c --> <html lang=en> <head>@<title>",
        ),
        ("<html><script src=a></script>", "<html>@<script src=a></script>"),
        ("<html><body>", "<html>@<body>"),
        ("<!doctype html>\n</html>", "<!doctype html>\n</html>@"),
        ("&amp;<head>", "@&amp;<head>"),
    ],
)
def test_p3_the_head_of_ours_comes_before_all_that_runs_or_shows_and_once(before: str, after: str) -> None:
    assert rewritten(before, head="@") == after
    assert rewritten(*before, head="@") == after


def test_p3_frames_within_get_their_own_head() -> None:
    rewriter = HtmlRewriter(encode, "@", "#")
    assert rewriter.feed("<iframe srcdoc='<p>'>") + rewriter.finish() == '@<iframe srcdoc="#<p>">'


def test_p3_the_page_streams() -> None:
    rewriter = HtmlRewriter(encode, "@")
    assert rewriter.feed("<html><head><title>x</title><p>y") == "<html><head>@<title>x</title><p>"
    assert rewriter.feed("</p>") == "y</p>"


_MARKUP = st.sampled_from(
    "<p> </p> <svg> </svg> <title> </title> <style> </style> <script> </script> <![CDATA[ ]]> <img src='https://c'> "
    "<foreignObject> <math> <mi> <a href=x> x &amp; < > </> <!-- --> <textarea> </textarea> <style/> \r\n \r location "
    "<xmp> </xmp> <plaintext> <iframe> <noscript> <annotation-xml> </math> </ <! <? <a \0".split(" ")
)


@given(st.lists(_MARKUP, max_size=25))
def test_w6_any_document_is_taken_and_pieces_make_no_difference(parts: list[str]) -> None:
    whole = rewritten("".join(parts), head="@")
    assert rewritten(*parts, head="@") == whole
    assert whole.count("@") == 1


RAW = "title textarea style script xmp iframe noembed noframes noscript plaintext".split()
_LESS = [
    "<",
    "a < b",
    "<<",
    "<=",
    "< /x",
    "<1",
    "<\0",
    "<\r\n",
    "&lt;<",
    "</>",
    "<</>",
    "</",
    "</ x",
    "<!",
    "<?",
    "<a",
    "<a>",
]


@pytest.mark.parametrize("root", ["svg", "math", "svg><svg", "svg><desc><math"])
@pytest.mark.parametrize("end", ["", "</{tag}>", "</svg>", "<{tag}>x", "<![CDATA[", "<![CDATA[<]]>", "<!--", "</{tag}"])
def test_p5_what_is_read_again_in_svg_comes_to_an_end(root: str, end: str) -> None:
    for tag, less in product(RAW, _LESS):
        text = f"<{root}><{tag}>{less}{end.format(tag=tag)}"
        whole = rewritten(text)
        assert rewritten(*text) == whole
        text = text.replace("\0", "\ufffd")
        assert text.startswith(whole)
        assert text[len(whole) :].startswith(("<a", "</", "<?")) or text == whole  # Only a tag that does not end.


@pytest.mark.parametrize(
    "text",
    [
        "<svg>" + "<style/>" * 20_000,
        "<svg>" + "<title><b></title>" * 5000,
        "<svg>" + "<title>a < b<i>" * 5000,
        "<svg>" + "<style>a<!" * 5000,
        "<svg>" + "<![CDATA[" * 20_000,
        "<svg>" + "<![CDATA[<]]>" * 5000,
        "<svg><title>" + "< " * 50_000,
        "<svg><title>" + "</>" * 50_000 + "<b>",
        "<p style='a:url(" + " " * 20_000 + "'>",
        "<img srcset='" + "," * 100_000 + "'>",
        "<img srcset='(" + ", " * 50_000 + "'>",
        "<meta http-equiv=refresh content='0" + " " * 20_000 + "'>",
        "<script type='" + " " * 20_000 + "x'></script>",
        "<!--" + "-" * 200_000,
        "<iframe srcdoc=a&gt;" + "".join(f"<iframe/srcdoc=a&{'amp;' * depth}gt;" for depth in range(1, 300)),
    ],
    ids=lambda text: text[:16],
)
def test_p5_a_page_made_to_take_long_does_not(text: str) -> None:
    start = time.process_time()
    rewritten(text)
    assert time.process_time() - start < 5
