"""Know where a document is SVG or MathML: `<style>` and `<title>` are read differently there (HTML, 13.2)."""

from __future__ import annotations

from typing import Final

_ROOTS: Final = frozenset({"svg", "math"})
_HTML_INSIDE: Final = {
    "svg": frozenset({"foreignobject", "desc", "title"}),
    "math": frozenset({"mi", "mo", "mn", "ms", "mtext", "annotation-xml"}),
}
_BREAK_OUT: Final = frozenset(
    "b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing menu meta "
    "nobr ol p pre ruby s small span strong strike sub sup table tt u ul var".split()
)


class ForeignContent:
    """Follow the tags of a document."""

    def __init__(self) -> None:
        """Begin in HTML."""
        self._open: list[str] = []

    def __bool__(self) -> bool:
        return bool(self._open) and self._open[-1] in _ROOTS

    @property
    def is_outside(self) -> bool:
        """Whether no SVG or MathML is open at all, not even around HTML."""
        return not self._open

    def start(self, tag: str, *, closes_itself: bool) -> None:
        """Note a start tag."""
        if self and tag in _BREAK_OUT:
            while self:
                self._open.pop()
        elif not closes_itself and (tag in _ROOTS or (self and tag in _HTML_INSIDE[self._open[-1]])):
            self._open.append(tag)

    def end(self, tag: str) -> None:
        """Note an end tag."""
        if tag in self._open:
            while self._open.pop() != tag:
                pass
