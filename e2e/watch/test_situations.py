"""Every situation has its words, its picture, and names for all that can be pressed."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from e2e.flow import ROOT
from e2e.watch.desk import Desk
from e2e.watch.scenes import SCENES, Scene, show

pytestmark = pytest.mark.journey

CHECKS = (ROOT / "e2e/watch/problems.js").read_text()


def named(scene: Scene) -> str:
    return scene.name


@pytest.mark.parametrize("scene", SCENES, ids=named)
def test_a1_each_situation_has_its_words_and_is_said_aloud(scene: Scene, desk: Desk, window: Page) -> None:
    show(scene, desk, window)
    assert window.locator("[data-announcer]").inner_text().strip(" .")
    assert window.locator(".art, .sheet").count(), "a situation has a picture"


@pytest.mark.parametrize("size", [(1280, 800), (390, 844), (320, 568)], ids=["wide", "phone", "small"])
@pytest.mark.parametrize("scene", SCENES, ids=named)
def test_a2_all_controls_have_names_and_room(scene: Scene, size: tuple[int, int], desk: Desk, window: Page) -> None:
    window.set_viewport_size({"width": size[0], "height": size[1]})
    show(scene, desk, window)
    assert window.evaluate(f"() => {{ {CHECKS}; return problems(); }}") == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("scene", SCENES, ids=named)
def test_a2_all_words_can_be_read(scene: Scene, scheme: str, desk: Desk, window: Page) -> None:
    window.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    show(scene, desk, window)
    assert window.evaluate(f"() => {{ {CHECKS}; return faint(); }}") == []
