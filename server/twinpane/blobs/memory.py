"""Blobs in memory, bounded: what was used least recently goes first."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from typing import Final

DEFAULT_MAX_BYTES: Final = 64 * 1024 * 1024


class MemoryBlobs:
    """See `ports.blobs.Blobs`."""

    def __init__(self, max_bytes: int = DEFAULT_MAX_BYTES) -> None:
        """Take the bound of all bodies together."""
        self._max_bytes = max_bytes
        self._kept: OrderedDict[tuple[str, str], tuple[bytes, str]] = OrderedDict()
        self._bytes = 0

    async def put(self, body: bytes, content_type: str, owner: str = "") -> str:
        """Keep bytes; returns their SHA-256 in hex. A body above the bound is not kept."""
        digest = hashlib.sha256(body).hexdigest()
        if (owner, digest) not in self._kept and len(body) <= self._max_bytes:
            self._bytes += len(body)
            while self._bytes > self._max_bytes:
                _, (oldest, _) = self._kept.popitem(last=False)
                self._bytes -= len(oldest)
            self._kept[owner, digest] = (body, content_type)
        return digest

    async def get(self, digest: str, owner: str = "") -> tuple[bytes, str] | None:
        """The bytes and their content type, if still kept."""
        if (owner, digest) in self._kept:
            self._kept.move_to_end((owner, digest))
        return self._kept.get((owner, digest))

    async def forget(self, owners: Sequence[str]) -> None:
        """Delete all that these owners have."""
        gone = set(owners) - {""}
        for place in [place for place in self._kept if place[0] in gone]:
            self._bytes -= len(self._kept.pop(place)[0])
