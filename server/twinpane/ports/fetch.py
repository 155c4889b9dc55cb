"""Get a public resource of the web."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Fetched:
    """A whole small resource. `url` is where redirects ended; `content_type` as sent, lower case."""

    url: str
    status: int
    content_type: str
    body: bytes


class Fetch(Protocol):
    """Guarded GETs: only public addresses, checked after DNS, at connecting and at each redirect (P5)."""

    async def get(self, url: str, max_body_bytes: int) -> Fetched:
        """GET a resource. Raises FetchRefusedError or FetchFailedError."""
