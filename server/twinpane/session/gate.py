"""The server's gate for wishes: phase, permission, control (X4). The page has the other one."""

from __future__ import annotations

from collections.abc import Mapping

from twinpane_protocol.shared import (
    Click,
    Focus,
    Permissions,
    Phase,
    Point,
    PressKey,
    RefusalCode,
    ScrollTo,
    SelectOptions,
    SetValue,
    TypeText,
    Wish,
)
from twinpane_protocol.visitor import Ceiling

NEEDS: Mapping[type[Wish], str] = {
    Click: "allow_click",
    Focus: "allow_click",
    SelectOptions: "allow_click",
    PressKey: "allow_type",
    TypeText: "allow_type",
    SetValue: "allow_type",
    ScrollTo: "allow_scroll",
}
"""The permission that a wish needs; one that is not named here needs none."""


def narrowed(permissions: Permissions, ceiling: Ceiling) -> Permissions:
    """Return the permissions under the page's ceiling: REST can only narrow."""
    return Permissions(
        allow_click=permissions.allow_click and ceiling.allow_remote_click,
        allow_scroll=permissions.allow_scroll and ceiling.allow_remote_scroll,
        allow_type=permissions.allow_type and ceiling.allow_remote_type,
        allow_draw=permissions.allow_draw,
        allow_agent_redirect=permissions.allow_agent_redirect and ceiling.allow_agent_redirect,
        allow_audio=permissions.allow_audio,
        allow_console=permissions.allow_console and ceiling.allow_remote_console,
        allow_notes=permissions.allow_notes,
        allow_show_agent_screen=permissions.allow_show_agent_screen,
        allow_request_visitor_screen=permissions.allow_request_visitor_screen,
        allow_confetti=permissions.allow_confetti,
        hide_private_details=permissions.hide_private_details,
    )


def may_control(permissions: Permissions) -> bool:
    """Whether control would be of any use."""
    return permissions.allow_click or permissions.allow_type or permissions.allow_scroll


def refusal_of(wish: Wish, phase: Phase, permissions: Permissions, has_control: bool) -> RefusalCode | None:
    """Say why a wish is refused, or None: it passes. To point needs neither permission nor control."""
    if phase != "live":
        return "not_live"
    if isinstance(wish, Point):
        return None
    if not getattr(permissions, NEEDS[type(wish)]):
        return "not_allowed"
    return None if has_control else "no_control"
