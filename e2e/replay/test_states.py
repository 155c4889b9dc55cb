"""Every state of the replay page has its words, its picture, and names for all that can be pressed. (R20, A1.)"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from e2e import axe
from e2e.flow import ROOT
from e2e.replay.desk import ADDRESS, Desk
from e2e.replay.scenes import SCENES, Scene, show

pytestmark = pytest.mark.journey

SIZES = ((1280, 800), (390, 844), (320, 568))
CHECKS = (ROOT / "e2e/watch/problems.js").read_text()
# What of our controls is small, or out of the window.
CONTROLS = """(controls) => controls.filter((one) => one.checkVisibility()).flatMap((one) => {
  const { left, right, width, height } = one.getBoundingClientRect();
  const isSmall = width < 44 || height < 44;
  return isSmall || left < -8 || right > innerWidth + 8 ? [one.outerHTML.slice(0, 120)] : [];
})"""


def named(scene: Scene) -> str:
    return scene.name


@pytest.mark.parametrize("scene", SCENES, ids=named)
def test_r20_each_state_is_in_words_and_can_be_used_at_every_size(
    scene: Scene, chromium: Browser, assets: Path
) -> None:
    context = chromium.new_context(locale=scene.language, reduced_motion="reduce")
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    Desk(assets, **scene.desk).serve(context)
    window = context.new_page()
    window.set_default_timeout(10_000)
    wrong: list[str] = []
    window.on("pageerror", lambda error: wrong.append(str(error)))
    show(scene, window)
    assert window.locator(".art, .sheet").count(), "has a picture"
    for width, height in SIZES:
        window.set_viewport_size({"width": width, "height": height})
        assert window.evaluate(f"() => {{ {CHECKS}; return problems(); }}") == [], f"at {width} px"
        assert window.locator(".transport :is(button, select, input)").evaluate_all(CONTROLS) == [], f"at {width} px"
    for scheme in ("light", "dark"):
        window.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        assert not axe.found(window), scheme
        window.set_viewport_size({"width": 1280, "height": 800})
        assert window.evaluate(f"() => {{ {CHECKS}; return faint(); }}") == [], scheme
    assert not [url for url in asked if not url.startswith((ADDRESS, "data:"))], "asks nobody else"
    assert not wrong
    context.close()
