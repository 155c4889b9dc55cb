"""What a REST key may do (R2)."""

from __future__ import annotations

from collections.abc import Iterable

from twinpane.errors import ForbiddenError, InvalidRequestError

SCOPES = ("read", "sessions", "proxy", "admin")


def require_scope(had: Iterable[str], needed: str) -> None:
    """Raise ForbiddenError unless a key has the scope; `admin` holds all."""
    if needed not in had and "admin" not in had:
        raise ForbiddenError(f"This key lacks the scope “{needed}”.")


def read_scopes(text: str) -> frozenset[str]:
    """Read `read,sessions`. Raises InvalidRequestError naming what is not a scope."""
    given = frozenset(part.strip() for part in text.split(",") if part.strip())
    unknown = given.difference(SCOPES)
    if unknown or not given:
        names = ", ".join(sorted(unknown)) or "none given"
        raise InvalidRequestError(f"Scopes are {', '.join(SCOPES)}.", fields={"scopes": f"not a scope: {names}"})
    return given
