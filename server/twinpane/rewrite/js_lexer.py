"""Find words and brackets in JavaScript: strings, comments, templates and regular expressions are stepped over.

No syntax tree: only what rewriting needs. A tree is ten times slower to make and most of it would never be looked at.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

_STRING: Final = r"""\"[^"\\\n]*(?:\\[\s\S][^"\\\n]*)*\"|'[^'\\\n]*(?:\\[\s\S][^'\\\n]*)*'"""
# All alternatives begin with a plain character: the search then skips everything else at the speed of C.
_PLAIN_TEMPLATE: Final = r"`[^`\\$]*(?:(?:\\[\s\S]|\$(?!\{))[^`\\$]*)*`"
_NOTABLE: Final = rf"[()\[\]{{}}]|{_PLAIN_TEMPLATE}|//[^\n\r\u2028\u2029]*|/\*[\s\S]*?\*/|<!--[^\n\r]*|[`/\"'<]"
_TOKEN: Final = re.compile(rf"({_STRING}|{_NOTABLE})")
_PLAIN: Final = r"[^()\[\]{}`/\"'<]"
_LEAF: Final = rf"\({_PLAIN}*+\)|\[{_PLAIN}*+\]|\{{{_PLAIN}*+\}}"
_BRACKETS: Final = re.compile(_LEAF)
# Where no wanted word is near, one match steps over many strings and innermost brackets. So many and no more: the part
# before a wanted word is read twice.
_FAR_TOKEN: Final = re.compile(rf"(?:{_PLAIN}{{1,1000}}+|{_STRING}|{_LEAF}){{0,100}}+({_STRING}|{_NOTABLE}|)")
_NEAR_CHARS: Final = 4000
_OPENING: Final = frozenset("([{")
_CLOSING: Final = frozenset(")]}")
_OPENS: Final = {")": "(", "]": "[", "}": "{"}
_TEMPLATE_PART: Final = re.compile(r"[^`\\$]*(?:(?:\\[\s\S]|\$(?!\{))[^`\\$]*)*(`|\$\{)")
_REGEX: Final = re.compile(r"/(?:[^\\/\[\n\r\u2028\u2029]|\\[^\n\r]|\[(?:[^\]\\\n\r]|\\[^\n\r])*\])+/[A-Za-z]*")
_HASHBANG: Final = re.compile(r"#![^\n\r]*")
_BLANK: Final = frozenset(" \t\n\r\v\f\xa0\ufeff\u2028\u2029")
# After these words an expression begins, so that a slash there begins a regular expression.
BEFORE_OPERAND: Final = frozenset(
    "return typeof case in of delete void throw new do else instanceof yield await extends default".split()
)
_BEFORE_CONDITION: Final = frozenset({"if", "while", "for", "with"})
# Nobody asks about brackets farther out.
_OPEN_MAX: Final = 64
# A gap or a word this long is walked once: thousands of words may ask what stands before the same bracket.
_FAR: Final = 64


class Word(NamedTuple):
    """A place in code where a wanted word stands, and the positions of the innermost brackets, outermost first.

    A template's `${` is noted as the complement (`~`) of the template's position.
    """

    start: int
    end: int
    open: tuple[int, ...]


class UnreadableCodeError(ValueError):
    """Code whose brackets or literals do not end: no JavaScript, or a construct we misread."""


@dataclass(slots=True)
class Code:
    """A text and what lies where in it. Positions are of characters; ends are exclusive."""

    text: str
    words: list[Word] = field(default_factory=list)
    opener: dict[int, int] = field(default_factory=dict)
    """Closing bracket → the one that opened it. Not all are noted: ask `opening` and `closing`."""
    closer: dict[int, int] = field(default_factory=dict)
    comments: dict[int, int] = field(default_factory=dict)
    """End → start."""
    literals: dict[int, int] = field(default_factory=dict)
    """End → start of templates and regular expressions."""
    _before: dict[int, int] = field(default_factory=dict)
    _word_starts: dict[int, int] = field(default_factory=dict)

    def opening(self, closed: int) -> int:
        """Return the position of the bracket that a closing one closes."""
        if closed not in self.opener:  # Between them are neither brackets nor strings.
            self.opener[closed] = self.text.rfind(_OPENS[self.text[closed]], 0, closed)
        return self.opener[closed]

    def closing(self, opened: int) -> int:
        """Return the position of the bracket that closes an opening one; -1 if none stands there."""
        if opened not in self.closer:
            found = _BRACKETS.match(self.text, opened)
            self.closer[opened] = found.end() - 1 if found else -1
        return self.closer[opened]

    def before(self, at: int) -> int:
        """Return the position of the last character of code before `at`, or -1."""
        if (known := self._before.get(at)) is not None:
            return known
        text, comments, asked = self.text, self.comments, at
        while True:
            while at > 0 and text[at - 1] in _BLANK:
                at -= 1
            start = comments.get(at)
            if start is None:
                break
            at = start
        if asked - at > _FAR:
            self._before[asked] = at - 1
        return at - 1

    def word_at(self, last: int) -> str:
        """Return the word whose last character stands at `last`, or an empty text."""
        return self.text[self.word_start(last) : last + 1] if last >= 0 else ""

    def word_start(self, last: int) -> int:
        """Return where the word that ends at `last` begins; behind `last` if there is none."""
        if (known := self._word_starts.get(last)) is not None:
            return known
        text = self.text
        start = last + 1
        while start > 0 and _is_word_character(text[start - 1]):
            start -= 1
        if last - start > _FAR:
            self._word_starts[last] = start
        return start


def _is_word_character(character: str) -> bool:
    return character.isalnum() or character in "_$\\\u200c\u200d" or (character > "\x7f" and character not in _BLANK)


def lex(text: str, wanted: Sequence[tuple[int, int]]) -> Code:
    """Read the code and keep those of the `wanted` ranges (sorted) that stand in code. Raise UnreadableCodeError."""
    code = Code(text)
    _Lexer(code, wanted).run()
    return code


class _Lexer:
    def __init__(self, code: Code, wanted: Sequence[tuple[int, int]]):
        self.code = code
        self.wanted = iter([*wanted, (len(code.text) + 1, 0)])
        self.next = next(self.wanted)
        self.stack: list[int] = []
        self.is_near = False
        """Whether a wanted word may be among what is read next."""

    def run(self) -> None:
        found = _HASHBANG.match(self.code.text)
        at = self._step_over(found.end()) if found else 0
        while at >= 0:
            at = self._run_from(at)
        self._note_words(len(self.code.text))
        if self.stack:
            raise UnreadableCodeError("a bracket does not end")

    def _run_from(self, at: int) -> int:
        """Read until something needs another way of reading; return where to go on, -1 at the end."""
        text, stack, opener, closer = self.code.text, self.stack, self.code.opener, self.code.closer
        upcoming = self.next[0]
        for token in (_TOKEN if self.is_near else _FAR_TOKEN).finditer(text, at):
            start, end = token.span(1)
            if upcoming < start:
                if not self.is_near:
                    self.is_near = True
                    return token.start()
                upcoming = self._note_words(start)
                if upcoming > start + _NEAR_CHARS:
                    self.is_near = False
                    return start
            character = text[start:end]
            if character in _OPENING:
                stack.append(start)
            elif character in _CLOSING:
                if not stack:
                    raise UnreadableCodeError("a bracket closes what none opened")
                opened = stack.pop()
                if opened < 0:
                    return self._template(~opened, start + 1)
                opener[start] = opened
                closer[opened] = start
            elif end == start + 1:
                if character != "<":
                    return self._literal(start)
            elif character:
                self._note_span(start, end)
                if upcoming < end:
                    upcoming = self._step_over_words(end)
                    self.is_near = self.is_near and upcoming < end + _NEAR_CHARS
                    return end
        return -1

    def _note_span(self, start: int, end: int) -> None:
        character = self.code.text[start]
        if character == "`":
            self.code.literals[end] = start
        elif character in "/<":
            self.code.comments[end] = start

    def _literal(self, start: int) -> int:
        character = self.code.text[start]
        if character == "`":
            return self._template(start, start + 1)
        if character != "/":
            raise UnreadableCodeError("a string does not end")
        if self.code.text.startswith("/*", start):
            raise UnreadableCodeError("a comment does not end")
        if not self._begins_regex(start):
            return start + 1
        found = _REGEX.match(self.code.text, start)
        if found is None:
            raise UnreadableCodeError("a regular expression does not end")
        self.code.literals[found.end()] = start
        return self._step_over(found.end())

    def _template(self, start: int, at: int) -> int:
        found = _TEMPLATE_PART.match(self.code.text, at)
        if found is None:
            raise UnreadableCodeError("a template does not end")
        if found[1] == "`":
            self.code.literals[found.end()] = start
        else:
            self.stack.append(~start)
        return self._step_over(found.end())

    def _note_words(self, end: int) -> int:
        while self.next[0] < end:
            self.code.words.append(Word(*self.next, tuple(self.stack[-_OPEN_MAX:])))
            self.next = next(self.wanted)
        return self.next[0]

    def _step_over_words(self, end: int) -> int:
        while self.next[0] < end:
            self.next = next(self.wanted)
        return self.next[0]

    def _step_over(self, end: int) -> int:
        self._step_over_words(end)
        return end

    def _begins_regex(self, slash: int) -> bool:
        """Tell a regular expression from a division by what stands before it."""
        code = self.code
        last = code.before(slash)
        if last < 0:
            return True
        character = code.text[last]
        if character == ")":
            return code.word_at(code.before(code.opening(last))) in _BEFORE_CONDITION
        if character == "}":
            # A block ends with a brace far more often than something is divided by.
            return not self._is_value(code.opening(last))
        if character in "]\"'`":
            return False
        if character in "+-" and code.text[last - 1 : last] == character:
            return False
        word = code.word_at(last)
        if not word:
            return last + 1 not in code.literals
        if last + 1 in code.literals:  # The flags of a regular expression.
            return False
        return word in BEFORE_OPERAND and code.text[code.before(last + 1 - len(word))] != "."

    def _is_value(self, brace: int) -> bool:
        """Tell whether the braces hold an object: an operator stands before them."""
        last = self.code.before(brace)
        if last < 0:
            return False
        if self.code.text[last] == ">":
            return self.code.text[last - 1] != "="
        return self.code.text[last] in "=(,[?&|+-*%<!~^" or self.code.word_at(last) in ("return", "typeof", "in", "of")
