"""Read what browser and device a User-Agent header tells of (R30)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ua_parser import parse

_TYPES = (
    ("console", re.compile(r"PlayStation|Xbox|Nintendo", re.IGNORECASE)),
    ("smarttv", re.compile(r"SMART-?TV|AppleTV|GoogleTV|HbbTV|BRAVIA|Roku|\bTV\b|CrKey|AFT[A-Z]", re.IGNORECASE)),
    ("wearable", re.compile(r"\bWatch\b|Wear OS|SM-R\d", re.IGNORECASE)),
    ("tablet", re.compile(r"iPad|Tablet|PlayBook|Silk|Kindle|Android(?!.*Mobile)", re.IGNORECASE)),
    ("mobile", re.compile(r"iPhone|iPod|Mobile|Opera Mini", re.IGNORECASE)),
    ("desktop", re.compile(r"Windows NT|Macintosh|X11|CrOS|Linux (x86_64|i686|aarch64)", re.IGNORECASE)),
)
_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Device:
    """Null means unknown. `type` is one of R30's."""

    browser: str | None
    name: str | None
    type: str | None


def device_of(user_agent: str | None) -> Device:
    """The browser and device of a User-Agent header."""
    return _read(user_agent[:_LONGEST]) if user_agent else Device(None, None, None)


@lru_cache(maxsize=2000)
def _read(user_agent: str) -> Device:
    """Reading takes some 100 µs, and a list has the same few again and again."""
    told = parse(user_agent)
    named = told.device.family if told.device and told.device.family != "Other" else None
    system = told.os.family if told.os else None
    return Device(
        browser=told.user_agent.family if told.user_agent else None,
        name=named or system,
        type=next((name for name, pattern in _TYPES if pattern.search(user_agent)), None),
    )
