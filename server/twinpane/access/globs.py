"""Globs of addresses, in time that grows with their length only: pages write them, and addresses too."""

from __future__ import annotations

from collections.abc import Iterable


def fits(text: str, glob: str) -> bool:
    """Whether the whole text fits; `*` stands for any characters, also none, and all else for itself."""
    first, *parts = glob.split("*")
    if not parts:
        return text == glob
    *between, last = parts
    if len(text) < len(first) + len(last) or not text.startswith(first) or not text.endswith(last):
        return False
    at, end = len(first), len(text) - len(last)
    for part in between:
        # The first place that fits leaves most for the others.
        found = text.find(part, at, end)
        if found < 0:
            return False
        at = found + len(part)
    return True


def fits_any(text: str, globs: Iterable[str]) -> bool:
    """Whether a text fits one of the globs."""
    return any(fits(text, glob) for glob in globs)
