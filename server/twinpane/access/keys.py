"""Make and read keys and other secrets. Chance is passed in; only hashes are for keeping (R2, R15a)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

REST_KEY_PREFIX = "tp_"
PUBLIC_KEY_LENGTH = 10


def make_rest_key(token: str) -> str:
    """A secret REST key from a random token of at least 128 bits."""
    return REST_KEY_PREFIX + token


def make_public_key(token: str) -> str | None:
    """A public key, 10 of `[A-Za-z0-9]`, from a random token; None if the token has too few of them."""
    plain = "".join(char for char in token if char.isalnum())
    return plain[:PUBLIC_KEY_LENGTH] if len(plain) >= PUBLIC_KEY_LENGTH else None


def is_public_key(text: str) -> bool:
    """Whether a text has the form of a public key."""
    return len(text) == PUBLIC_KEY_LENGTH and text.isascii() and text.isalnum()


def hash_secret(secret: str) -> bytes:
    """SHA-256 of a secret. Enough for secrets of high entropy, which all of ours are."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()


def key_in_headers(headers: Mapping[str, str]) -> str | None:
    """The REST key of a request: `X-Api-Key: SECRET`, else `Authorization: Bearer SECRET` (R2)."""
    direct = headers.get("x-api-key", "").strip()
    if direct:
        return direct
    kind, _, secret = headers.get("authorization", "").strip().partition(" ")
    return secret.strip() or None if kind.lower() == "bearer" else None
