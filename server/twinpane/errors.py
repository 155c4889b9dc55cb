"""What can go wrong, as exceptions.

ProblemError
├── InvalidRequestError      422 invalid_request, with fields
├── InvalidApiKeyError       401 invalid_api_key
├── NotLoggedInError         401 not_logged_in
├── WrongLogInError          401 wrong_login
├── ProviderLogInError       401 oidc_…
├── InvalidTokenError        401 invalid_token
├── ForbiddenError           403 forbidden
├── NotFoundError            404 not_found
├── ConflictError            409 conflict
├── LinkGoneError            410 link_gone
├── RateLimitedError         429 rate_limited, with retry_after_s
└── UnavailableError         503 unavailable
BrowsingError                a proxied request that is answered by us, with the code of X-Twinpane-Error
FetchRefusedError            an address that must not be fetched
FetchFailedError             an address that could not be fetched
└── FetchTimedOutError       one that did not answer in time
"""

from __future__ import annotations

from typing import Literal

BrowsingCode = Literal[
    "bad_request",
    "unknown_host",
    "ended",
    "no_cookie",
    "not_allowed",
    "start_link_used",
    "blocked",
    "unreachable",
    "timeout",
    "too_many_requests",
    "too_large",
    "internal",
]


class ProblemError(Exception):
    """A request that fails with a code (R3). `status` is the HTTP status."""

    status = 500
    code = "internal"

    def __init__(self, message: str, *, fields: dict[str, str] | None = None, retry_after_s: int | None = None):
        """Take the sentence for the caller, and for bad input a sentence a field."""
        super().__init__(message)
        self.message = message
        self.fields = fields
        self.retry_after_s = retry_after_s


class InvalidRequestError(ProblemError):
    """Bad input; `fields` names each bad field."""

    status, code = 422, "invalid_request"


class InvalidApiKeyError(ProblemError):
    """Key wrong, revoked or missing (R2)."""

    status, code = 401, "invalid_api_key"


class NotLoggedInError(ProblemError):
    """Nobody is logged in to the console here, or not any more."""

    status, code = 401, "not_logged_in"


class WrongLogInError(ProblemError):
    """E-mail address or password are wrong; never told which."""

    status, code = 401, "wrong_login"


ProviderCode = Literal[
    "oidc_out_of_step", "oidc_refused", "oidc_not_trusted", "oidc_unreachable", "oidc_unknown", "oidc_unverified"
]


class ProviderLogInError(ProblemError):
    """Somebody could not be logged in by the OpenID provider; the code tells why."""

    status = 401

    def __init__(self, code: ProviderCode, message: str):
        """Take the code and the sentence for the person."""
        super().__init__(message)
        self.code = code


class InvalidTokenError(ProblemError):
    """A link's token that is not ours or not whole."""

    status, code = 401, "invalid_token"


class ForbiddenError(ProblemError):
    """The key lacks a scope (R2), the member's role does not reach, or the request came from elsewhere."""

    status, code = 403, "forbidden"


class NotFoundError(ProblemError):
    """No such visitor, session or path."""

    status, code = 404, "not_found"


class ConflictError(ProblemError):
    """The state does not allow it."""

    status, code = 409, "conflict"


class LinkGoneError(ProblemError):
    """A one-time link that was used, taken back or has expired."""

    status, code = 410, "link_gone"


class RateLimitedError(ProblemError):
    """Too many requests; `retry_after_s` tells when to come again."""

    status, code = 429, "rate_limited"


class UnavailableError(ProblemError):
    """Something we need is down or full."""

    status, code = 503, "unavailable"


class BrowsingError(Exception):
    """A proxied request that we answer ourselves; `message` adds to what the code says."""

    def __init__(self, code: BrowsingCode, message: str = "", retry_after_s: int | None = None) -> None:
        """Take the code, what the visitor may want to know besides, and when to come again."""
        super().__init__(code)
        self.code: BrowsingCode = code
        self.message = message
        self.retry_after_s = retry_after_s


class FetchRefusedError(Exception):
    """The address is not public, its scheme or port is not allowed, or its type is not an asset (P5)."""


class FetchFailedError(Exception):
    """The address did not answer as it should: unreachable, too large, bad status."""


class FetchTimedOutError(FetchFailedError):
    """The address did not answer in time."""
