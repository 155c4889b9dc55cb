"""Every state of the cards fits wide and narrow screens, light and dark; pictures for people to look at (S8)."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from e2e.cards.conftest import OUT
from e2e.cards.states import ADA, ZOE, asking, session

STATES: dict[str, dict[str, Any]] = {
    "asking": session("asking", asking=asking("view")),
    "live": session("live"),
    "control": session("live", ZOE, ADA, asking=asking("control")),
    "console": session("live", ZOE, ADA, asking=asking("console", ADA)),
    "console read": session("live", ZOE, {**ADA, "reads_console": True}),
    "controlling": session("live", ZOE, ADA, control="a1"),
    "paused": session("paused", {**ZOE, "connected": False}),
    "ended": session("ended", end_reason="visitor_stopped"),
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(1280, 720), (320, 568)])
def test_s8_cards_fit_the_screen(chromium: Browser, shop: str, scheme: Any, width: int, height: int) -> None:
    context = chromium.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
    page = context.new_page()
    page.goto(shop)
    for name, state in STATES.items():
        show_state(page, name, state)
        picture(page, f"{name}-{width}-{scheme}")
        for part in (".card", ".pill"):
            box = page.evaluate("part => twin.box(part)", part)
            if box:
                assert box["left"] >= 0
                assert box["right"] <= width
                assert box["bottom"] <= height
    page.evaluate("twin.stop(); window.twin = startTwin(); twin.showLookupCode('4821')")
    picture(page, f"code-{width}-{scheme}")
    context.close()


def show_state(page: Page, name: str, state: dict[str, Any]) -> None:
    """Show the cards of a state, and the agents' pointers where there are any."""
    page.evaluate("twin.stop(); window.twin = startTwin()")
    page.evaluate("state => { twin.show({...state, phase: 'live', asking: null}); twin.show(state) }", state)
    if name in ("live", "controlling"):
        page.evaluate("twin.pointAt('a1', {x: 180, y: 190}, false)")
        page.evaluate("twin.pointAt('a2', {x: 60, y: 330}, true)")
    page.evaluate("twin.settled()")


def picture(page: Any, name: str) -> None:
    page.evaluate("twin.settled()")
    page.screenshot(path=OUT / f"{name}.png", animations="disabled")
