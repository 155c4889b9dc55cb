"""How long a log-in to the console holds, what a password must be, and where its cookie may go."""

from __future__ import annotations

from datetime import datetime, timedelta
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

from twinpane.errors import ForbiddenError, InvalidRequestError

LOG_IN_LIFE: Final = timedelta(days=14)
IDLE_LIFE: Final = timedelta(days=1)
INVITATION_LIFE: Final = timedelta(days=7)
FIRST_LINK_LIFE: Final = timedelta(days=1)
NOTED_WITHIN: Final = timedelta(minutes=1)
"""How exactly it is noted when a log-in was used last."""
COOKIE_ON_HTTPS: Final = "__Host-twinpane"
COOKIE_ON_LOCALHOST: Final = "twinpane-console"
BEGUN_LIFE: Final = timedelta(minutes=10)
"""How long somebody may take at the OpenID provider."""
_FEWEST_KINDS: Final = 5
"""Different characters in a password."""


def log_in_holds(used_at: datetime, expires_at: datetime, now: datetime) -> bool:
    """Whether a log-in that was used last at some time still counts."""
    return now < expires_at and now < used_at + IDLE_LIFE


def fold_email(email: str) -> str:
    """An address as it is kept: whoever writes it in capitals is the same person."""
    return email.strip().lower()


def require_good_password(password: str, email: str, name: str) -> None:
    """Raise InvalidRequestError for a password that is guessed at once. Its length is bounded by its type."""
    plain = password.casefold()
    own = [fold_email(email), fold_email(email).partition("@")[0], name.casefold().replace(" ", ""), "twinpane"]
    rest = plain.replace(" ", "")
    for word in own:
        rest = rest.replace(word, "") if len(word) >= 3 else rest
    if len(set(rest)) < _FEWEST_KINDS:
        why = "must not be made of your own name or of a few characters"
        raise InvalidRequestError(f"The password {why}.", fields={"password": why})


def cookie_name(address: str) -> str:
    """The name of the log-in's cookie at our address. Raises ForbiddenError where it could be read on the way.

    Browsers take `__Host-…` from https only, for this host and all its paths, from nobody else (RFC 6265bis, 4.1.3.2).
    """
    parts = urlsplit(address)
    if parts.scheme == "https":
        return COOKIE_ON_HTTPS
    if is_local(parts.hostname or ""):
        return COOKIE_ON_LOCALHOST
    raise ForbiddenError("Logging in needs https, except on localhost. Set public_url, or behind_proxy.")


def begun_cookie_name(address: str) -> str:
    """The name of the cookie of a log-in that is under way at the provider. Raises as `cookie_name` does."""
    return f"{cookie_name(address)}-begun"


def is_local(host: str) -> bool:
    """Whether a name or number is this machine's own."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
