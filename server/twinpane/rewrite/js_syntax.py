"""Answer what a rewriter asks about a place in JavaScript: which expression ends here, what do these brackets hold."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Final

from .js_lexer import BEFORE_OPERAND, Code, Word

_GAP: Final = re.compile(r"(?:[\s\ufeff]++|//[^\n\r\u2028\u2029]*+|(?>/\*[\s\S]*?\*/))*+")
_NEXT_WORD: Final = re.compile(r"[\w$]+")
_STRING: Final = re.compile(r"""\"(?:[^"\\]|\\[\s\S])*\"|'(?:[^'\\]|\\[\s\S])*'""")
_STOP: Final = re.compile(r"[,(\[{\"'`/]")
_ASSIGNMENT: Final = re.compile(r"(?:[-+%&|^*/]|\*\*|<<|>>>?|&&|\|\||\?\?)?=(?![=>])")
_CASE_OR_LABEL: Final = re.compile(r"(?:\bcase\b[^;{}]*|\bdefault\s*|(?:^|[;{}])\s*[\w$]+\s*)$")
_NOT_A_FUNCTION: Final = frozenset("if for while switch with await".split())
_NEVER_CALLED: Final = BEFORE_OPERAND | _NOT_A_FUNCTION | {"catch", "async", "var", "let", "const"}
_DECLARING: Final = frozenset({"var", "let", "const"})
_STATEMENT_STEPS_MAX: Final = 4000
# All looking back together: real scripts need a few hundred steps.
_STEPS_MAX: Final = 200_000
_LABEL_LOOKBACK_CHARS: Final = 200
_FAR: Final = 64  # A gap this long is read once.


class Syntax:
    """Questions about one lexed text. `level` counts the brackets around a word; the last is the innermost."""

    def __init__(self, code: Code):
        """Take the lexed code."""
        self.code = code
        self.text = code.text
        self._steps_left = _STEPS_MAX
        self._after: dict[int, int] = {}

    @cached_property
    def _ends(self) -> dict[int, int]:
        return {start: end for spans in (self.code.comments, self.code.literals) for end, start in spans.items()}

    def after(self, at: int) -> int:
        """Return the position of the next character of code at or after `at`."""
        if (known := self._after.get(at)) is not None:
            return known
        found = _GAP.match(self.text, at)
        end = found.end() if found else at
        if end - at > _FAR:
            self._after[at] = end
        return end

    def word_after(self, at: int) -> str:
        """Return the word that comes next, or an empty text."""
        found = _NEXT_WORD.match(self.text, self.after(at))
        return found[0] if found else ""

    def character_after(self, at: int) -> str:
        """Return the next character of code at or after `at`; a blank at the end."""
        return self.text[self.after(at) : self.after(at) + 1] or " "

    def word_before(self, at: int) -> str:
        """Return the word that stands right before `at`, or an empty text; `.word` and `#word` are none."""
        last = self.code.before(at)
        word = self.code.word_at(last)
        return "" if word and self.character_before(last + 1 - len(word)) in ".#" else word

    def character_before(self, at: int) -> str:
        """Return the last character of code before `at`; a blank at the beginning."""
        last = self.code.before(at)
        return self.text[last] if last >= 0 else " "

    def is_assigned(self, at: int) -> bool:
        """Tell whether `=`, `+=`, `??=` or the like comes next."""
        return _ASSIGNMENT.match(self.text, self.after(at)) is not None

    def is_stepped(self, start: int, end: int) -> bool:
        """Tell whether `++` or `--` stands before or after the range."""
        last = self.code.before(start)
        return self.text[last - 1 : last + 1] in ("++", "--") or self.text.startswith(("++", "--"), self.after(end))

    def receiver_start(self, at: int) -> int | None:
        """Return where the expression that ends before `at` begins: `a.b(c)[d]`. None if unsure or optional."""
        code, text = self.code, self.text
        is_called = False
        last = code.before(at)
        while True:
            start = self._operand_start(last)
            self._steps_left -= 1
            if start is None or self._steps_left < 0:
                return None
            previous = code.before(start)
            if text[last] in ")]":
                is_called = is_called or text[last] == ")"
                if self._continues(previous):
                    last = previous
                    continue
                # What looks like a call of a keyword's is a parenthesis of its own.
                is_called = is_called and text[last] != ")"
            elif previous >= 0 and text[previous] == "#":
                start, previous = previous, code.before(previous)
            if previous < 0 or text[previous] != "." or text[previous - 1] == ".":
                return self._with_new(start, is_called)
            if text[previous - 1] == "?":
                return None
            last = code.before(previous)

    def _operand_start(self, last: int) -> int | None:
        if last < 0 or last + 1 in self.code.literals or last + 1 in self.code.comments:
            return None
        character = self.text[last]
        if character in ")]":
            return self.code.opening(last)
        word = self.code.word_at(last)
        if not word or word[0].isdigit() or word in ("super", "function", "class"):
            return None
        return last + 1 - len(word)

    def _continues(self, last: int) -> bool:
        """Tell whether brackets after this character belong to what it ends: a call or a member."""
        if last < 0:
            return False
        if self.text[last] == ")":
            return self.word_before(self.code.opening(last)) not in _NOT_A_FUNCTION
        if self.text[last] == "]":
            return True
        word = self.code.word_at(last)
        return bool(word) and (word not in _NEVER_CALLED or self.character_before(last + 1 - len(word)) == ".")

    def _with_new(self, start: int, is_called: bool) -> int | None:
        word = self.word_before(start)
        if word in ("function", "get", "set", "static", "async"):
            return None
        if word != "new":
            # `x => {}` or a string before a bracket would have been an operand.
            return None if self.character_before(start) in "`}\"'" and self.text[start] in "([" else start
        last = self.code.before(start)
        return last - 2 if is_called else None

    def holds_parameters(self, opened: int) -> bool:
        """Tell whether the parenthesis holds the parameters of a function."""
        following = self.after(self.code.closing(opened) + 1)
        if self.text.startswith("=>", following):
            return True
        if self.text[following : following + 1] != "{":
            return False
        word = self.word_before(opened)
        return word not in _NOT_A_FUNCTION and (bool(word) or self.character_before(opened) in "])*\"'`" + _WORD_ENDS)

    def parameters_end(self, word: Word, level: int) -> int | None:
        """Return where the function ends whose parameters hold the word; None if the parenthesis holds no such."""
        opened = word.open[level]
        if not self.holds_parameters(opened):
            return None
        following = self.after(self.code.closing(opened) + 1)
        body = self.after(following + 2) if self.text[following] == "=" else following
        return self.code.closing(body) if self.text[body : body + 1] == "{" else self.end_around(word, level)

    def end_around(self, word: Word, level: int) -> int:
        """Return where the brackets outside this level end."""
        outside = [opened for opened in word.open[:level] if opened >= 0]
        return self.code.closing(outside[-1]) if outside else len(self.text)

    def is_pattern(self, word: Word, level: int) -> bool:
        """Tell whether brackets around a word hold targets of destructuring rather than a value."""
        opened = word.open[level]
        if opened < 0 or self.text[opened] == "(" or self._is_subscript(opened):
            return False
        following = self.after(self.code.closing(opened) + 1)
        if _ASSIGNMENT.match(self.text, following) and self.text[following] == "=":
            return True
        if self.word_before(opened) in _DECLARING or self.word_after(following) in ("of", "in"):
            return True
        before = self.character_before(opened)
        if level == 0 or before not in "([{,:.":
            return False
        parent = word.open[level - 1]
        if parent >= 0 and self.text[parent] == "(":
            return self.word_before(parent) == "catch" or self.holds_parameters(parent)
        return self.is_pattern(word, level - 1)

    def _is_subscript(self, opened: int) -> bool:
        return self.text[opened] == "[" and self._continues(self.code.before(opened))

    def holds_names(self, word: Word, level: int) -> bool:
        """Tell whether the braces are those of an import or export."""
        opened = word.open[level]
        return (
            self.word_before(opened) in ("import", "export") or self.word_after(self.code.closing(opened) + 1) == "from"
        )

    def is_class(self, word: Word, level: int) -> bool:
        """Tell whether the braces are the body of a class."""
        opened = word.open[level]
        last = self.code.before(opened)
        if last < 0:
            return False
        if self.text[last] in ")]":
            start = self.receiver_start(opened)
        else:
            name = self.code.word_at(last)
            if name == "class":
                return True
            start = self.receiver_start(opened) if name else None
        return start is not None and self.word_before(start) in ("class", "extends")

    def is_object(self, word: Word, level: int) -> bool:
        """Tell whether the braces hold an object rather than statements."""
        opened = word.open[level]
        last = self.code.before(opened)
        if last < 0:
            return False
        character = self.text[last]
        if character == ":":
            return self._is_value_colon(word, level, last)
        if character == ">":
            return self.text[last - 1] != "="
        name = self.code.word_at(last)
        if name:
            return name in BEFORE_OPERAND and name not in ("do", "else") and self.word_before(opened) == name
        return character not in ");{}\"'`]"

    def _is_value_colon(self, word: Word, level: int, colon: int) -> bool:
        if level > 0:
            parent = word.open[level - 1]
            if parent < 0 or self.text[parent] != "{" or self.is_object(word, level - 1):
                return True
        return not _CASE_OR_LABEL.search(self.text[max(0, colon - _LABEL_LOOKBACK_CHARS) : colon])

    def is_declared_in_list(self, word: Word) -> bool:
        """Tell whether a word after a comma is declared: `var a = 1, word = 2`. True when it would take long to say."""
        at = word.start
        for _ in range(min(_STATEMENT_STEPS_MAX, self._steps_left)):
            self._steps_left -= 1
            last = self.code.before(at)
            if last < 0 or self.text[last] in ";{([":
                return False
            character = self.text[last]
            if last + 1 in self.code.literals:
                at = self.code.literals[last + 1]
            elif character in ")]}":
                at = self.code.opening(last)
            elif character in "\"'":
                at = self._string_start(last)
            else:
                name = self.code.word_at(last)
                if name in _DECLARING:
                    return True
                at = last + 1 - (len(name) or 1)
        return True

    def _string_start(self, last: int) -> int:
        quote, at = self.text[last], last
        while at > 0:
            at = self.text.rfind(quote, 0, at)
            slashes = at - len(self.text[:at].rstrip("\\")) if at > 0 and self.text[at - 1] == "\\" else 0
            if slashes % 2 == 0:
                return max(at, 0)
        return 0

    def commas(self, opened: int) -> list[int]:
        """Return the positions of the commas that stand directly in the brackets."""
        found: list[int] = []
        at, end = opened + 1, self.code.closing(opened)
        while (stop := _STOP.search(self.text, at, end)) is not None:
            start = stop.start()
            character = self.text[start]
            at = start + 1
            if character == ",":
                found.append(start)
            elif character in "([{":
                at = self.code.closing(start) + 1
            elif character in "\"'":
                string = _STRING.match(self.text, start)
                at = string.end() if string else at
            else:
                at = self._ends.get(start, at)
        return found

    def function_range(self, word: Word) -> tuple[int, int]:
        """Return the innermost function's body around a word, or the whole text."""
        for opened in reversed(word.open):
            if opened < 0 or self.text[opened] != "{":
                continue
            last = self.code.before(opened)
            is_arrow = last > 0 and self.text[last - 1 : last + 1] == "=>"
            if is_arrow or (last >= 0 and self.text[last] == ")" and self._has_parameters(self.code.opening(last))):
                return opened, self.code.closing(opened)
        return 0, len(self.text)

    def _has_parameters(self, opened: int) -> bool:
        return self.word_before(opened) != "catch" and self.holds_parameters(opened)


_WORD_ENDS: Final = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_$"
