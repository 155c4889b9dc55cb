"""Find the words in JavaScript that may have to be wrapped. Most scripts have few of them, or none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

OWN_WINDOWS: Final = ("window", "self", "globalThis", "document")
"""Names of the script's own window and document. Of these, members by computed keys and `eval` are looked at."""
_SEARCHES: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"location(?![\w$])",
        r"top(?![\w$])",
        r"eval(?![\w$])",
        r"postMessage(?![\w$])",
        r"import(?=(?:\s|(?>/\*[\s\S]*?\*/))*+\()",
        r"import(?=\s*[\"'](?:[a-zA-Z]+:)?//)",
        r"import(?=\s*\.\s*meta(?![\w$]))",
        r"from(?=\s*[\"'](?:[a-zA-Z]+:)?//)",
    )
)
_ANY: Final = re.compile("location|top|eval|postMessage|import|from")
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
        at = text.find(beginning)
        while at >= 0:
            if not at or not _NAME_CHARACTERS.match(text[at - 1]):
                yield at, at + length
            at = text.find(beginning, at + length)


def _words(text: str) -> Iterator[tuple[int, int]]:
    for search in _SEARCHES:
        for found in search.finditer(text):
            start, end = found.span()
            if start and _NAME_CHARACTERS.match(text[start - 1]):
                continue
            if found[0] != "top" or _may_be_window(text, start, end):
                yield start, end
    if "location" in text or "top" in text:
        for found in _QUOTED_MEMBER.finditer(text):
            yield found.start(), found.end()


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
