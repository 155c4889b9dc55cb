"""Change the addresses in `srcset` and `imagesrcset` (HTML, parsing a srcset attribute)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

_URL: Final = re.compile(r"[\s,]*([^\s,]\S*)")


def rewrite_srcset(text: str, encode: Callable[[str], str]) -> str:
    """Return the text with each candidate's address encoded; commas within addresses stay part of them."""
    parts: list[str] = []
    at = 0
    while found := _URL.match(text, at):
        url = found[1].rstrip(",")
        parts += [text[at : found.start(1)], encode(url)]
        at = found.start(1) + len(url)
        if found.end() == at:
            end = _descriptor_end(text, at)
            parts.append(text[at:end])
            at = end
    return "".join(parts) + text[at:]


def _descriptor_end(text: str, at: int) -> int:
    """Return where the descriptors end: at the next comma that no parenthesis holds."""
    depth = 0
    for index in range(at, len(text)):
        if text[index] == "(":
            depth += 1
        elif text[index] == ")" and depth:
            depth -= 1
        elif text[index] == "," and not depth:
            return index
    return len(text)
