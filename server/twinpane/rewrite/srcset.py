"""Change the addresses in `srcset` and `imagesrcset` (HTML, parsing a srcset attribute)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

_CANDIDATE: Final = re.compile(r"([^\s,](?:\S*[^\s,])?)(,+|[^,(]*)")
_URL: Final = re.compile(r"[\s,]*+([^\s,]\S*)")
_STRUCTURE: Final = re.compile(r"[(),]")


def rewrite_srcset(text: str, encode: Callable[[str], str]) -> str:
    """Return the text with each candidate's address encoded; commas within addresses stay part of them."""
    if "(" not in text:
        return _CANDIDATE.sub(lambda found: encode(found[1]) + found[2], text)
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
    for found in _STRUCTURE.finditer(text, at):
        if found[0] == "(":
            depth += 1
        elif found[0] == ")":
            depth = max(0, depth - 1)
        elif not depth:
            return found.start()
    return len(text)
