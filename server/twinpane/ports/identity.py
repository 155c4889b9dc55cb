"""Ask somebody else who a person is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One try to log in by the provider: what ties its answer to the browser that asked. Each is secret and random."""

    state: str
    nonce: str
    verifier: str
    back: str
    """Our address to which the provider sends the browser back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Whom the provider knows."""

    subject: str
    """Issuer and subject: never given to anybody else."""
    email: str | None
    is_email_verified: bool
    name: str | None


class IdentityProvider(Protocol):
    """An OpenID provider (OpenID Connect Core 1.0, authorization code with PKCE)."""

    @property
    def name(self) -> str:
        """What people call it."""

    async def log_in_url(self, attempt: Attempt) -> str:
        """Where a browser is sent. Raises ProviderLogInError if the provider cannot be reached."""

    async def person(self, attempt: Attempt, code: str) -> Person:
        """Whom a code is for, which works once. Raises ProviderLogInError for whatever does not hold."""
