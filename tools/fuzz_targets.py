"""What reads bytes that strangers send, each as one function of bytes: it returns, or it has a fault.

What a reader may raise by its own word is no fault. Where something must hold besides, it is asserted.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from contextlib import suppress

import msgspec
from twinpane.access.search import Searched, as_words, fits, parse_search
from twinpane.rewrite.address import ProxyBase, Site, decode_url, encode_url
from twinpane.rewrite.charset import TextDecoder
from twinpane.rewrite.cookies import CookieJar, CookieRequest
from twinpane.rewrite.css import proxied_css, rewrite_css
from twinpane.rewrite.encoding import KNOWN_ENCODINGS, BodyDecoder, BodyError
from twinpane.rewrite.html import HtmlRewriter
from twinpane.rewrite.js import proxied_js
from twinpane.web.door_messages import UNREADABLE, NoHelloError, Role, decoder_for, read_hello
from twinpane_protocol.envelope import BadEnvelopeError, decode_header, encode_header

BASE = ProxyBase("https", "px.example", 443)
SHOP = Site("https", "shop.example", 443)
ROLES: tuple[Role, ...] = ("visitor", "agent", "console")
NOW_S = 1_800_000_000.0
MAX_COOKIES = 180
MAX_UNPACKED_BYTES = 1 << 20


def encode(url: str) -> str:
    """An address as a proxied page has it."""
    return encode_url(BASE, "abcdefgh", url, {}, SHOP)


def envelope(data: bytes) -> None:
    """The header of a binary frame (W4): what is read is what was written."""
    with suppress(BadEnvelopeError):
        assert decode_header(encode_header(decode_header(data))) == decode_header(data)


def control(data: bytes) -> None:
    """A first frame and a control message of each peer (W2, W6): what is read can be told again."""
    role = ROLES[data[0] % len(ROLES)] if data else "visitor"
    with suppress(NoHelloError, *UNREADABLE):
        read_hello(data[1:])
    with suppress(*UNREADABLE):
        message = decoder_for(role).decode(data[1:])
        assert decoder_for(role).decode(msgspec.json.encode(message)) == message


def html(data: bytes) -> None:
    """A page (Y5): in pieces it becomes what it becomes whole, and our head stands in it once."""
    text = data[1:].decode("utf-8", "replace").replace("@", "")
    cut = data[0] * len(text) // 255 if data else 0
    whole, pieces = HtmlRewriter(lambda url: f"[{url}]", "@", ""), HtmlRewriter(lambda url: f"[{url}]", "@", "")
    told = whole.feed(text) + whole.finish()
    assert pieces.feed(text[:cut]) + pieces.feed(text[cut:]) + pieces.finish() == told
    assert told.count("@") == 1


def css(data: bytes) -> None:
    """A style sheet, for the stage (F11) and for a proxied page (Y5)."""
    rewrite_css(data, "text/css", "https://shop.example/a.css", "/assets/token/")
    proxied_css(data, "text/css", encode)


def script(data: bytes) -> None:
    """A script (Y6): what cannot be read passes unchanged."""
    proxied_js(data, encode)


def address(data: bytes) -> None:
    """An address (Y1)."""
    url = data.decode("utf-8", "replace")
    encode(url)
    decode_url(BASE, url, {})


def cookies(data: bytes) -> None:
    """Lines of a site and of its scripts (Y3): kept within bounds, and shown to no other site."""
    jar = CookieJar()
    here = CookieRequest(SHOP, "/a/b")
    for line in data.decode("latin-1").split("\n"):
        jar.take_set_cookie(line, here, NOW_S)
        jar.take_script_write(line, here, NOW_S)
    jar.cookie_header(here, NOW_S)
    assert jar.document_cookie(CookieRequest(Site("https", "other.example", 443), "/"), NOW_S) == ""
    assert len(jar) <= MAX_COOKIES


def search(data: bytes) -> None:
    """A search (R40)."""
    query = parse_search(data.decode("utf-8", "replace"))
    as_words(query)
    fits(query, Searched(text="zoe", tokens=""))


def body(data: bytes) -> None:
    """A packed body (P5): corrupt or within its bound, and its text by whatever charset it says."""
    if not data:
        return
    decoder = BodyDecoder(KNOWN_ENCODINGS[data[0] % len(KNOWN_ENCODINGS)], MAX_UNPACKED_BYTES)
    made = b""
    with suppress(BodyError, zlib.error):
        made = decoder.feed(data[1:]) + decoder.close()
    assert len(made) <= MAX_UNPACKED_BYTES
    text = TextDecoder()
    text.feed(data[1:])
    text.close()


TARGETS: dict[str, Callable[[bytes], None]] = {
    each.__name__: each for each in (envelope, control, html, css, script, address, cookies, search, body)
}
