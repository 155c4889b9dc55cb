"""Read HTML piece by piece as it streams in; the pieces' sources, joined, are the text that came in.

The only module that knows the tokenizer's library.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

from turbohtml import Token, Tokenizer, TokenType

_LINE_END: Final = re.compile(r"\r\n?|\n")
Kind = Literal["start", "end", "text", "cdata", "other"]
_KINDS: Final[dict[TokenType, Kind]] = {
    TokenType.START_TAG: "start",
    TokenType.END_TAG: "end",
    TokenType.TEXT: "text",
    TokenType.CHARACTER_REFERENCE: "text",
}
# Tokenizers forget these four characters; they mean nothing.
_NO_TAG: Final = "</>"
_SLICE_CHARS: Final = 4096
_CDATA: Final = "<![CDATA["
_CDATA_END: Final = "]]>"


class Piece(NamedTuple):
    """A tag, a run of text, or something else (comment, doctype, CDATA) with its source as written."""

    kind: Kind
    source: str
    tag: str = ""
    attributes: list[tuple[str, str]] = []  # noqa: RUF012 - never changed: a default for pieces that have none.
    closes_itself: bool = False


class MarkupReader:
    """Give the pieces of one document. While it gives them, the reader of the pieces may steer it."""

    def __init__(self) -> None:
        """Begin a document."""
        self._tokenizer = _new_tokenizer()
        self._tokens: Iterator[Token] = iter(())
        self._held = ""  # Not given out yet; line ends are as the tokenizer sees them.
        self._at = 0
        self._fed = 0
        self._line_ends: deque[str] | None = None
        self._carriage_return = ""
        self._is_in_cdata = False

    def feed(self, text: str) -> Iterator[Piece]:
        """Give the pieces that are complete now."""
        text = self._with_one_line_end(text)
        self._held += text
        yield from self._pieces()

    def finish(self) -> Iterator[Piece]:
        """Give the rest. A tag that does not end is left out, as browsers do."""
        if self._carriage_return and self._line_ends is not None:
            self._line_ends.append("\r")
            self._held += "\n"
            yield from self._pieces()
        closed: Tokenizer | None = None
        while closed is not self._tokenizer:  # Another one takes over where it is steered.
            closed = self._tokenizer
            self._tokens = closed.close()
            yield from self._pieces()
        while self._held.startswith(_NO_TAG, self._at):
            yield Piece("other", self._taken(len(_NO_TAG)))
        if self._is_in_cdata:
            yield Piece("other", self._taken(len(self._held)))

    def read_as_markup(self, piece: Piece | None = None) -> None:
        """Go on as between tags, before the piece just given or after it: in SVG, `<title>` and `<style>` hold tags."""
        if piece is not None:
            self._give_back(piece)
        self._tokenizer = _new_tokenizer()
        self._tokens = iter(())
        self._fed = self._at

    def read_as_cdata(self, piece: Piece) -> None:
        """Read the piece just given again as a CDATA section."""
        self._give_back(piece)
        self._is_in_cdata = True

    def _pieces(self) -> Iterator[Piece]:
        while True:
            if self._is_in_cdata:
                end = self._held.find(_CDATA_END, self._at)
                if end < 0:
                    break
                self._is_in_cdata = False
                yield Piece("cdata", self._taken(end + len(_CDATA_END) - self._at))
                self.read_as_markup()
            token = next(self._tokens, None)
            if token is None:
                if self._fed == len(self._held):
                    break
                # In slices: what is read again after being steered must not be the whole rest each time.
                self._tokens = self._tokenizer.feed(self._held[self._fed : self._fed + _SLICE_CHARS])
                self._fed = min(self._fed + _SLICE_CHARS, len(self._held))
                continue
            kind = _KINDS.get(token.type, "other")
            source = token.source if token.source is not None else token.data or ""
            while not self._held.startswith(source, self._at):
                end = self._held.find(_NO_TAG, self._at)
                if end < 0 or not source.startswith(self._held[self._at : end]):
                    break
                source = source[end - self._at :]
                if end > self._at:
                    yield Piece("text", self._taken(end - self._at))
                yield Piece("other", self._taken(len(_NO_TAG)))
            taken = self._taken(len(source))
            if kind == "start":
                yield Piece(kind, taken, token.tag or "", token.attrs or [], bool(token.self_closing))
            else:
                yield Piece(kind, taken, token.tag or "")
        self._held = self._held[self._at :]
        self._fed = max(0, self._fed - self._at)
        self._at = 0

    def _taken(self, length: int) -> str:
        source = self._held[self._at : self._at + length]
        self._at += len(source)
        line_ends = self._line_ends
        if line_ends is None or "\n" not in source:
            return source
        first, *others = source.split("\n")
        return first + "".join(f"{line_ends.popleft()}{line}" for line in others)

    def _give_back(self, piece: Piece) -> None:
        ends = _LINE_END.findall(piece.source)
        if self._line_ends is not None:
            self._line_ends.extendleft(reversed(ends))
        self._at -= len(_LINE_END.sub("\n", piece.source))

    def _with_one_line_end(self, text: str) -> str:
        """Normalise line ends as HTML does, and remember how they were written."""
        text = self._carriage_return + text.replace("\0", "\ufffd")
        self._carriage_return = ""
        if "\r" not in text:
            if self._line_ends is not None:
                self._line_ends.extend("\n" * text.count("\n"))
            return text
        if self._line_ends is None:
            self._line_ends = deque("\n" * self._held.count("\n"))
        if text.endswith("\r"):  # Half of what may be one line end.
            text, self._carriage_return = text[:-1], "\r"
        self._line_ends.extend(_LINE_END.findall(text))
        return _LINE_END.sub("\n", text)


def is_cdata(piece: Piece) -> bool:
    """Tell whether what looks like a comment is a CDATA section, if it stands in SVG or MathML."""
    return piece.kind == "other" and piece.source.startswith(_CDATA)


def _new_tokenizer() -> Tokenizer:
    return Tokenizer(resolve_references=False, capture_source=True)
