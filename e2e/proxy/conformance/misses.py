"""Where the proxied page sees something else, and why that stays so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Miss:
    """A known difference."""

    reason: str
    browsers: tuple[str, ...] = ("chromium", "firefox")


MISSES: Final[dict[tuple[int, str], Miss]] = {
    (18, "location by computed key of a window under another name"): Miss(
        "by nature: `location` of a window cannot be replaced,"
        " and loops over `a[b]` take three times as long with each wrapped"
    ),
    (62, "the source text of a function"): Miss(
        "the wrappers show: such text is often run again, and only a way back by the lexer would be exact"
    ),
    (17, "a download: a[download] of a page"): Miss(
        "Firefox asks for a page that is to be saved as for one that is to be shown, and so the saved one is proxied",
        ("firefox",),
    ),
}
