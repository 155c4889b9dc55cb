"""A session goes on through everything that happens to a page. (Issue A, 6; S9, X5, X7.)"""

from __future__ import annotations

from collections.abc import Iterator
from time import monotonic

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from e2e import flow
from e2e.cable import Cable
from e2e.flow import Server

pytestmark = pytest.mark.journey
AWAY_S = 20.0


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = flow.visitor_context(browser)
    yield context
    context.close()


@pytest.fixture
def visitor(context: BrowserContext, integrator: str) -> Page:
    page = context.new_page()
    page.goto(f"{integrator}/visitor?id=survivor")
    return page


def never_asked_again(visitor: Page) -> None:
    assert visitor.evaluate(flow.CARD_BUTTON, "Allow") is None


def test_s9_reload_goes_on_without_a_second_consent(server: Server, browser: Browser, visitor: Page) -> None:
    agent = flow.begin(server, browser, visitor)
    visitor.reload()
    flow.until_same(visitor, agent)
    never_asked_again(visitor)


def test_s9_navigation_to_a_second_page_goes_on(server: Server, browser: Browser, visitor: Page) -> None:
    agent = flow.begin(server, browser, visitor)
    visitor.click("[data-add=press]")
    visitor.click("#to-cart")
    visitor.wait_for_selector("#cart tr")
    flow.until_same(visitor, agent)
    visitor.fill("#voucher", "SPRING")
    flow.until_same(visitor, agent)
    never_asked_again(visitor)


def test_x7_agent_follows_to_a_second_tab_and_back(
    server: Server, browser: Browser, context: BrowserContext, visitor: Page, integrator: str
) -> None:
    agent = flow.begin(server, browser, visitor)
    second = context.new_page()
    second.goto(f"{integrator}/visitor/cart?id=survivor")
    flow.until_same(second, agent)
    never_asked_again(second)
    second.close()
    flow.until_same(visitor, agent)


def test_s9_20_seconds_without_network_lose_nothing(
    server: Server, browser: Browser, context: BrowserContext, cable: Cable, cabled_integrator: str
) -> None:
    visitor = context.new_page()
    visitor.goto(f"{cabled_integrator}/visitor?id=survivor")
    agent = flow.begin(server, browser, visitor)
    flow.take_control(agent)
    cable.unplug()
    visitor.fill("[name=message]", "typed while offline")
    gone_since = monotonic()
    flow.until(lambda: monotonic() - gone_since > AWAY_S, what="20 s", page=visitor, wait_s=2 * AWAY_S)
    cable.plug()
    back_at = monotonic()
    flow.until_same(visitor, agent)
    print(f"{browser.browser_type.name}: the picture was whole {monotonic() - back_at:.1f} s after the network")
    never_asked_again(visitor)
    assert flow.value_of(visitor, "[name=message]") == "typed while offline"
    agent.get_by_role("button", name="Release control").wait_for()
