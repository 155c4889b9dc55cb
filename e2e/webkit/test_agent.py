"""The agent's window is WebKit's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from e2e import flow
from e2e.flow import Server
from e2e.webkit.window import Window

pytestmark = pytest.mark.journey

BUTTON = """(name) => [...document.querySelectorAll("button")]
  .find((each) => (each.ariaLabel ?? each.textContent).includes(name) && each.checkVisibility())"""


def has_button(window: Window, name: str) -> bool:
    return bool(window.evaluate(f"(name) => !!({BUTTON})(name)", name))


@pytest.fixture
def visitor(chromium: Browser, integrator: str) -> Iterator[Page]:
    context = flow.visitor_context(chromium)
    page = context.new_page()
    page.goto(f"{integrator}/visitor?id=watched-by-webkit")
    yield page
    context.close()


def test_a1_a2_the_agent_sees_and_helps(server: Server, visitor: Page, window: Window) -> None:
    window.goto(flow.watch_url(server, flow.short_id(visitor)))
    flow.press_card(visitor, "Allow")
    flow.until_same(visitor, window.page)
    visitor.fill("[name=message]", "What does the agent see?")
    visitor.click("[data-add=press]")
    flow.until_same(visitor, window.page)
    flow.until(lambda: has_button(window, "Take control"), what="the button that takes control")
    window.evaluate(f"(name) => ({BUTTON})(name).click()", "Take control")
    flow.until(lambda: has_button(window, "Release control"), what="control")
    visitor.evaluate("() => scrollTo(0, 0)")
    flow.bring_into_view(visitor, window.page, "#search")

    # WebKit's driver does not wait for a picture that still moves, nor with keys for the focus that its mouse moves.
    def is_in_field() -> bool:
        window.mouse.click(*flow.place(window.page, "#search"))
        return bool(visitor.evaluate("() => document.activeElement.id === 'search'"))

    flow.until(is_in_field, what="the field to be the visitor's focus", page=visitor)
    window.type("kettle")
    flow.until_value(visitor, "#search", "kettle")
    flow.until_same(visitor, window.page)


def test_a1_an_agent_who_loads_the_page_again_sees_it_again(server: Server, visitor: Page, window: Window) -> None:
    window.goto(flow.watch_url(server, flow.short_id(visitor)))
    flow.press_card(visitor, "Allow")
    flow.until_same(visitor, window.page)
    window.driver.refresh()
    flow.until_same(visitor, window.page)
