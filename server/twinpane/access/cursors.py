"""Opaque cursors of lists."""

from __future__ import annotations

import base64
import binascii
import re
from datetime import UTC, datetime, timedelta

from twinpane.errors import InvalidRequestError

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SHORT_ID = re.compile(r"[A-Za-z0-9]+")
_SESSION_ID = re.compile(r"[A-Za-z0-9_-]+")


def make_cursor(last_seen_at: datetime, short_id: str) -> str:
    """The place after a visitor in the list of newest first."""
    microseconds = (last_seen_at - EPOCH) // timedelta(microseconds=1)
    return base64.urlsafe_b64encode(f"{microseconds}.{short_id}".encode()).decode().rstrip("=")


def read_session_cursor(cursor: str) -> tuple[datetime, str]:
    """The place in a list of sessions that a cursor names. Raises InvalidRequestError if it is not ours."""
    return _read(cursor, _SESSION_ID)


def read_cursor(cursor: str) -> tuple[datetime, str]:
    """The place that a cursor names. Raises InvalidRequestError if it is not ours."""
    return _read(cursor, _SHORT_ID)


def _read(cursor: str, form: re.Pattern[str]) -> tuple[datetime, str]:
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        microseconds, dot, short_id = base64.b64decode(padded, altchars=b"-_", validate=True).decode().partition(".")
        if not dot or not form.fullmatch(short_id):
            raise ValueError(cursor)
        return EPOCH + timedelta(microseconds=int(microseconds)), short_id
    except (ValueError, OverflowError, binascii.Error) as error:
        raise InvalidRequestError(
            "The cursor is not one of ours.", fields={"cursor": "is not a cursor that a list gave"}
        ) from error
