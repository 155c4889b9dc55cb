"""Every situation has its words, its picture, and names for all that can be pressed."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from e2e import axe
from e2e.flow import ROOT
from e2e.watch.desk import Desk
from e2e.watch.scenes import SCENES, Scene, show

pytestmark = pytest.mark.journey

SIZES = ((1280, 800), (390, 844), (320, 568))
CHECKS = (ROOT / "e2e/watch/problems.js").read_text()


def named(scene: Scene) -> str:
    return scene.name


@pytest.mark.parametrize("scene", SCENES, ids=named)
def test_a1_a2_each_situation_is_in_words_and_can_be_used_at_every_size(scene: Scene, desk: Desk, window: Page) -> None:
    window.emulate_media(reduced_motion="reduce")
    show(scene, desk, window)
    assert window.locator("[data-announcer]").inner_text().strip(" ."), "said aloud"
    assert window.locator(".art, .sheet").count(), "has a picture"
    for width, height in SIZES:
        window.set_viewport_size({"width": width, "height": height})
        assert window.evaluate(f"() => {{ {CHECKS}; return problems(); }}") == [], f"at {width} px"
        pill = window.locator(".tools:not(.asks)")
        assert pill.count() == 0 or pill.evaluate("(pill) => pill.offsetHeight") < 60, f"tools in one row at {width} px"
    for scheme in ("light", "dark"):
        window.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        assert not axe.found(window), f"axe finds nothing serious (issue E, acceptance 7), {scheme}"
        window.set_viewport_size({"width": 1280, "height": 800})
        assert window.evaluate(f"() => {{ {CHECKS}; return faint(); }}") == [], scheme
