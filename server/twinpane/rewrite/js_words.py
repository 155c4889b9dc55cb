"""Find the words in JavaScript that may have to be wrapped. Most scripts have few of them, or none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

OWN_WINDOWS: Final = ("window", "self", "globalThis", "document")
"""Names of the script's own window and document. Of these, members by computed keys and `eval` are looked at."""
_NAME_ENDS: Final = re.compile(r"(?![\w$])")
_FROM_AFAR: Final = r"(?=\s*[\"'](?:[a-zA-Z]+:)?//)"
# What must follow the word. Words are looked for as plain texts, which is several times as fast as by patterns.
_FOLLOWED: Final = {
    "location": _NAME_ENDS,
    "top": _NAME_ENDS,
    "eval": _NAME_ENDS,
    "postMessage": _NAME_ENDS,
    "import": re.compile(rf"(?=(?:\s|(?>/\*[\s\S]*?\*/))*+\()|{_FROM_AFAR}|(?=\s*\.\s*meta(?![\w$]))"),
    "from": re.compile(_FROM_AFAR),
}
_ANY: Final = re.compile("|".join(_FOLLOWED))
_BY_KEY: Final = tuple((f"{name}[", len(name)) for name in OWN_WINDOWS)
_QUOTED_MEMBER: Final = re.compile(r"\[\s*([\"'])(location|top)\1\s*\]")
_NAME_CHARACTERS: Final = re.compile(r"[\w$]")
WINDOW_LIKE: Final = re.compile(
    r"(?:^|[^\w$.])(?:(?:window|self|globalThis|parent|frames|this|document\.defaultView)\.)+$"
)
"""What ends a text after which a member is a window's."""
_TOP_IS_USED_AS_WINDOW: Final = re.compile(
    r"\s*(?:[!=]==?(?!>)|\??\.\s*(?:location|self|document|frames|postMessage)\b)"
)
_COMPARED: Final = re.compile(r"[!=]==?\s*$")


def may_have_wanted_words(text: str) -> bool:
    """Tell at a glance whether a script has to be read; false is sure, true is not."""
    return "[" in text or _ANY.search(text) is not None


def wanted_words(text: str) -> list[tuple[int, int]]:
    """Return where they stand, in order; strings and comments are not told from code yet."""
    return sorted([*(_words(text) if _ANY.search(text) else ()), *_members_by_key(text)])


def _members_by_key(text: str) -> Iterator[tuple[int, int]]:
    for beginning, length in _BY_KEY:
        for at in _places(text, beginning):
            yield at, at + length


def _words(text: str) -> Iterator[tuple[int, int]]:
    has_quoted = False
    for name, followed in _FOLLOWED.items():
        for at in _places(text, name):
            end = at + len(name)
            if followed.match(text, end) and (name != "top" or _may_be_window(text, at, end)):
                yield at, end
            has_quoted = has_quoted or text[at - 1 : at] in ("'", '"')
    if has_quoted:
        for found in _QUOTED_MEMBER.finditer(text):
            yield found.start(), found.end()


def _places(text: str, beginning: str) -> Iterator[int]:
    """Give where it stands and is not the rest of a longer name."""
    at = text.find(beginning)
    while at >= 0:
        if not at or not _NAME_CHARACTERS.match(text[at - 1]):
            yield at
        at = text.find(beginning, at + len(beginning))


def _may_be_window(text: str, start: int, end: int) -> bool:
    """Sort out most uses of `top` by what stands beside: positions of boxes."""
    previous, following = text[start - 1 : start], text[end : end + 1]
    if previous == "." and text[start - 2 : start - 1] not in ("?", "."):
        return bool(
            _TOP_IS_USED_AS_WINDOW.match(text, end) or WINDOW_LIKE.search(text[max(0, start - 40) : start])
        ) or (_is_compared(text, start))
    return not (following == ":" and previous in "{,") and not (previous in "\"'-" and following in "\"'-:")


def _is_compared(text: str, dot: int) -> bool:
    before = re.search(r"[\w$.\s]*$", text[max(0, dot - 60) : dot])
    return before is not None and bool(_COMPARED.search(text[max(0, dot - 60) : dot][: before.start()]))
