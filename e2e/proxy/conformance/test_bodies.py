"""Files that are saved, films that are sought in, much that is sent, and bytes that nobody may touch."""

from __future__ import annotations

import re
import struct
from typing import Any

import pytest
from playwright.sync_api import Page

from e2e import flow
from e2e.proxy.conformance.story import compare, put
from e2e.proxy.conformance.table import Results
from e2e.proxy.conformance.visit import Pair, Visit

DOWNLOADS = {
    "Content-Disposition": "<a href='/download'>go</a>",
    "Content-Disposition of another site": "<a href='{{IDP}}/download'>go</a>",
    "a page that is to be saved": "<a href='/serve?type=text/html&h=Content-Disposition:%20attachment;filename=p.html"
    '&body=<a%20href="https://cdn.test/">x</a>\'>go</a>',
    "a[download]": "<a href='/echo?x' download='own name.json'>go</a>",
    "a[download] of another site": "<a href='{{IDP}}/download' download='not this'>go</a>",
    "a[download] of a page": "<a href='/page/landed' download>go</a>",
    "a[download] of a blob": "<a download='b.txt'>go</a><script>document.links.length;"
    "document.querySelector('a').href = URL.createObjectURL(new Blob(['blob']))</script>",
    "a[download] of data": "<a href='data:text/plain,data' download='d.txt'>go</a>",
    "a form": "<form method=post action='/download'><button>go</button></form>",
    "a script's click": "<button onclick=\"Object.assign(document.createElement('a'),"
    " {href: '/echo?y', download: 'y.json'}).click()\">go</button>",
    "location": "<button onclick=\"location = '/download'\">go</button>",
    "a new tab": "<a href='/download' target=_blank>go</a>",
}


@pytest.mark.parametrize("kind", DOWNLOADS)
def test_y8_a_file_is_saved_under_its_name(pair: Pair, results: Results, kind: str) -> None:
    path = put(pair, "saving", DOWNLOADS[kind])

    def story(visit: Visit) -> Any:
        page = visit.open(path)
        with page.expect_download() as saving:
            page.get_by_text("go").click()
        saved = saving.value
        content = saved.path().read_text()
        # The headers and the number of the story differ by nature.
        told = re.sub(r'"headers": {.*?}|\?story=\d+', "", content)
        # Firefox numbers what it has saved before.
        name = re.sub(r"\(\d+\)(?=\.)", "", saved.suggested_filename)
        return [name, told, page.title(), page.evaluate("() => document.URL")]

    compare(pair, results, 17, f"a download: {kind}", story)


RATE, SECONDS = 8000, 2400


def sound() -> bytes:
    """A sound of 40 minutes, 19 MB: more than a browser keeps ahead."""
    size = RATE * SECONDS
    head = b"RIFF" + struct.pack("<I", 36 + size) + b"WAVEfmt " + struct.pack("<IHHIIHH", 16, 1, 1, RATE, RATE, 1, 8)
    return head + b"data" + struct.pack("<I", size) + b"\x80" * size


SEEK = """async () => {
  const film = document.querySelector('video');
  const once = (name) => new Promise((done) => film.addEventListener(name, done, {once: true}));
  const known = film.readyState ? null : once('loadedmetadata');
  await known;
  const found = [film.duration, film.error?.code ?? null];
  for (const to of [2390, 1200, 2000]) {
    const sought = once('seeked');
    film.currentTime = to;
    await sought;
    found.push(film.currentTime, film.seekable.end(0));
  }
  return [...found, new URL(film.currentSrc).pathname, document.URL.startsWith(new URL(film.currentSrc).origin)];
}"""


@pytest.mark.parametrize("where", ["own", "another site"])
def test_p3_a_film_is_sought_in(pair: Pair, results: Results, where: str) -> None:
    pair.sites.files["/long.wav"] = (sound(), "audio/wav")
    site = "" if where == "own" else "{{CDN}}"
    path = put(pair, "film", f"<video src='{site}/file/long.wav' preload=metadata muted></video>")

    def story(visit: Visit) -> Any:
        pair.sites.ranges.clear()
        seen = visit.open(path).evaluate(SEEK)
        return [seen, max(pair.sites.ranges) > 1_000_000]

    compare(pair, results, 45, f"seeking in a film: {where}", story)


MUCH = 100_000_000
SEND = {
    "fetch of a blob": "await fetch('/upload', {method: 'POST', body: blob}).then((r) => r.json())",
    "fetch to another origin": "await fetch(API + '/upload', {method: 'POST', body: blob}).then((r) => r.json())",
    "XMLHttpRequest with progress": "await new Promise((done, fail) => { const x = new XMLHttpRequest(); let last = 0;"
    " x.open('PUT', '/upload'); x.upload.onprogress = (e) => { last = Math.max(last, e.loaded) }; x.onerror = fail;"
    " x.onload = () => done([JSON.parse(x.responseText), last]); x.send(blob) })",
}


@pytest.mark.parametrize("kind", SEND)
def test_p3_a_hundred_megabytes_are_sent(pair: Pair, results: Results, kind: str) -> None:
    api = pair.sites.url(host="api.shop.test")
    path = put(
        pair,
        "much",
        f"<script>window.send = async () => {{ const API = '{api}', piece = new Uint8Array(1e6);"
        f" const blob = new Blob(new Array({MUCH // 1_000_000}).fill(piece)); return {SEND[kind]} }}</script>",
    )
    compare(pair, results, 48, f"100 MB: {kind}", lambda visit: visit.open(path).evaluate("() => window.send()"))


def test_p3_a_file_of_a_hundred_megabytes_is_sent_by_a_form(pair: Pair, results: Results, tmp_path: Any) -> None:
    file = tmp_path / "much.bin"
    file.write_bytes(bytes(MUCH))
    path = put(
        pair,
        "much form",
        "<form method=post action='/shown' enctype=multipart/form-data>"
        "<input name=a value=1><input type=file name=f><button>go</button></form>",
    ).replace(" ", "%20")

    def story(visit: Visit) -> Any:
        page = visit.open(path)
        page.set_input_files("input[type=file]", file)
        page.get_by_role("button").click(timeout=60_000)
        return flow.decoded(page.locator("#told").inner_text(timeout=60_000).encode())["form"]

    compare(pair, results, 48, "100 MB: a form with a file", story)


# Values that are edited stand in double quotes here, for that is how they are written anew.
NASTY = (
    "\ufeff  <!-- first -->\r\n<!DocType  HTML PUBLIC '-//W3C//DTD HTML 4.01//EN' >\n<HTML lang = EN\tclass=a CLASS=b>"
    "<head><Meta Charset='utf-8' ><TITLE>a &amp; b &notit; &copy</TITLE>\x0c<style media = all >\n a>b{color:red}"
    ' /*<*/ </style ><script type=\'application/json\'>{"u": "{{CDN}}/x", "a": "</b>"}</script>'
    "<script type=text/template><img src='{{CDN}}/t.png'></script>"
    "</head><body   onload = ''  data-u={{CDN}}/d ><p>one<p >two</P\n>< p>&lt;x&gt; & &#x41; <b/><br/ ><i>1<b>2</i></b>"
    '<img src="{{CDN}}/a.png"   ALT=\'a>b\' / ><IMG SRC="{{CDN}}/b.png" alt=it\'s><img alt=1 src="{{CDN}}/c?a&amp;b" >'
    "<img srcset=\" {{CDN}}/1.png 1x ,{{CDN}}/2.png  2x,\" ><img src=/own.png  alt><img src='/a.png?a b'>"
    "<a  href = '{{CDN}}/l' HREF=2>l</a><a href={{API}}/x?a&b>m</a>"
    "<textarea>\n<img src={{CDN}}/no.png></textarea><xmp><img src={{CDN}}/no.png></xmp>"
    '<noscript><img src="{{CDN}}/n.png"></noscript><math><mi>x</mi></math>'
    "<svg viewBox='0 0 1 1'><image xlink:href=\"{{CDN}}/s.png\"/><![CDATA[<img src={{CDN}}/no.png>]]><title><b></title>"
    "</svg><!--[if IE]><img src={{CDN}}/no.png><![endif]--><!-><!---><? pi ?></ nothing><!bogus>"
    "<table><tr><td>x<form action='{{API}}/f' ><input value='{{CDN}}/v'></table>"
    "<template><img src=\"{{CDN}}/t.png\"></template><iframe src='about:blank'></iframe>"
    "<select><option>1<option selected>2</select>\x0b\x7f ü 日本 \U0001f600 \u2028"
    "</body>\r\n</HTML>\n<!-- after -->  trailing \n"
)


@pytest.mark.parametrize("way", ["whole", "gzip"])
def test_y5_bytes_outside_of_edited_tags_stay(pair: Pair, results: Results, way: str) -> None:
    """What we put in and what we changed is undone here; then each byte must be the site's."""
    pair.sites.files["/nasty"] = (pair.sites.filled(NASTY).encode(), "text/html; charset=utf-8")

    def story(visit: Visit) -> Any:
        page = visit.page()
        answer = page.goto(visit.address(pair.sites.url(f"/file/nasty?way={way}")))
        assert answer is not None
        return undone(visit, body_of(page, answer.body()))

    compare(pair, results, 52, f"bytes outside of edited tags, {way}", story)


def body_of(page: Page, body: bytes) -> str:
    assert page.title() == "a & b ¬it; ©"
    return body.decode()


def undone(visit: Visit, text: str) -> str:
    """The page without what the proxy puts before it, and with real addresses."""
    text = re.sub(r"<script>self\.__tp\$=.*?</script><script src=\"/__tp/[^\"]+\"></script>", "", text)
    text = re.sub(r'<script async="" src="[^"]*/E2ePublic1\.js"></script>', "", text)

    def real(found: re.Match[str]) -> str:
        return visit.real(found[0])

    return re.sub(r"https?://[a-z0-9-]+\.px\.localhost:\d+", real, text)
