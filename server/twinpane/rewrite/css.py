"""Change the addresses in a style sheet: what it uses comes from the asset door (F11) or from the proxy (P3).

A style sheet is read as tokens (CSS Syntax, section 4): addresses in comments and plain strings stay as they are.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from typing import Final
from urllib.parse import quote, urldefrag, urljoin

_STRING: Final = r"\"(?:[^\"\\\n]|\\(?:\r\n|[\s\S]))*\"|'(?:[^'\\\n]|\\(?:\r\n|[\s\S]))*'"
_TOKEN: Final = re.compile(
    rf"""
      (?P<comment> /\*[\s\S]*?(?:\*/|\Z) )
    | (?P<url> url\(\s*+ (?: (?P<quoted>{_STRING}) | (?P<bare>(?:[^\s"'()\\]|\\[\s\S])*) ) \s*+\) )
    | (?P<import> @import\s* (?P<sheet>{_STRING}) )
    | (?P<set> (?:-webkit-)?image-set\( )
    | (?P<string> {_STRING} )
    | (?P<function> [-\w]+\( )
    | (?P<open> \( )
    | (?P<close> \) )
    """,
    re.VERBOSE | re.IGNORECASE,
)
# The same for sheets without image-set(), four times as fast: a search for a set of characters begins it.
_PLAIN_TOKEN: Final = re.compile(
    rf"""
    [/"'@uU] (?:
        (?<=/) \*[\s\S]*?(?:\*/|\Z)
      | (?<=[uU])(?<![-\w][uU]) (?P<url>[rR][lL]\(\s*+
            (?:(?P<quoted>{_STRING})|(?P<bare>(?:[^\s"'()\\]|\\[\s\S])*))\s*+\))
      | (?<=@) (?P<import>[iI][mM][pP][oO][rR][tT]\s*(?P<sheet>{_STRING}))
      | (?<=") (?:[^"\\\n]|\\(?:\r\n|[\s\S]))*"
      | (?<=') (?:[^'\\\n]|\\(?:\r\n|[\s\S]))*'
    )
    """,
    re.VERBOSE,
)
_ESCAPE: Final = re.compile(r"\\(?:([0-9a-fA-F]{1,6})(?:\r\n|[ \t\r\n\f])?|(\r\n|[\n\r\f])|([\s\S]))")
_CHARSET: Final = re.compile(rb'@charset "([^"]{1,40})";')
_HEADER_CHARSET: Final = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_KEPT: Final = ("data:", "about:", "#", "javascript:")


def rewrite_css(body: bytes, content_type: str, sheet_url: str, prefix: str) -> bytes:
    """Return a style sheet in UTF-8 whose addresses are `prefix` and the percent-encoded absolute address.

    `sheet_url` is the sheet's own address; relative ones are resolved against it. A fragment stays readable behind.
    """
    text = decode_css(body, content_type)
    return rewrite_css_text(text, lambda url: through_door(url, sheet_url, prefix)).encode()


def proxied_css(body: bytes, content_type: str, encode: Callable[[str], str]) -> bytes:
    """Return a style sheet in UTF-8 with its absolute addresses encoded; relative ones work as they are."""
    return proxied_css_text(decode_css(body, content_type), encode).encode()


def proxied_css_text(text: str, encode: Callable[[str], str]) -> str:
    """Return the text with its absolute addresses encoded. All have `//`, if not written with escapes."""
    return rewrite_css_text(text, encode) if "//" in text or "\\" in text else text


def through_door(url: str, base_url: str, prefix: str) -> str:
    """Return the address by which an agent's browser gets what the page means by `url`."""
    stripped = url.strip()
    if not stripped or stripped.lower().startswith(_KEPT):
        return url
    try:
        absolute, fragment = urldefrag(urljoin(base_url, stripped))
    except ValueError:
        return "about:invalid"
    return prefix + quote(absolute, safe="") + (f"#{fragment}" if fragment else "")


def rewrite_css_text(text: str, change: Callable[[str], str]) -> str:
    """Return the text with each address changed: `url()`, `@import "…"`, strings directly in `image-set()`.

    What `change` gives back as it was stays as it is written.
    """
    parts: list[str] = []
    at = 0
    nesting: list[bool] = []  # For each open parenthesis: is it an image-set?
    pattern = _TOKEN if "image-set" in text.lower() else _PLAIN_TOKEN
    for token in pattern.finditer(text):
        parts.append(text[at : token.start()])
        parts.append(_changed(token, change, nesting))
        at = token.end()
    parts.append(text[at:])
    return "".join(parts)


def _changed(token: re.Match[str], change: Callable[[str], str], nesting: list[bool]) -> str:
    kind = token.lastgroup if token.lastgroup not in ("quoted", "bare", "sheet") else None
    if token["url"] is not None:
        inner = _unescaped(token["quoted"][1:-1] if token["quoted"] is not None else token["bare"])
        changed = change(inner)
        return token[0] if changed == inner else f"url({_string(changed)})"
    if token["import"] is not None:
        inner = _unescaped(token["sheet"][1:-1])
        changed = change(inner)
        return token[0] if changed == inner else f"@import {_string(changed)}"
    if kind == "string" and nesting and nesting[-1]:
        inner = _unescaped(token["string"][1:-1])
        changed = change(inner)
        return token[0] if changed == inner else _string(changed)
    if kind in ("set", "function", "open"):
        nesting.append(kind == "set")
    elif kind == "close" and nesting:
        nesting.pop()
    return token[0]


def decode_css(body: bytes, content_type: str) -> str:
    """Decode a style sheet: byte order mark, then the header's charset, then `@charset`, else UTF-8 (section 3.2)."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace")
    header = _HEADER_CHARSET.search(content_type)
    at_rule = _CHARSET.match(body)
    named = header[1] if header else at_rule[1].decode("ascii", "replace") if at_rule else "utf-8"
    text = body.decode(_encoding(named), "replace")
    return text[at_rule.end() :] if at_rule else text


def _encoding(name: str) -> str:
    try:
        codec = codecs.lookup(name)
    except LookupError:
        return "utf-8"
    if not codec._is_text_encoding:
        return "utf-8"
    # A sheet that says UTF-16 in ASCII letters is UTF-8 (section 3.2); Latin-1 on the web means Windows-1252.
    aliases = {"utf-16": "utf-8", "utf-16-le": "utf-8", "utf-16-be": "utf-8", "iso8859-1": "cp1252", "ascii": "cp1252"}
    return aliases.get(codec.name, codec.name)


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(_character, text)


def _character(escape: re.Match[str]) -> str:
    if escape[1] is None:
        return escape[3] or ""
    number = int(escape[1], 16)
    return chr(number) if 0 < number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF else "\ufffd"


def _string(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\n\r\f]", lambda found: f"\\{ord(found[0]):x} ", escaped) + '"'
