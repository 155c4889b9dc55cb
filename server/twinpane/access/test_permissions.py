"""Permissions as asked for by REST."""

from __future__ import annotations

import pytest
from twinpane_protocol.shared import Permissions

from twinpane.access.permissions import PERMISSION_NAMES, asked_permissions
from twinpane.errors import InvalidRequestError


def test_r15_what_is_not_named_keeps_its_default() -> None:
    assert asked_permissions({}) == Permissions()
    assert asked_permissions({"allow_click": False, "allow_console": True}) == Permissions(
        allow_click=False, allow_console=True
    )


def test_r15_each_unknown_permission_is_named() -> None:
    with pytest.raises(InvalidRequestError) as caught:
        asked_permissions({"allow_fly": True, "allow_click": True, "": False})
    assert caught.value.fields is not None
    assert set(caught.value.fields) == {"permissions.allow_fly", "permissions."}


def test_r15_names_are_those_of_the_contract() -> None:
    assert set(PERMISSION_NAMES) == {
        *("allow_click", "allow_scroll", "allow_type", "allow_draw", "allow_agent_redirect", "allow_audio"),
        *("allow_console", "allow_notes", "allow_show_agent_screen", "allow_request_visitor_screen"),
        *("allow_confetti", "hide_private_details"),
    }
