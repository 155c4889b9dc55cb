"""Logging in to the team console by its OpenID provider."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct


class OidcBegun(Struct, frozen=True, kw_only=True):
    """A log-in by the OpenID provider that has begun in this browser."""

    url: str
    """Where the browser goes, as a whole page. It comes back to `/console/oidc`."""


class OidcBackBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the OpenID provider sent back in the query of `/console/oidc`."""

    state: Annotated[str, Meta(max_length=200)] = ""
    code: Annotated[str, Meta(max_length=4_000)] | None = None
    error: Annotated[str, Meta(max_length=200)] | None = None
