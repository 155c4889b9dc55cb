"""The chain that makes changes to the audit visible: each entry's hash covers the one before it (R22)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

START = bytes(32)
"""Stands before the first entry."""


def link_hash(previous_hash: bytes, fields: Iterable[str | int | None]) -> bytes:
    """SHA-256 over the hash before and the entry's fields, as a JSON array."""
    text = json.dumps([previous_hash.hex(), *fields], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
