"""Find a document's encoding (byte order mark, header, `<meta>`, guess) and decode it as it streams in."""

from __future__ import annotations

import codecs
import re
from typing import Final

from turbohtml.detect import detect

_PRESCAN_BYTES: Final = 1024  # HTML, prescan a byte stream to determine its encoding
_GUESS_BYTES: Final = 16_384
# The same letters in every encoding that a page may have without saying so first.
_PLAIN: Final = re.compile(rb"[\x01-\x1a\x1c-\x7f]*")
_LABEL: Final = re.compile(r"charset\s*+=\s*+[\"']?\s*+([^\s\"';,]+)", re.IGNORECASE)
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Where Python's codec of the standard's name is narrower than the web's, or has another name (Encoding, section 4).
_CODECS: Final = {
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "windows-874": "cp874",
    "iso-8859-8-i": "iso-8859-8",
    "x-mac-cyrillic": "mac_cyrillic",
    "macintosh": "mac_roman",
    "ibm866": "cp866",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
    "utf-8-sig": "utf-8",
}


def codec_of(label: str) -> str | None:
    """Return Python's codec for an encoding label of the web, or None if the web knows no such label."""
    label = label.strip().lower()
    if label in ("utf-16", "utf-16le", "utf-16be"):
        return "utf-16-be" if label.endswith("be") else "utf-16-le"
    try:
        label.encode("ascii")
        codecs.lookup(f"whatwg-{label}")
    except (LookupError, UnicodeError, ValueError):
        return None
    return _python_codec(detect(f'<meta charset="{label}">'.encode()).encoding)


def _python_codec(name: str | None) -> str:
    lower = (name or "windows-1252").lower()
    codec = _CODECS.get(lower, lower)
    try:
        return codecs.lookup(codec).name
    except LookupError:
        return "cp1252"


class TextDecoder:
    """Decode one document. Until its encoding is known, text is held back from its first letter beyond ASCII on: at
    most 16 kB.
    """

    def __init__(self, content_type: str = ""):
        """Take the `Content-Type` header."""
        found = _LABEL.search(content_type)
        self._label = codec_of(found[1]) if found else None
        self._head = b""
        self._given = 0  # Of `_head`.
        self._decoder: codecs.IncrementalDecoder | None = None

    def feed(self, data: bytes) -> str:
        """Return the text of the bytes so far that has not been returned yet."""
        if self._decoder is not None:
            return self._decoder.decode(data)
        self._head += data
        return self._begin(self._head) if self._is_enough() else self._plain()

    def close(self) -> str:
        """Return what is left."""
        text = self._begin(self._head) if self._decoder is None else ""
        return text + (self._decoder.decode(b"", final=True) if self._decoder is not None else "")

    def _is_enough(self) -> bool:
        if self._label is not None:
            return len(self._head) >= len(codecs.BOM_UTF8)
        if len(self._head) >= _GUESS_BYTES:
            return True
        return len(self._head) >= _PRESCAN_BYTES and b"charset" in self._head[:_PRESCAN_BYTES].lower()

    def _plain(self) -> str:
        found = _PLAIN.match(self._head, self._given) if self._label is None else None
        start, self._given = self._given, found.end() if found else 0
        return self._head[start : self._given].decode("ascii")

    def _begin(self, head: bytes) -> str:
        mark, codec = next((each for each in _MARKS if head.startswith(each[0])), (b"", self._label))
        self._decoder = codecs.getincrementaldecoder(codec or _sniff(head))("replace")
        self._head = b""
        return self._decoder.decode(head[max(len(mark), self._given) :])


def _sniff(head: bytes) -> str:
    # What is all ASCII so far may become anything: UTF-8 is what it most often becomes.
    match = detect(head)
    if head.isascii() and match.encoding == "windows-1252" and b"charset" not in head[:_PRESCAN_BYTES].lower():
        return "utf-8"
    return _python_codec(match.encoding)
