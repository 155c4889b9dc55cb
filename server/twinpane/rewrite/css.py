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
    | (?P<function> (?<![-\w])[-\w]++\( )
    | (?P<open> \( )
    | (?P<close> \) )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_IN_DOUBLE: Final = r"[^\"\\\n]*+(?:\\(?:\r\n|[\s\S])[^\"\\\n]*+)*+\""
_IN_SINGLE: Final = r"[^'\\\n]*+(?:\\(?:\r\n|[\s\S])[^'\\\n]*+)*+'"
# The same for sheets without image-set(), many times as fast: a search for a few rare characters begins it.
_PLAIN_TOKEN: Final = re.compile(
    rf"""
    [/"'(] (?:
        (?<=/) \*(?:[^*]*+\*++(?:[^/*][^*]*+\*++)*+/|[\s\S]*+)
      | (?<=\() (?<=[uU][rR][lL]\()(?<![-\w][uU][rR][lL]\() \s*+
            (?:(?P<quoted>"{_IN_DOUBLE}|'{_IN_SINGLE})|(?P<bare>[^\s"'()\\]*+(?:\\[\s\S][^\s"'()\\]*+)*+))\s*+\)
      | (?P<string> (?<=") {_IN_DOUBLE} | (?<=') {_IN_SINGLE} )
    )
    """,
    re.VERBOSE,
)
# On bytes in lower case. Pictures that are data often name the namespace of SVG. No address is absolute by what follows
# a parenthesis; without that a thousand `url(` would each be read to the end.
_MAYBE_ABSOLUTE: Final = re.compile(rb"url\(\s*+[\"']?+(?!data:)[^\"'()]*?(?://|\\)")
# What nearly all absolute addresses look like: a split by it gives text, head, quote, origin, tail, text, and so on.
_USUAL: Final = re.compile(
    r"(url\((?<![-\w]url\()\s*+([\"']?+))(https?://[a-z0-9.-]++)((?:[/?#][^\s\"'()\\]*+)?+\2\s*+\))"
)
# One that is absolute but not like that, or that holds what is no comment there, or that is none for its parenthesis.
_UNUSUAL: Final = re.compile(r"url\(\s*+(?:[\"']?+(?:(?!data:)[^\"'()]*?(?://|\\)|[^\"'()]*?/\*)|[^\"'()]*+\()")
# Text that ends outside of comments and strings, if it begins so.
_OUTSIDE: Final = re.compile(
    rf"(?:[^\"'/]++|\"{_IN_DOUBLE}|'{_IN_SINGLE}|/\*[^*]*+\*++(?:[^/*][^*]*+\*++)*+/|/(?!\*))*+"
)
_ESCAPE: Final = re.compile(r"\\(?:([0-9a-fA-F]{1,6})(?:\r\n|[ \t\r\n\f])?|(\r\n|[\n\r\f])|([\s\S]))")
_CHARSET: Final = re.compile(rb'@charset "([^"]{1,40})";')
_HEADER_CHARSET: Final = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
# Needs no quotes and no escapes, wherever it stands.
_PLAIN: Final = re.compile(r"[^\s\"'()\\]+")
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
    if "//" not in text and "\\" not in text:
        return text
    lower = text.encode(errors="replace").lower()
    if b"@import" in lower or b"image-set" in lower:
        return rewrite_css_text(text, encode)
    if _MAYBE_ABSOLUTE.search(lower) is None:
        return text
    usual = _usually(text, encode) if text.count("url(") == lower.count(b"url(") else None
    return rewrite_css_text(text, encode) if usual is None else usual


def _usually(text: str, encode: Callable[[str], str]) -> str | None:
    """Return the text with its absolute addresses encoded, without a look at each; None if some need one."""
    parts = _USUAL.split(text)
    between = parts[::5]
    for part in between:
        if ('"' in part or "'" in part or "/*" in part) and _OUTSIDE.fullmatch(part) is None:
            return None
        if "url(" in part and _UNUSUAL.search(part):
            return None
    origins = parts[3::5]
    known = {origin: encode(origin) for origin in set(origins)}
    parts[2::5] = [""] * len(origins)
    parts[3::5] = [known[origin] for origin in origins]
    return "".join(parts)


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
    lower = text.lower()
    if "image-set" not in lower:
        return _plainly(text, change, "@import" in lower)
    parts: list[str] = []
    at = 0
    nesting: list[bool] = []  # For each open parenthesis: is it an image-set?
    for token in _TOKEN.finditer(text):
        parts.append(text[at : token.start()])
        parts.append(_changed(token, change, nesting))
        at = token.end()
    parts.append(text[at:])
    return "".join(parts)


def _plainly(text: str, change: Callable[[str], str], has_imports: bool) -> str:
    parts: list[str] = []
    at = 0
    for token in _PLAIN_TOKEN.finditer(text):
        kind = token.lastgroup
        if kind is None or (kind == "string" and not (has_imports and _is_imported(text, token.start()))):
            continue
        start, end = (token.start(), token.end()) if kind == "string" else token.span(kind)
        if kind != "bare":
            start, end = start + 1, end - 1
        written = text[start:end]
        inner = _unescaped(written) if "\\" in written else written
        changed = change(inner)
        if changed == inner:
            continue
        if _PLAIN.fullmatch(changed):
            parts += (text[at:start], changed)
            at = end
        else:
            quoted = _string(changed)
            parts += (text[at : token.start()], quoted if kind == "string" else f"({quoted})")
            at = token.end()
    return "".join(parts) + text[at:] if parts else text


def _is_imported(text: str, at: int) -> bool:
    return text[max(0, at - 100) : at].rstrip().lower().endswith("@import")


def _changed(token: re.Match[str], change: Callable[[str], str], nesting: list[bool]) -> str:
    kind = token.lastgroup if token.lastgroup not in ("quoted", "bare", "sheet") else None
    if token["url"] is not None:
        return _put(token, "quoted" if token["quoted"] is not None else "bare", change, "url({})")
    if token["import"] is not None:
        return _put(token, "sheet", change, "@import {}")
    if kind == "string" and nesting and nesting[-1]:
        return _put(token, "string", change, "{}")
    if kind in ("set", "function", "open"):
        nesting.append(kind == "set")
    elif kind == "close" and nesting:
        nesting.pop()
    return token[0]


def _put(token: re.Match[str], group: str, change: Callable[[str], str], form: str) -> str:
    """Return the token with its address changed: between the same quotes, or in the `form` if it cannot be."""
    start, end = (at - token.start() for at in token.span(group))
    if group != "bare":
        start, end = start + 1, end - 1
    written = token[0][start:end]
    inner = _unescaped(written)
    changed = change(inner)
    if changed == inner:
        return token[0]
    if _PLAIN.fullmatch(changed):
        return token[0][:start] + changed + token[0][end:]
    return form.format(_string(changed))


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
