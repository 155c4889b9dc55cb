"""Rewrite JavaScript so that it meets the real site's location, top window and origins (P3).

Values are wrapped, not names: `location` becomes `__tp$L(location)`, which gives the stand-in only for the real thing,
so that locals of that name stay what they are. The helpers are the shim's.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from .js_lexer import Code, UnreadableCodeError, Word, lex
from .js_syntax import Syntax
from .js_words import OWN_WINDOWS, WINDOW_LIKE, wanted_words

Encode = Callable[[str], str]
_Edit = tuple[int, int, int, int, str]

_DECLARES: Final = frozenset("var let const function class import as".split())
_LEAVES: Final = frozenset("typeof delete new break continue get set static async".split()) | _DECLARES
# Far beyond any script that people use; whoever sends more wants our time.
_WORDS_MAX: Final = 100_000
_BINDINGS_MAX: Final = 500
_STRING: Final = re.compile(r"[\"']([^\"'\\\n]*)[\"']")
_PLAIN_KEY: Final = re.compile(r"\s*(?:\d+|\"[^\"\\\n]*\"|'[^'\\\n]*')\s*")
_META: Final = re.compile(r"\s*\.\s*meta(?![\w$])")
# A window that is taken apart: `const {location} = window`.
_TAKEN_APART: Final = re.compile(
    r"\s*=\s*((?:[\w$]+\s*\.\s*)*(?:window|self|globalThis|document|parent|frames|defaultView|contentWindow|opener))"
    r"(?=[ \t]*(?:[,;)}\n\r]|$))"
)
_PROLOGUE: Final = re.compile(
    r"(?:#![^\n\r]*)?(?:(?:[\s\ufeff]++|//[^\n\r]*+|(?>/\*[\s\S]*?\*/))*+"
    r"(?:\"[^\"\\\n]*\"|'[^'\\\n]*')(?:[ \t]*;|(?=[ \t]*(?:\}|$|\r?\n\s*(?:[\w$\"'{}!;]|/[/*])))))*"
)
GUARD: Final = (
    ";globalThis.__tp$L||Object.assign(globalThis,{__tp$L:x=>x,__tp$G:globalThis,__tp$P:x=>x,__tp$T:x=>x,"
    "__tp$I:x=>x,__tp$E:x=>x,__tp$V:x=>x,__tp$M:x=>x,__tp$U:x=>x});"
)
"""Give the helpers that change nothing where no shim runs. Stands after the directives, on their line."""


def proxied_js(body: bytes, encode: Encode, *, encoding: str = "utf-8") -> bytes | None:
    """Return a script file in UTF-8 as proxied pages run it, or None if it needs no change: then send it as it is."""
    text = body.decode(encoding, "replace").removeprefix("\ufeff")
    changed = rewrite_js(text, encode)
    if changed == text:
        return None
    at = _PROLOGUE.match(text)
    end = at.end() if at else 0
    # Directives stay as they are: nothing in them is code.
    return f"{text[:end]}{GUARD}{changed[end:]}".encode()


def rewrite_js(text: str, encode: Encode) -> str:
    """Return a script as proxied pages run it. What cannot be read as JavaScript comes back as given."""
    wanted = wanted_words(text)
    if not wanted or len(wanted) > _WORDS_MAX:
        return text
    try:
        code = lex(text, wanted)
    except UnreadableCodeError:
        return text
    return _Rewriter(code, encode).run()


class _Rewriter:
    def __init__(self, code: Code, encode: Encode):
        self.code = code
        self.text = code.text
        self.syntax = Syntax(code)
        self.encode = encode
        self.edits: list[_Edit] = []
        self.bound: dict[str, list[tuple[int, int]]] = {"location": [], "top": []}
        self.taken_apart: set[int] = set()

    def run(self) -> str:
        reads: list[tuple[str, Word]] = []
        for word in self.code.words:
            name = self.text[word.start : word.end]
            if name in self.bound and self._is_bare(word):
                self._taken_apart(word)
                binding = self._binding(word)
                if binding:
                    # So many places are one: everywhere.
                    many = len(self.bound[name]) >= _BINDINGS_MAX
                    self.bound[name] = [(0, len(self.text))] if many else [*self.bound[name], binding]
                    continue
            reads.append((name, word))
        for name, word in reads:
            self._rewrite(name, word)
        return self._edited()

    def _rewrite(self, name: str, word: Word) -> None:
        if name.startswith("["):
            self._quoted_member(name, Word(word.start, word.end, word.open[:-1]))
        elif name == "import":
            self._import(word)
        elif name == "from":
            self._specifier(word)
        elif name == "eval":
            self._eval(word)
        elif name == "postMessage":
            self._post_message(word)
        elif name in OWN_WINDOWS:
            self._by_key(word)
        elif self._is_bare(word):
            self._bare(name, word)
        elif self.text[self.code.before(word.start)] == ".":
            dot = self.code.before(word.start)
            self._member(name, word, dot)

    def _is_bare(self, word: Word) -> bool:
        last = self.code.before(word.start)
        return last < 0 or self.text[last] not in ".#@" or self.text[last - 1 : last + 1] == ".."

    # Bare words

    def _bare(self, name: str, word: Word) -> None:
        if not self._is_read_or_written(word):
            return
        is_bound = any(start <= word.start < end for start, end in self.bound[name])
        if self._is_assigned(word):
            if name == "location" and not is_bound and not self._is_in_class(word):
                self._insert_before(word.start, word.end, "__tp$G.")
            return
        helper = "__tp$L" if name == "location" else "__tp$T"
        if (name == "top" and is_bound) or self.syntax.is_stepped(word.start, word.end):
            return
        role = self._role_in_braces(word)
        if role == "shorthand":
            self._insert_after(word.end, word.start, f":{helper}({name})")
        elif role == "value":
            self._wrap(word.start, word.end, helper)

    def _is_read_or_written(self, word: Word) -> bool:
        """Tell whether the word is a variable here, and may be put into a call."""
        syntax = self.syntax
        following = syntax.after(word.end)
        if self.text[following : following + 1] in ("(", "`") or self.text.startswith("=>", following):
            return False
        previous = syntax.word_before(word.start)
        return previous not in _LEAVES and syntax.word_after(word.end) not in ("of", "as", "from")

    def _is_assigned(self, word: Word) -> bool:
        return self.syntax.is_assigned(word.end)

    def _role_in_braces(self, word: Word) -> str:
        """Say what a word is: `value`, `shorthand` of an object, or `name` (key, label, target of destructuring)."""
        before = self.syntax.character_before(word.start)
        following = self.syntax.after(word.end)
        after = self.text[following : following + 1] or " "
        level = len(word.open) - 1
        around = self.text[word.open[-1]] if word.open and word.open[-1] >= 0 else ""
        if after == ":" and (before in ";} " or (before in "{," and around == "{")):
            return "name"
        if around == "{" and self.syntax.is_class(word, level) and before not in "=+-*/%&|?:<>!(":
            return "name"
        if around == "{" and before in "{," and after in ",}":
            if self.syntax.holds_names(word, level) or self.syntax.is_pattern(word, level):
                return "name"
            return "shorthand" if before == "," or self.syntax.is_object(word, level) else "value"
        if around and around in "[{" and before in "[{,:." and after in ",]}":
            return "name" if self.syntax.is_pattern(word, level) else "value"
        return "value"

    def _is_in_class(self, word: Word) -> bool:
        if not word.open or word.open[-1] < 0 or self.text[word.open[-1]] != "{":
            return False
        return self.syntax.is_class(word, len(word.open) - 1) and self.syntax.character_before(word.start) not in "=>"

    # Bindings

    def _binding(self, word: Word) -> tuple[int, int] | None:
        """Return the range in which the word names something local, if this is where it gets its name."""
        syntax = self.syntax
        previous = syntax.word_before(word.start)
        following = syntax.after(word.end)
        if previous in _DECLARES:
            return self._scope(word)
        if self.text.startswith("=>", following):
            body = syntax.after(following + 2)
            closed = self.code.closing(body)
            return word.start, closed if closed >= 0 else syntax.end_around(word, len(word.open))
        if not word.open:
            return self._declared_in_list(word)
        opened = word.open[-1]
        before, after = syntax.character_before(word.start), self.text[following : following + 1]
        if opened >= 0 and self.text[opened] == "(" and before in "(,." and after in ",)=":
            end = syntax.parameters_end(word, len(word.open) - 1)
            if end is not None:
                return opened, end
        elif opened >= 0 and before in "[{,:." and after in ",]}=" and syntax.is_pattern(word, len(word.open) - 1):
            return self._pattern_scope(word)
        return self._declared_in_list(word)

    def _declared_in_list(self, word: Word) -> tuple[int, int] | None:
        around = word.open[-1] if word.open else -1
        if around >= 0 and self.text[around] in "([" and self.syntax.word_before(around) != "for":
            return None
        is_in_list = self.syntax.character_before(word.start) == "," and self.syntax.is_declared_in_list(word)
        return self._scope(word) if is_in_list else None

    def _scope(self, word: Word) -> tuple[int, int]:
        return self.syntax.function_range(word)

    def _pattern_scope(self, word: Word) -> tuple[int, int]:
        for level in range(len(word.open) - 1, -1, -1):
            opened = word.open[level]
            if opened >= 0 and self.text[opened] == "(":
                end = self.syntax.parameters_end(word, level)
                if end is not None:
                    return opened, end
        return self._scope(word)

    # Members

    def _member(self, name: str, word: Word, dot: int) -> None:
        following = self.syntax.after(word.end)
        if self.text[following : following + 1] in ("(", "`"):
            return
        is_optional = self.text[dot - 1] == "?"
        receiver_end = self.code.before(dot - 1 if is_optional else dot) + 1
        start = self.syntax.receiver_start(receiver_end)
        if start is None or self._is_target(start, word):
            return
        if self.syntax.word_before(start) in ("delete", "new") or self.text[self.code.before(start)] == "@":
            return
        is_written = self._is_assigned(word) or self.syntax.is_stepped(start, word.end)
        if name == "top":
            if not is_written and not is_optional:
                self._wrap(start, word.end, "__tp$T")
        elif is_optional or is_written:
            self._wrap(start, receiver_end, "__tp$P")
        else:
            self._wrap(start, word.end, "__tp$L")

    def _is_target(self, start: int, word: Word) -> bool:
        """Tell whether a member is a target of destructuring or of a loop, where no call may stand."""
        if self.syntax.word_after(word.end) in ("of", "in"):
            return True
        following = self.syntax.after(word.end)
        if not word.open or self.syntax.character_before(start) not in "[,:.":
            return False
        return self.text[following : following + 1] in (",", "]", "}", "=") and self.syntax.is_pattern(
            word, len(word.open) - 1
        )

    def _quoted_member(self, name: str, word: Word) -> None:
        last = self.code.before(word.start)
        if last < 0 or self.text[last] in "?." or (not self.code.word_at(last) and self.text[last] not in ")]"):
            return
        if self.syntax.word_before(word.start) in _LEAVES:
            return
        if "location" in name:
            self._member_like("location", word)
        elif WINDOW_LIKE.search(f"{self.text[max(0, last - 40) : last + 1]}."):
            self._member_like("top", word)

    def _member_like(self, name: str, word: Word) -> None:
        start = self.syntax.receiver_start(word.start)
        following = self.syntax.after(word.end)
        is_called = self.text[following : following + 1] in ("(", "`")
        if start is None or is_called or self._is_target(start, word) or self.syntax.word_before(start) in _LEAVES:
            return
        if self._is_assigned(word) or self.syntax.is_stepped(start, word.end):
            if name == "location":
                self._wrap(start, self.code.before(word.start) + 1, "__tp$P")
        else:
            self._wrap(start, word.end, "__tp$L" if name == "location" else "__tp$T")

    def _by_key(self, word: Word) -> None:
        """`window[key]`, whatever the key is."""
        opened = self.syntax.after(word.end)
        end = self.code.closing(opened)
        if end >= 0 and self._is_bare(word) and not _PLAIN_KEY.fullmatch(self.text, opened + 1, end):
            self._member_like("top", Word(opened, end + 1, word.open))

    def _taken_apart(self, word: Word) -> None:
        opened = word.open[-1] if word.open else -1
        if opened < 0 or self.text[opened] != "{" or opened in self.taken_apart:
            return
        self.taken_apart.add(opened)
        if found := _TAKEN_APART.match(self.text, self.code.closing(opened) + 1):
            self._wrap(found.start(1), found.end(1), "__tp$P")

    # Calls

    def _eval(self, word: Word) -> None:
        following = self.syntax.after(word.end)
        receiver = self.syntax.receiver_start(self.code.before(word.start)) if not self._is_bare(word) else None
        if receiver is not None and self.text[receiver : word.start].rstrip(". \n") in OWN_WINDOWS:
            if not self._is_assigned(word) and self.syntax.word_before(receiver) not in _LEAVES:
                self._wrap(receiver, word.end, "__tp$V")
            return
        previous = self.syntax.word_before(word.start)
        if not self._is_bare(word) or previous in _LEAVES or self.text.startswith("=>", following):
            return
        if self.text[following : following + 1] == "(":
            end = self.code.closing(following)
            if self.syntax.character_after(end + 1) != "{":  # Else a method of that name.
                self._wrap(following + 1, end, "__tp$E")
        elif not self._is_assigned(word) and self._role_in_braces(word) == "value" and self._binding(word) is None:
            self._wrap(word.start, word.end, "__tp$V")

    def _import(self, word: Word) -> None:
        opened = self.syntax.after(word.end)
        if self.text[opened : opened + 1] != "(":
            if (meta := _META.match(self.text, word.end)) and self._is_bare(word):
                self._wrap(word.start, meta.end(), "__tp$U")
            else:
                self._specifier(word)
            return
        end = self.code.closing(opened)
        if not self._is_bare(word) or self.syntax.character_after(end + 1) == "{":
            return
        first_end = (self.syntax.commas(opened) or [end])[0]
        literal = _STRING.fullmatch(self.text[opened + 1 : first_end].strip())
        if literal is None or self.encode(literal[1]) != literal[1]:
            self._wrap(opened + 1, first_end, "__tp$I")

    def _specifier(self, word: Word) -> None:
        found = _STRING.match(self.text, self.syntax.after(word.end))
        if found and self._is_bare(word):
            encoded = self.encode(found[1])
            if encoded != found[1]:
                self.edits.append((found.start(1), 1, 0, found.end(1), encoded))

    def _post_message(self, word: Word) -> None:
        opened = self.syntax.after(word.end)
        if self.text[opened : opened + 1] != "(":
            return
        commas = self.syntax.commas(opened)
        end = self.code.closing(opened)
        if not commas or self.syntax.character_after(end + 1) == "{":
            return
        second = self.text[commas[0] + 1 : commas[1] if len(commas) > 1 else end].strip()
        # What a script posts to its own window is taken care of there.
        if not second or second[0] == "[" or self._is_bare(word):
            return
        dot = self.code.before(word.start)
        receiver_end = self.code.before(dot - 1 if self.text[dot - 1] == "?" else dot) + 1
        start = self.syntax.receiver_start(receiver_end)
        if start is not None and self.text[dot] == "." and self.syntax.word_before(start) != "new":
            self._wrap(start, receiver_end, "__tp$M")

    # Edits: outer calls begin before inner ones at the same place, and end after them.

    def _wrap(self, start: int, end: int, helper: str) -> None:
        self._insert_before(start, end, f"{helper}(")
        self._insert_after(end, start, ")")

    def _insert_before(self, at: int, end: int, text: str) -> None:
        self.edits.append((at, 1, -end, at, text))

    def _insert_after(self, at: int, start: int, text: str) -> None:
        self.edits.append((at, 0, -start, at, text))

    def _edited(self) -> str:
        parts: list[str] = []
        at = 0
        for start, _, _, end, text in sorted(self.edits):
            parts += [self.text[at:start], text]
            at = end
        return "".join([*parts, self.text[at:]])
