"""Tell whose REST key it is (R2)."""

from __future__ import annotations

from datetime import datetime, timedelta

from twinpane.access.keys import hash_secret
from twinpane.errors import InvalidApiKeyError
from twinpane.ports.records import RestKey
from twinpane.ports.store import Store

TOLD_WITHIN = timedelta(seconds=60)
"""How exactly a key tells when it was used last; a write a request would cost more than the request."""


async def authenticate_key(store: Store, secret: str | None, now: datetime) -> RestKey:
    """The key with this secret. Raises InvalidApiKeyError if wrong, revoked or missing, always in the same words."""
    key = await store.rest_key_by_hash(hash_secret(secret)) if secret else None
    if key is None or key.revoked_at is not None:
        raise InvalidApiKeyError("The API key is wrong or missing.")
    if key.last_used_at is None or now - key.last_used_at >= TOLD_WITHIN:
        await store.touch_rest_key(key.id, now)
    return key
