"""What can go wrong when the API is asked, as exceptions. All have `code`, `message` and `fields`.

TwinpaneError
├── NotReachedError          `not_reached`: no answer came, also after trying again
├── UnexpectedAnswerError    `unexpected_answer`: an answer that is not the API's; is the address right?
└── RefusedError             the server said no: its code, and `status`, `retry_after_s`
    ├── InvalidRequestError  422 `invalid_request`; `fields` has a sentence for each bad field
    ├── InvalidApiKeyError   401 `invalid_api_key`
    ├── ForbiddenError       403 `forbidden`: the key lacks a scope
    ├── NotFoundError        404 `not_found`
    ├── ConflictError        409 `conflict`
    └── RateLimitedError     429 `rate_limited`; come again after `retry_after_s`

    try:
        started = twinpane.watch_url(short_id, agent_id="7", agent_name="Zoë")
    except NotFoundError:
        ...  # the visitor was erased
"""

from __future__ import annotations

from collections.abc import Mapping


class TwinpaneError(Exception):
    """Anything that the API or the way to it did not do. `message` is a sentence for people, `code` for programs."""

    code = "error"

    def __init__(self, message: str, *, code: str | None = None, fields: Mapping[str, str] | None = None) -> None:
        """Take the sentence, the code if it is not the kind's own, and for bad input a sentence a field."""
        said = "".join(f" {name}: {what}." for name, what in (fields or {}).items())
        super().__init__(f"{code or self.code}: {message}{said}")
        self.message = message
        self.code = code or self.code
        self.fields = dict(fields or {})


class NotReachedError(TwinpaneError):
    """No answer: no connection, or none in time."""

    code = "not_reached"


class UnexpectedAnswerError(TwinpaneError):
    """An answer that the API does not give, as from something in front of it."""

    code = "unexpected_answer"


class RefusedError(TwinpaneError):
    """The server refused (R3). `status` is the HTTP status, `retry_after_s` what `Retry-After` said."""

    def __init__(
        self,
        message: str,
        *,
        code: str,
        fields: Mapping[str, str] | None = None,
        status: int,
        retry_after_s: float | None = None,
    ) -> None:
        """Take what the answer says."""
        super().__init__(message, code=code, fields=fields)
        self.status = status
        self.retry_after_s = retry_after_s


class InvalidRequestError(RefusedError):
    """Bad input; `fields` names each bad field."""


class InvalidApiKeyError(RefusedError):
    """The key is wrong, revoked or missing."""


class ForbiddenError(RefusedError):
    """The key lacks the scope."""


class NotFoundError(RefusedError):
    """There is no such visitor, session or webhook."""


class ConflictError(RefusedError):
    """The state does not allow it, or the idempotency key was used for something else."""


class RateLimitedError(RefusedError):
    """Too many requests with this key, or too many wrong lookup codes."""


BY_STATUS: Mapping[int, type[RefusedError]] = {
    401: InvalidApiKeyError,
    403: ForbiddenError,
    404: NotFoundError,
    409: ConflictError,
    422: InvalidRequestError,
    429: RateLimitedError,
}
"""The kind for each status; others are RefusedError itself."""
