"""Opaque cursors of lists."""

from __future__ import annotations

import base64
import binascii
from datetime import UTC, datetime, timedelta

from twinpane.errors import InvalidRequestError

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def make_cursor(last_seen_at: datetime, short_id: str) -> str:
    """The place after a visitor in the list of newest first."""
    microseconds = (last_seen_at - _EPOCH) // timedelta(microseconds=1)
    return base64.urlsafe_b64encode(f"{microseconds}.{short_id}".encode()).decode().rstrip("=")


def read_cursor(cursor: str) -> tuple[datetime, str]:
    """The place that a cursor names. Raises InvalidRequestError if it is not ours."""
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        microseconds, dot, short_id = base64.b64decode(padded, altchars=b"-_", validate=True).decode().partition(".")
        if not (dot and short_id.isalnum()):
            raise ValueError(cursor)
        return _EPOCH + timedelta(microseconds=int(microseconds)), short_id
    except (ValueError, OverflowError, binascii.Error) as error:
        raise InvalidRequestError(
            "The cursor is not one of ours.", fields={"cursor": "is not a cursor that a list gave"}
        ) from error
