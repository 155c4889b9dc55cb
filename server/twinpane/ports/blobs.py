"""Keep bytes by the hash of their content."""

from __future__ import annotations

from typing import Protocol


class Blobs(Protocol):
    """A bounded content-addressed cache."""

    async def put(self, body: bytes, content_type: str) -> str:
        """Keep bytes; returns their SHA-256 in hex."""

    async def get(self, digest: str) -> tuple[bytes, str] | None:
        """The bytes and their content type, if still kept."""
