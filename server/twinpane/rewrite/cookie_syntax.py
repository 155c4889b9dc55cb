"""Read `Set-Cookie` lines and cookie dates as browsers do (RFC 6265bis, 5.1.1 and 5.6)."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from typing import Final, Literal

SameSite = Literal["strict", "lax", "none", "default"]

_CONTROL: Final = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_PAIR_BYTES_MAX: Final = 4096
_ATTRIBUTE_BYTES_MAX: Final = 1024
_MAX_AGE: Final = re.compile(r"-?[0-9]+")
_DATE_TOKEN: Final = re.compile(r"[^\x09\x20-\x2f\x3b-\x40\x5b-\x60\x7b-\x7e]+")
_TIME: Final = re.compile(r"([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?![0-9])")
_DAY: Final = re.compile(r"([0-9]{1,2})(?![0-9])")
_YEAR: Final = re.compile(r"([0-9]{2,4})(?![0-9])")
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_AGE_S_MAX: Final = 400 * 86_400


@dataclass(slots=True)
class CookieLine:
    """What one `Set-Cookie` line or one write of `document.cookie` says. `expires_s` is Unix time."""

    name: str
    value: str
    domain: str = ""
    path: str = ""
    expires_s: float | None = None
    secure: bool = False
    http_only: bool = False
    partitioned: bool = False
    same_site: SameSite = "default"


def parse_cookie_line(line: str, now_s: float) -> CookieLine | None:
    """Return what the line says, or None for what browsers ignore whole. Ages are capped at 400 days."""
    if _CONTROL.search(line):
        return None
    pair, *attributes = line.split(";")
    name, separator, value = pair.partition("=")
    if not separator:
        name, value = "", pair
    cookie = CookieLine(name.strip(" \t"), value.strip(" \t"))
    if not (cookie.name or cookie.value) or len((cookie.name + cookie.value).encode()) > _PAIR_BYTES_MAX:
        return None
    max_age: float | None = None
    for attribute in attributes:
        key, _, text = (part.strip(" \t") for part in attribute.partition("="))
        if len(text.encode()) > _ATTRIBUTE_BYTES_MAX:
            continue
        if key.lower() == "max-age":
            max_age = _from_max_age(text, now_s, max_age)
        else:
            _take_attribute(cookie, key.lower(), text, now_s)
    if max_age is not None:
        cookie.expires_s = max_age
    return cookie


def _take_attribute(cookie: CookieLine, key: str, text: str, now_s: float) -> None:
    if key == "domain":
        cookie.domain = text.removeprefix(".").lower()
    elif key == "path":
        cookie.path = text if text.startswith("/") else ""
    elif key == "expires":
        date = parse_cookie_date(text)
        if date is not None:
            cookie.expires_s = min(date, now_s + _AGE_S_MAX)
    elif key == "secure":
        cookie.secure = True
    elif key == "httponly":
        cookie.http_only = True
    elif key == "partitioned":
        cookie.partitioned = True
    elif key == "samesite":
        known: dict[str, SameSite] = {"strict": "strict", "lax": "lax", "none": "none"}
        cookie.same_site = known.get(text.lower(), "default")


def _from_max_age(text: str, now_s: float, before: float | None) -> float | None:
    if not _MAX_AGE.fullmatch(text):
        return before
    # Python refuses to read numbers of thousands of digits, and a capped age needs none.
    seconds = _AGE_S_MAX if len(text) > 12 and text[0] != "-" else int(text[:12])
    return 0.0 if seconds <= 0 else now_s + min(seconds, _AGE_S_MAX)


def parse_cookie_date(text: str) -> float | None:
    """Return Unix time of a cookie date in any of the forms the web has, or None (RFC 6265bis, 5.1.1)."""
    time: tuple[int, int, int] | None = None
    day = month = year = None
    for token in _DATE_TOKEN.findall(text):
        if time is None and (found := _TIME.match(token)):
            time = (int(found[1]), int(found[2]), int(found[3]))
        elif day is None and (found := _DAY.match(token)):
            day = int(found[1])
        elif month is None and token[:3].lower() in _MONTHS:
            month = _MONTHS.index(token[:3].lower()) + 1
        elif year is None and (found := _YEAR.match(token)):
            year = int(found[1])
    if time is None or day is None or month is None or year is None:
        return None
    if year < 100:
        year += 1900 if year >= 70 else 2000
    if year < 1601 or time > (23, 59, 59) or time[1] > 59 or time[2] > 59:
        return None
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return float(calendar.timegm((year, month, day, *time)))
