"""Change the address in a `Refresh` header or `<meta http-equiv=refresh>` (HTML, shared declarative refresh steps)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

_REFRESH: Final = re.compile(
    r"""(?s)(\s*+[0-9.]++(?:\s*+[;,]\s*+|\s++)(?:url\s*+=\s*+)?)(?:(["'])(.*?)(?:\2.*|$)|(.*))""", re.I
)


def rewrite_refresh(text: str, encode: Callable[[str], str]) -> str:
    """Return the text with its address encoded; what has no address comes back as given."""
    found = _REFRESH.fullmatch(text)
    if found is None:
        return text
    url = found[3] if found[2] else found[4]
    encoded = encode(url)
    return text if encoded == url else f"{found[1]}{encoded}"
