"""Keep bytes by the hash of their content."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Blobs(Protocol):
    """A bounded content-addressed cache."""

    async def put(self, body: bytes, content_type: str, owner: str = "") -> str:
        """Keep bytes; returns their SHA-256 in hex. What has an owner is kept apart, and only theirs."""

    async def get(self, digest: str, owner: str = "") -> tuple[bytes, str] | None:
        """The bytes and their content type, if still kept for this owner, or for all."""

    async def forget(self, owners: Sequence[str]) -> None:
        """Delete all that these owners have."""
