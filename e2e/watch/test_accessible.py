"""axe finds nothing serious in the visitor's cards and the server's pages. (Issue E, acceptance 7; A2, S8.)"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from e2e import axe
from e2e.cards.conftest import serving
from e2e.cards.test_pictures import STATES, show_state
from e2e.flow import Server
from e2e.gallery import words_of

SCHEMES = ["light", "dark"]


@pytest.fixture(params=SCHEMES)
def still(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[BrowserContext]:
    """A browser in which nothing moves: what fades in has its colours at once."""
    scheme: Any = request.param
    context = chromium.new_context(
        viewport={"width": 1280, "height": 800}, color_scheme=scheme, reduced_motion="reduce"
    )
    yield context
    context.close()


def test_s8_the_visitors_cards(still: BrowserContext) -> None:
    problems = {}
    page = still.new_page()
    page.add_init_script(axe.OPEN_ROOTS)
    with serving() as shop:
        page.goto(shop)
        for name, state in STATES.items():
            show_state(page, name, state)
            if found := axe.found(page, "twinpane-cards"):
                problems[name] = found
        page.evaluate("twin.stop(); window.twin = startTwin(); twin.showLookupCode('4821')")
        if found := axe.found(page, "twinpane-cards"):
            problems["code"] = found
    assert not problems


def test_a2_the_servers_pages(still: BrowserContext, server: Server) -> None:
    page = still.new_page()
    problems = {}
    for name, url in words_of(server).items():
        page.goto(url)
        if found := axe.found(page):
            problems[name] = found
    assert not problems
