"""The server's gate for wishes: phase, permission, control (X4). The page has the other one."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from twinpane_protocol.shared import (
    ClearDrawings,
    Click,
    Draw,
    Focus,
    OpenUrl,
    Permissions,
    Phase,
    Point,
    PressKey,
    ReadConsole,
    RefusalCode,
    ScrollTo,
    SelectOptions,
    SetValue,
    Travel,
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
    Draw: "allow_draw",
    ClearDrawings: "allow_draw",
    Travel: "allow_agent_redirect",
    OpenUrl: "allow_agent_redirect",
    ReadConsole: "allow_console",
}
"""The permission that a wish needs. Pointing is not here: it needs none, unless it is by a laser."""

FEATURES: Mapping[type[Wish], str | None] = {
    Point: None,
    Draw: "draw",
    ClearDrawings: None,
    Travel: "navigate",
    OpenUrl: "navigate",
    ReadConsole: None,
}
"""What a wish counts as in `features_used` (R31); any other is "control"."""


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


def refusal_of(
    wish: Wish, phase: Phase, permissions: Permissions, has_control: bool, control_is_free: bool = False
) -> RefusalCode | None:
    """Say why a wish is refused, or None: it passes.

    To point, to draw and to read the console touch nothing and need no control. To travel does not either while
    control is free: nobody holds it, and the page does not want to be asked for it (X10).
    """
    if phase != "live":
        return "not_live"
    if isinstance(wish, Point):
        return "not_allowed" if wish.laser and not permissions.allow_draw else None
    if not getattr(permissions, NEEDS[type(wish)]):
        return "not_allowed"
    is_free = isinstance(wish, Draw | ClearDrawings | ReadConsole) or (
        isinstance(wish, Travel | OpenUrl) and control_is_free
    )
    return None if has_control or is_free else "no_control"


Judge = Callable[[Wish, Phase, Permissions, bool, bool], RefusalCode | None]
"""As `refusal_of`: a wish, the phase, what the agent may, whether they have control, whether it is free."""
