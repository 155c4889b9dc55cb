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


ALIKE = {"log_in_wrong", "join_gone", "visitors_search", "visitors_no_match", "visitors_read_only", "code_unknown"}
ALIKE |= {"live_none", "sessions_none", "audit_broken", "visitors_nobody", "webhooks_add", "keys_make", "account"}
"""Made of the same parts as others."""
DARK = {"log_in", "visitors", "settings"}


@pytest.mark.parametrize("scene", [scene for scene in SCENES if scene.name not in ALIKE], ids=lambda scene: scene.name)
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
    if scene.name in DARK:
        window.emulate_media(color_scheme="dark", reduced_motion="reduce")
        assert serious(window.evaluate(RUN, TAGS)) == []
