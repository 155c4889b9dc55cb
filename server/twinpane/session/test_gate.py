from __future__ import annotations

from typing import get_args

import msgspec
import pytest
from twinpane_protocol.shared import ClearDrawings, Draw, OpenUrl, Permissions, Phase, Point, Travel, Wish
from twinpane_protocol.visitor import Ceiling

from twinpane.session.gate import FEATURES, NEEDS, may_control, narrowed, refusal_of

OUTLINE = Draw(mark=1, node=5, shape="outline")
TRAVELS = (Travel(to="back"), OpenUrl(url="https://shop.example/"))


def test_x4_every_wish_but_pointing_needs_a_permission_that_exists() -> None:
    assert set(NEEDS) | {Point} == set(get_args(Wish))
    assert set(NEEDS.values()) <= set(Permissions.__struct_fields__)
    assert set(FEATURES) <= set(get_args(Wish))


@pytest.mark.parametrize("phase", get_args(Phase))
def test_x4_no_wish_passes_outside_the_live_phase(phase: Phase) -> None:
    refusal = refusal_of(Point(node=1, fx=0, fy=0), phase, Permissions(), True)
    assert refusal == (None if phase == "live" else "not_live")


def test_x4_the_page_can_only_narrow_what_agents_may_do() -> None:
    nothing = Ceiling(
        allow_remote_click=False,
        allow_remote_scroll=False,
        allow_remote_type=False,
        allow_agent_redirect=False,
    )
    narrow = narrowed(Permissions(), nothing)
    assert not may_control(narrow)
    assert not narrow.allow_agent_redirect
    assert not narrowed(Permissions(allow_click=False), Ceiling()).allow_click
    assert not narrowed(Permissions(allow_console=True), Ceiling()).allow_console
    assert narrowed(Permissions(allow_console=True), Ceiling(allow_remote_console=True)).allow_console


def test_x4_permissions_that_the_page_has_no_say_in_stay() -> None:
    every_other = {name: not value for name, value in msgspec.structs.asdict(Permissions()).items()}
    kept = narrowed(Permissions(**every_other), Ceiling())
    assert kept.hide_private_details
    assert not kept.allow_draw
    assert not kept.allow_notes


@pytest.mark.parametrize("wish", [OUTLINE, ClearDrawings(), Point(node=1, fx=0, fy=0, laser=True)])
def test_d2_to_draw_needs_the_permission_and_no_control(wish: Wish) -> None:
    assert refusal_of(wish, "live", Permissions(), False) is None
    assert refusal_of(wish, "live", Permissions(allow_draw=False), True) == "not_allowed"
    assert refusal_of(wish, "paused", Permissions(), True) == "not_live"


@pytest.mark.parametrize("wish", TRAVELS)
def test_x11_to_travel_needs_the_permission_and_free_control_or_ones_own(wish: Wish) -> None:
    assert refusal_of(wish, "live", Permissions(), has_control=True) is None
    assert refusal_of(wish, "live", Permissions(), has_control=False, control_is_free=True) is None
    assert refusal_of(wish, "live", Permissions(), has_control=False, control_is_free=False) == "no_control"
    assert refusal_of(wish, "live", Permissions(allow_agent_redirect=False), has_control=True) == "not_allowed"
