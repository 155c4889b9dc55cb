"""axe finds nothing serious on any page of the console (WCAG 2.2 AA), light or dark; nothing breaks its policy."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import ConsoleMessage, Page

from e2e.console.desk import Desk
from e2e.console.scenes import SCENES, Scene, show
from e2e.flow import ROOT

AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = "(tags) => axe.run(document, { runOnly: tags, resultTypes: ['violations'] })"


def serious(found: dict[str, Any]) -> list[str]:
    return [
        f"{rule['id']}: {', '.join(node['html'][:160] for node in rule['nodes'][:3])}"
        for rule in found["violations"]
        if rule["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_axe_finds_nothing_serious(scene: Scene, desk: Desk, window: Page) -> None:
    broken: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text or "TrustedHTML" in message.text:
            broken.append(message.text)

    window.on("console", heard)
    window.on("pageerror", lambda error: broken.append(str(error)))
    desk.reset()
    show(scene, desk, window)
    assert broken == []
    # By the test's own way in, which no policy of the page holds back.
    window.evaluate(AXE)
    assert serious(window.evaluate(RUN, TAGS)) == []
    window.emulate_media(color_scheme="dark", reduced_motion="reduce")
    assert serious(window.evaluate(RUN, TAGS)) == [], "dark"


def test_axe_finds_nothing_serious_where_the_rare_places_unfold(desk: Desk, window: Page) -> None:
    """On a phone they are behind a button."""
    desk.reset()
    window.set_viewport_size({"width": 390, "height": 844})
    window.goto(f"{desk.url}/console")
    window.get_by_text("240 visitors online").wait_for()
    window.get_by_role("button", name="More").click()
    window.get_by_role("link", name="Audit").wait_for()
    window.evaluate(AXE)
    assert serious(window.evaluate(RUN, TAGS)) == []


def test_axe_finds_nothing_serious_while_the_connection_is_lost(desk: Desk, window: Page) -> None:
    desk.reset()
    desk.takes_sockets = False
    window.goto(f"{desk.url}/console")
    window.get_by_text("Connection lost.").wait_for()
    window.evaluate(AXE)
    assert serious(window.evaluate(RUN, TAGS)) == []
