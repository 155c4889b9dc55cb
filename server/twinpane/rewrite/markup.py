"""Read HTML piece by piece as it streams in; the pieces' sources, joined, are the text that came in.

The only module that knows the tokenizer's library. Where nothing needs a look, many tokens make one piece.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator
from typing import Final, Literal, NamedTuple

from turbohtml import Token, Tokenizer, TokenType

_LINE_END: Final = re.compile(r"\r\n?|\n")
Kind = Literal["start", "end", "text", "cdata", "other"]
Looks = Callable[[str, list[tuple[str, str]]], bool]
_START: Final = TokenType.START_TAG
_END: Final = TokenType.END_TAG
_TEXT: Final = frozenset({TokenType.TEXT, TokenType.CHARACTER_REFERENCE})
# Tokenizers leave these three characters out of the text around them; they mean nothing.
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
    before: str = ""
    """What came before a start tag that wants a look and wants none itself."""


class MarkupReader:
    """Give the pieces of one document. While it gives them, the reader of the pieces may steer it."""

    looks: Looks | None = None
    """As long as it is set: only start tags for which it is true come as pieces of their own, all between as one."""

    def __init__(self) -> None:
        """Begin a document."""
        self._held = ""  # Not given out yet; line ends are as the tokenizer sees them.
        self._at = 0
        self._line_ends: deque[str] | None = None
        self._carriage_return = ""
        self._is_in_cdata = False
        self._fed: int
        self._tokenizer: Tokenizer
        self._tokens: Iterator[Token]
        self._passed: Token | None
        self._begin_tokenizer()

    def feed(self, text: str) -> Iterator[Piece]:
        """Give the pieces that are complete now."""
        self._held += self._with_one_line_end(text)
        return self._pieces()

    def finish(self) -> Iterator[Piece]:
        """Give the rest. A tag that does not end is left out, as browsers do."""
        self.looks = None
        if self._carriage_return and self._line_ends is not None:
            self._line_ends.append("\r")
            self._held += "\n"
            yield from self._pieces()
        closed: Tokenizer | None = None
        # Another one takes over where it is steered; each tag and each section steers once, so one is the last.
        while closed is not self._tokenizer:
            closed = self._tokenizer
            self._tokens = closed.close()
            yield from self._pieces()
        while self._held.startswith(_NO_TAG, self._at):
            yield Piece("other", self._taken(len(_NO_TAG)))
        if self._is_in_cdata:  # Of that kind, so that it is not given back: nobody reads it again.
            yield Piece("cdata", self._taken(len(self._held)))

    def read_as_markup(self, piece: Piece | None = None) -> None:
        """Go on as between tags, before the piece just given or after it: in SVG, `<title>` and `<style>` hold tags.

        Text may be given back once after a start tag: from then on it comes as text between tags does.
        """
        if piece is not None:
            self._give_back(piece)
        self._begin_tokenizer()

    def read_as_cdata(self, piece: Piece) -> None:
        """Read the piece just given again as a CDATA section. That has a kind of its own, so it comes once only."""
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
            tokenizer, token = self._tokenizer, self._next()
            end = self._end_of_passed() if token is None else self._place_of(token)
            before = self._taken(end - self._at) if end > self._at else ""
            if before and (self.looks is None or token is None):
                yield Piece("text", before)
                before = ""
                if tokenizer is not self._tokenizer or self._is_in_cdata:
                    continue  # Steered: this is read again.
            if token is None:
                break
            taken = token.source or ""
            if self._line_ends is None:
                self._at += len(taken)
            else:
                taken = self._taken(len(taken))
            if token.type is _START:
                yield Piece("start", taken, token.tag or "", token.attrs or [], bool(token.self_closing), before)
            else:
                yield Piece("end" if token.type is _END else "other", taken, token.tag or "")
        self._let_go()

    def _next(self) -> Token | None:
        """The next token that wants a look and is known already; what comes before it is text, or wants none."""
        while True:
            looks, token = self.looks, None
            for token in self._tokens:
                if token.type is _START:
                    if looks is None or looks(token.tag or "", token.attrs or []):
                        self._passed = None
                        return token
                elif looks is None and token.type not in _TEXT:
                    self._passed = None
                    return token
            self._passed = token or self._passed
            if self._fed == len(self._held):
                return None
            # In slices: what is read again after being steered must not be the whole rest each time.
            self._tokens = self._tokenizer.feed(self._held[self._fed : self._fed + _SLICE_CHARS])
            self._fed = min(self._fed + _SLICE_CHARS, len(self._held))

    def _begin_tokenizer(self) -> None:
        """Read on from here as from the beginning of a document."""
        self._tokenizer = Tokenizer(resolve_references=False, capture_source=True)
        self._tokens = iter(())
        self._passed = None
        self._fed = self._at
        self._line_start = self._at
        self._line = 1

    def _place_of(self, token: Token) -> int:
        """Where a token begins. Asked in the order of the tokens."""
        line, start = token.line, self._line_start
        if line > self._line:
            line_end, start = self._held.index, max(start, 0)
            for _ in range(line - self._line):
                start = line_end("\n", start) + 1
            self._line, self._line_start = line, start
        return start + token.col

    def _end_of_passed(self) -> int:
        if self._passed is None:
            return self._at
        at = self._place_of(self._passed)
        source = self._passed.source or self._passed.data or ""
        while not self._held.startswith(source, at):  # Each round goes on behind one more `</>`.
            end = self._held.find(_NO_TAG, at)
            if end < 0 or not source.startswith(self._held[at:end]):
                return at
            source = source[end - at :]
            at = end + len(_NO_TAG)
        return at + len(source)

    def _let_go(self) -> None:
        """Forget what has been given out."""
        at, first = self._at, max(self._line_start, 0)
        if passed := self._held.count("\n", first, at):
            self._line += passed
            self._line_start = self._held.rindex("\n", first, at) + 1
        self._held = self._held[at:]
        self._line_start -= at
        self._fed = max(0, self._fed - at)
        self._passed = None
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
