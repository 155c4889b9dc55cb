"""Status and headers of a site's answer as our server can send them."""

from __future__ import annotations

import re
from typing import Final

from twinpane.actions.browse import Shown

_NO_BODY: Final = (204, 205, 304)
_NAME: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_BAD_VALUE: Final = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")


def status_for(shown: Shown) -> int:
    """The status; sites make up their own, which HTTP does not know."""
    return shown.status if 200 <= shown.status <= 599 else 500


def head_for(shown: Shown) -> list[tuple[bytes, bytes]]:
    """The headers, without those that HTTP does not allow, and without a length where there is no body."""
    bare = shown.status in _NO_BODY
    return [
        (name.lower().encode(), value.encode("utf-8", "surrogateescape"))
        for name, value in shown.headers
        if _NAME.fullmatch(name) and not _BAD_VALUE.search(value) and not (bare and name.lower() == "content-length")
    ]
