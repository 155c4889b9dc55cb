"""Cursors lead back to their place (R11)."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twinpane.access.cursors import make_cursor, read_cursor
from twinpane.errors import InvalidRequestError


@given(st.integers(min_value=0, max_value=250_000_000_000_000_000))
def test_r11_cursor_leads_back_to_its_place(microseconds: int) -> None:
    at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)
    assert read_cursor(make_cursor(at, "ABCD2345")) == (at, "ABCD2345")


@given(st.text())
def test_r11_any_other_text_is_refused_with_a_code(text: str) -> None:
    with suppress(InvalidRequestError):
        at, short_id = read_cursor(text)
        assert short_id.isalnum()
        assert at.tzinfo is UTC


def test_r11_cursor_is_opaque() -> None:
    assert "ABCD2345" not in make_cursor(datetime(2026, 1, 1, tzinfo=UTC), "ABCD2345")
    with pytest.raises(InvalidRequestError):
        read_cursor("ABCD2345")
