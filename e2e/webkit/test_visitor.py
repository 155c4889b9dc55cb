"""The visitor's tab is WebKit's: a whole session from the consent to its end."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page

from e2e import flow
from e2e.flow import Server
from e2e.webkit.window import Window

pytestmark = pytest.mark.journey


def open_shop(window: Window, integrator: str) -> None:
    window.goto(f"{integrator}/visitor?id=webkit")
    # Cards are fetched when a session begins, so their roots are still to come.
    window.evaluate(f"() => {flow.REMEMBER_ROOTS}")


@pytest.fixture
def agent(server: Server, chromium: Browser, window: Window, integrator: str) -> Page:
    """Watches, with the visitor's yes."""
    open_shop(window, integrator)
    return flow.begin(server, chromium, window.page)


def test_s8_the_visitor_is_asked_seen_and_helped(window: Window, agent: Page) -> None:
    flow.take_control(agent)
    agent.mouse.click(*flow.place(agent, "#search"))
    agent.keyboard.type("press")
    flow.until_value(window.page, "#search", "press")
    flow.until_same(window.page, agent)
    window.click("[name=name]")
    window.type("Ada")
    window.click("[name=gift]")
    window.click("[name=password]")
    window.type("horse battery")
    flow.until_same(window.page, agent)
    assert "horse battery" not in agent.evaluate(f"() => {flow.STAGE}.contentDocument.documentElement.outerHTML")


def test_s9_a_reload_goes_on_without_a_second_consent(window: Window, agent: Page) -> None:
    window.driver.refresh()
    window.evaluate(f"() => {flow.REMEMBER_ROOTS}")
    flow.until_same(window.page, agent)
    assert window.evaluate(flow.CARD_BUTTON, "Allow") is None


def test_s10_the_agent_ends_it_and_the_page_goes_on(window: Window, agent: Page) -> None:
    agent.get_by_role("button", name=re.compile("^End")).first.click()
    agent.get_by_role("button", name=re.compile("^End")).last.click()
    flow.until(lambda: "ended" in flow.card_words(window.page).lower(), what="words at the visitor")
    window.click("[data-add=press]")
    in_cart = "() => document.querySelector('#cart-count').textContent"
    flow.until(lambda: window.evaluate(in_cart) == "1", what="a thing in the cart")
