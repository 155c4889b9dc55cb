"""Hash and check passwords (argon2id, RFC 9106), off the event loop and few at a time."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from twinpane.errors import RateLimitedError

_AT_ONCE: Final = 2
"""Each takes 64 MiB and a fraction of a second of a core."""
_WAITING: Final = 50


class Passwords:
    """Hashes with the library's costs unless others are given; an unknown member takes as long as a wrong password."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        """Hash once, for those who are not known to be compared with."""
        self._hasher = hasher or PasswordHasher()
        self._nobodys = self._hasher.hash("nobody has this password")
        self._slots = asyncio.Semaphore(_AT_ONCE)
        self._waiting = 0

    async def hash(self, password: str) -> str:
        """Argon2id with a fresh salt."""
        async with self._slots:
            return await asyncio.to_thread(self._hasher.hash, password)

    async def fits(self, password_hash: str | None, password: str) -> bool:
        """Whether a password is the one that was hashed. Raises RateLimitedError when too many wait."""
        if self._waiting >= _WAITING:
            raise RateLimitedError("Too many people log in at once.", retry_after_s=10)
        self._waiting += 1
        try:
            async with self._slots:
                fits = await asyncio.to_thread(self._verified, password_hash or self._nobodys, password)
        finally:
            self._waiting -= 1
        return fits and password_hash is not None

    def is_stale(self, password_hash: str) -> bool:
        """Whether a hash was made with other costs than those of today."""
        return self._hasher.check_needs_rehash(password_hash)

    def _verified(self, password_hash: str, password: str) -> bool:
        with suppress(Argon2Error, InvalidHashError):
            return self._hasher.verify(password_hash, password)
        return False
