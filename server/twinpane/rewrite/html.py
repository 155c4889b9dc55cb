"""Rewrite an HTML document on its way to the browser (P3): addresses of what it loads, its scripts, its style sheets.

Links and forms stay as they are: the shim sends them through the proxy at use. What is not edited stays verbatim.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape
from typing import Final
from urllib.parse import unquote

from .css import proxied_css_text
from .foreign import ForeignContent
from .import_map import rewrite_import_map
from .js import rewrite_js
from .js_words import may_have_wanted_words
from .markup import MarkupReader, Piece, is_cdata
from .refresh import rewrite_refresh
from .srcset import rewrite_srcset

Encode = Callable[[str], str]

_SOURCES: Final = frozenset("img script iframe frame embed audio video source track input portal".split())
_LINKS: Final = frozenset({"a", "area"})
_RAW_TEXT: Final = frozenset("title textarea style script xmp iframe noembed noframes noscript plaintext".split())
_JAVASCRIPT_TYPE: Final = re.compile(
    r"\s*+(?:module|(?:text|application)/(?:x-)?(?:java|ecma|live|j)script(?:1\.[0-5])?)?\s*+(?:;.*)?", re.IGNORECASE
)
_JAVASCRIPT_URL: Final = re.compile(r"[\x00-\x20]*j\s*a\s*v\s*a\s*s\s*c\s*r\s*i\s*p\s*t\s*:", re.IGNORECASE)
_ATTRIBUTE: Final = re.compile(r"""([^\s/>][^\s/>=]*+)(?:(\s*+=\s*+)("[^"]*+"|'[^']*+'|[^\s>]*+))?+""")
# What is never text between tags. `</>` is nothing to parsers.
_MARKUP: Final = re.compile(r"<(?:[a-zA-Z!?]|/[^>])")
_ORIGIN: Final = re.compile(r"https?://[^\s;'\"]+", re.IGNORECASE)
# Frames in frames in frames: beyond this nobody looks.
_SRCDOC_DEPTH_MAX: Final = 8
_OFF: Final = "data-tp-"
_META_OFF: Final = frozenset(
    {"content-security-policy", "content-security-policy-report-only", "x-frame-options", "origin-trial"}
)
_CDATA: Final = re.compile(r"<!\[CDATA\[(.*?)((?:\]\]>)?)", re.DOTALL)  # At a page's end the section's may be missing.
# Attributes that need a look; all others stay.
_INTERESTING: Final = frozenset(
    "src href xlink:href data poster background srcset imagesrcset ping style srcdoc integrity csp allow action "
    "formaction http-equiv content".split()
)
_ADDRESSES: Final = frozenset("src href xlink:href data action formaction".split())
_SPECIAL: Final = frozenset("script style svg math".split())
# No address that begins so is `javascript:`.
_NO_SCRIPT_FIRST: Final = frozenset("hH/#?.mM")


class HtmlRewriter:
    """Rewrite one document. `head` is put before everything that runs or shows, `srcdoc_head` into frames within."""

    def __init__(self, encode: Encode, head: str, srcdoc_head: str | None = None):
        """Take what encodes an address, and the markup to put first; frames within get the same if not told."""
        self._encode = encode
        self._head = head
        self._srcdoc_head = head if srcdoc_head is None else srcdoc_head
        self._depth = 0
        self._reader = MarkupReader()
        self._foreign = ForeignContent()
        self._is_begun = False
        self._raw: tuple[str, dict[str, str]] | None = None  # The script or style element whose text is being read.
        self._raw_parts: list[str] = []
        self._foreign_text = ""  # The element in SVG whose text comes next, if it would be raw text in HTML.
        self._is_read_as_raw = False  # Its text, by the tokenizer, which does not know of SVG.

    def feed(self, text: str) -> str:
        """Return as much of the rewritten document as is known now."""
        parts: list[str] = []
        for piece in self._reader.feed(text):
            if piece.before:
                parts.append(piece.before)
            if self._reader.looks is not None and piece.tag not in _SPECIAL:
                parts.append(self._edited(piece) if piece.kind == "start" else piece.source)
                continue
            parts.append(self._rewritten(piece))
            # Between the special places most tags need nothing.
            is_calm = self._is_begun and self._raw is None and not self._foreign_text and self._foreign.is_outside
            self._reader.looks = _wants_look if is_calm else None
        return "".join(parts)

    def finish(self) -> str:
        """Return the rest."""
        rest = "".join([self._rewritten(piece) for piece in self._reader.finish()])
        if self._raw is not None:
            rest += self._raw_text()
        return rest if self._is_begun else rest + self._begin()

    def _rewritten(self, piece: Piece) -> str:
        if self._raw is not None:
            if piece.kind != "end" or piece.tag != self._raw[0]:
                self._raw_parts.append(piece.source)
                return ""
            return self._raw_text() + piece.source
        before = "" if self._is_begun or not self._begins_content(piece) else self._begin()
        if piece.kind == "start":
            if piece.tag == "head" and not self._is_begun:
                return self._start_tag(piece) + self._begin()
            return before + self._start_tag(piece)
        if piece.kind == "end":
            self._foreign_text = ""
            self._foreign.end(piece.tag)
        elif self._foreign or self._foreign_text:
            return before + self._in_foreign(piece)
        return before + piece.source

    def _begins_content(self, piece: Piece) -> bool:
        if piece.kind == "text":
            return not piece.source.isspace()
        return piece.kind in ("start", "end") and piece.tag not in ("html", "head")

    def _begin(self) -> str:
        self._is_begun = True
        return self._head

    # Text of scripts and style sheets

    def _raw_text(self) -> str:
        tag, attributes = self._raw or ("", {})
        text = "".join(self._raw_parts)
        self._raw = None
        self._raw_parts = []
        return self._element_text(tag, attributes, text)

    def _element_text(self, tag: str, attributes: dict[str, str], text: str) -> str:
        if tag == "style":
            return proxied_css_text(text, self._encode)
        kind = attributes.get("type") or attributes.get("language") or ""
        if "language" in attributes and not attributes.get("type"):
            kind = f"text/{kind}"
        if _JAVASCRIPT_TYPE.fullmatch(kind):
            return rewrite_js(text, self._encode)
        if kind.strip().lower() == "importmap":
            return rewrite_import_map(text, self._encode)
        # Pages fetched ahead of use would be other sites' own.
        return "{}" if kind.strip().lower() == "speculationrules" else text

    def _in_foreign(self, piece: Piece) -> str:
        if is_cdata(piece):
            self._reader.read_as_cdata(piece)
            return ""
        tag = self._foreign_text
        if piece.kind == "text" and self._is_read_as_raw and _MARKUP.search(piece.source):
            # At most once for each start tag, and no start tag is given back: so reading ends, whatever the text is.
            self._is_read_as_raw = False
            self._reader.read_as_markup(piece)
            return ""
        if tag in ("style", "script"):
            if found := _CDATA.fullmatch(piece.source):
                return f"<![CDATA[{self._element_text(tag, {}, found[1])}{found[2]}"
            text = unescape(piece.source)
            changed = self._element_text(tag, {}, text)
            return piece.source if changed == text else escape(changed, quote=False)
        return piece.source

    # Tags

    def _start_tag(self, piece: Piece) -> str:
        tag = piece.tag
        was_foreign = bool(self._foreign)
        self._foreign_text = ""
        self._is_read_as_raw = False
        self._foreign.start(tag, closes_itself=piece.closes_itself)
        if was_foreign and tag in _RAW_TEXT:
            if piece.closes_itself:
                self._reader.read_as_markup()
            else:
                self._foreign_text = tag
                self._is_read_as_raw = True
        elif tag in ("script", "style"):
            self._raw = (tag, dict(reversed(piece.attributes)))
        return self._edited(piece)

    def _edited(self, piece: Piece) -> str:
        """Return a start tag as the browser is to see it."""
        changed: dict[str, str | None] = {}
        for name, value in piece.attributes:
            if name in _INTERESTING or name[:2] == "on":
                after = self._attribute(piece, name, value)
                if after != value:
                    changed.setdefault(name, after)
        return _with_attributes(piece, changed) if changed else piece.source

    def _attribute(self, piece: Piece, name: str, value: str) -> str | None:
        """Return the value for the browser; None if it must not act on it."""
        tag = piece.tag
        if name in _ADDRESSES:
            if value[:1] not in _NO_SCRIPT_FIRST and _JAVASCRIPT_URL.match(value):
                return self._javascript_url(value)
            if name == "src":
                return self._encode(value) if tag in _SOURCES else value
            if name in ("href", "xlink:href"):
                is_link = tag in _LINKS or (tag == "link" and "canonical" in _value(piece, "rel").lower().split())
                return value if is_link else self._encode(value)
            return self._encode(value) if name == "data" and tag == "object" else value
        if name in ("srcset", "imagesrcset"):
            return rewrite_srcset(value, self._encode)
        if name == "style":
            return proxied_css_text(value, self._encode)
        if name[:2] == "on":
            return rewrite_js(value, self._encode)
        return None if _is_off(tag, name, value) else self._seldom(piece, name, value)

    def _seldom(self, piece: Piece, name: str, value: str) -> str:
        if name in ("poster", "background"):
            return self._encode(value)
        if name == "content":
            is_refresh = piece.tag == "meta" and _value(piece, "http-equiv").strip().lower() == "refresh"
            return rewrite_refresh(value, self._encode) if is_refresh else value
        if name == "ping":
            return " ".join(map(self._encode, value.split()))
        if piece.tag != "iframe":
            return value
        if name == "srcdoc":
            if self._depth == _SRCDOC_DEPTH_MAX:
                return ""
            within = HtmlRewriter(self._encode, self._srcdoc_head)
            within._depth = self._depth + 1
            return within.feed(value) + within.finish()
        return _ORIGIN.sub(lambda found: self._encode(found[0]), value) if name == "allow" else value

    def _javascript_url(self, value: str) -> str:
        found = _JAVASCRIPT_URL.match(value)
        end = found.end() if found else 0
        code = unquote(value[end:])
        changed = rewrite_js(code, self._encode)
        return value if changed == code else value[:end] + changed.replace("%", "%25")


def _wants_look(tag: str, attributes: list[tuple[str, str]]) -> bool:
    """Tell whether a tag may be changed or changes how the next ones are read."""
    if not attributes or tag in _SPECIAL:
        return tag in _SPECIAL
    for name, value in attributes:
        if name in _INTERESTING:
            if name == "style":
                if "//" in value or "\\" in value:
                    return True
            elif name != "href" or tag not in _LINKS or value[:1] not in _NO_SCRIPT_FIRST:
                return True
        elif name[:2] == "on" and may_have_wanted_words(value):
            return True
    return False


def _value(piece: Piece, wanted: str) -> str:
    return next((value for name, value in piece.attributes if name == wanted), "")


def _is_off(tag: str, name: str, value: str) -> bool:
    """Tell what the browser must not act on: digests of other bytes, policies of another origin."""
    if name == "integrity":
        return tag in ("script", "link")
    return (name == "csp" and tag == "iframe") or (
        name == "http-equiv" and tag == "meta" and value.strip().lower() in _META_OFF
    )


def _with_attributes(piece: Piece, changed: dict[str, str | None]) -> str:
    """Return the tag with values changed, and those that are None out of use. Given twice, the first counts."""
    source, result, at = piece.source, "", 0
    for found in _ATTRIBUTE.finditer(source, 1 + len(piece.tag)):
        name = found[1]
        lower = name.lower()
        if lower not in changed:
            continue
        value = changed.pop(lower)
        start, end = found.span()
        if value is None:
            result += f"{source[at:start]}{_OFF}{found[0]}"
        else:
            escaped = value.replace("&", "&amp;").replace('"', "&quot;")
            result += f'{source[at:start]}{name}{found[2] or "="}"{escaped}"'
        at = end
        if not changed:
            break
    return result + source[at:]
