"""axe finds nothing serious in the visitor's cards and the server's pages. (Issue E, acceptance 7; A2, S8.)"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

import pytest
from playwright.sync_api import Browser, BrowserContext
from twinpane.errors import BrowsingCode, BrowsingError
from twinpane.web.documents import words_page
from twinpane.web.proxy_pages import own_tab_page, problem_page

from e2e import axe, flow
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


def test_p1_each_page_that_stands_where_a_proxied_one_cannot(still: BrowserContext) -> None:
    pages = {code: problem_page(BrowsingError(code), (), is_page=True) for code in get_args(BrowsingCode)}
    pages |= {"blocked_why": problem_page(BrowsingError("blocked", "shop.example is at home."), (), is_page=True)}
    pages |= {"own_tab": own_tab_page("https://shop.example/", ())}
    pages |= {
        "with_a_link": words_page("This link has expired", "Open it within a minute.", link=("/again", "Try again"))
    }
    page = still.new_page()
    problems = {}
    for name, answer in pages.items():
        page.set_content(bytes(answer.body).decode())
        page.get_by_role("heading").wait_for()
        if found := axe.found(page):
            problems[name] = found
    assert len(pages) > 12
    assert not problems


def test_s2_the_page_of_a_public_link(still: BrowserContext, chromium: Browser, integrator: str) -> None:
    context = flow.visitor_context(chromium)
    visitor = context.new_page()
    visitor.goto(f"{integrator}/visitor?id=inviting")
    flow.short_id(visitor)
    link = visitor.evaluate("() => Upscope('getPublicLink', { agentId: '7', agentName: 'Zoë' })")
    page = still.new_page()
    page.goto(link)
    page.get_by_role("button", name="Watch the page").wait_for()
    assert not axe.found(page)
    context.close()
