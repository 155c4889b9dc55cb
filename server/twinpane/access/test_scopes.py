"""Scopes open what they name (R2)."""

from __future__ import annotations

import pytest

from twinpane.access.scopes import SCOPES, read_scopes, require_scope
from twinpane.errors import ForbiddenError, InvalidRequestError


@pytest.mark.parametrize("scope", SCOPES)
def test_r2_scope_opens_itself_and_admin_opens_all(scope: str) -> None:
    require_scope({scope}, scope)
    require_scope({"admin"}, scope)
    with pytest.raises(ForbiddenError):
        require_scope(set(SCOPES) - {scope, "admin"}, scope)


def test_r2_scopes_are_read_and_unknown_ones_named() -> None:
    assert read_scopes("read, sessions,") == {"read", "sessions"}
    with pytest.raises(InvalidRequestError) as caught:
        read_scopes("read,write")
    assert caught.value.fields == {"scopes": "not a scope: write"}
    with pytest.raises(InvalidRequestError):
        read_scopes("")
