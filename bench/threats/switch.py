"""One defence taken out."""

from __future__ import annotations

from typing import NamedTuple


class Switch(NamedTuple):
    """A defence, the test that stands for it, and texts of the code with what is put in their place."""

    name: str
    test: str
    changes: list[tuple[str, str, str]]


def one(name: str, test: str, file: str, before: str, after: str) -> Switch:
    """A defence that stands in one place."""
    return Switch(name, test, [(file, before, after)])
