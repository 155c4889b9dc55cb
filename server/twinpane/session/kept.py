"""What of a session outlives the process that runs it (K1)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

EPOCHS_UNTOLD: Final = 1000
"""More epochs than can begin between a change and its being kept; a frame of an old epoch never fits the next one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The little that is written nowhere else. No picture, no address of a page, no secret."""

    epoch: int = 0
    control: str | None = None
    """The seat that has it."""
    colors: dict[str, str] = field(default_factory=dict)
    """Of each seat, in the order they were given."""
    seats_given: int = 0
    tab: str | None = None
    """The one that agents saw."""
    readers: list[str] = field(default_factory=list)
    """The seats whose agents may read the console."""
    features: list[str] = field(default_factory=list)
