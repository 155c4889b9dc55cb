"""Galleries of components, and applications that are made of them."""

from __future__ import annotations

import re

from playwright.sync_api import Page

from e2e import flow
from e2e.pages.stories.story import Story

TIDES = "#operations-default-tides"


def try_an_api(page: Page) -> None:
    """Swagger UI in React: open two operations, fill in controlled fields."""
    for name in ("boats", "tides"):
        page.locator(f"#operations-default-{name} .opblock-summary-control").click()
    page.locator(TIDES).get_by_text("Try it out").click()
    page.get_by_placeholder("place").first.fill("Whit")
    page.locator(f"{TIDES} select").first.select_option("low")


def type_into_an_api(visitor: Page, agent: Page) -> None:
    place = f"{TIDES} [placeholder=place]"
    flow.click(visitor, agent, place)
    agent.keyboard.press("End")
    agent.keyboard.type("by")
    flow.until_value(visitor, place, "Whitby")
    agent.keyboard.press("Tab")
    visitor.wait_for_function("() => document.activeElement?.tagName === 'SELECT'")
    # React has the value too: what it sends carries it.
    visitor.get_by_text("Execute", exact=True).first.click()
    visitor.get_by_text(re.compile(r"place=Whitby")).first.wait_for()
    visitor.locator(".loading-container").wait_for(state="detached")


def use_widgets(page: Page) -> None:
    """jQuery UI: accordion, autocomplete, tabs, slider."""
    page.get_by_role("tab", name="Second").first.click()
    page.locator("#autocomplete").press_sequentially("a")
    page.locator(".ui-autocomplete .ui-menu-item").nth(2).click()
    page.locator("#slider .ui-slider-handle").first.press("ArrowRight")
    page.locator("#tabs").get_by_role("tab").nth(1).click()
    page.wait_for_function("() => !document.querySelector('.ui-accordion-content[style*=overflow]')")


def choose_by_keys(visitor: Page, agent: Page) -> None:
    flow.click(visitor, agent, "#autocomplete")
    agent.keyboard.press("Control+a")
    agent.keyboard.type("a")
    visitor.wait_for_selector(".ui-autocomplete .ui-menu-item")
    agent.keyboard.press("ArrowDown")
    agent.keyboard.press("Enter")
    visitor.wait_for_function("() => document.querySelector('#autocomplete').value.length > 1")
    agent.keyboard.press("Control+a")
    agent.keyboard.type("scala")
    flow.until_value(visitor, "#autocomplete", "scala")
    agent.keyboard.press("Tab")
    visitor.wait_for_function("() => !document.querySelector('.ui-autocomplete').offsetParent")


def use_components(page: Page) -> None:
    """Shoelace: custom elements with shadow trees."""
    page.wait_for_function(
        "() => customElements.get('sl-dialog') && document.querySelector('sl-dialog').updateComplete"
    )
    page.locator("sl-input").locator("input").fill("Whitby")
    page.locator("sl-select").click()
    page.locator("sl-option", has_text="Low").click()
    page.locator("sl-tab", has_text="Two").click()
    page.locator("sl-details").locator("summary").click()
    page.locator("sl-button#ask").click()
    page.locator("sl-dialog sl-button", has_text="Yes").wait_for()
    page.keyboard.press("Escape")
    page.locator("sl-dialog sl-button").wait_for(state="hidden")


def switch(visitor: Page, agent: Page) -> None:
    flow.click(visitor, agent, "sl-switch", fx=0.02)
    visitor.wait_for_function("() => document.querySelector('sl-switch').checked")
    flow.until_same(visitor, agent)
    flow.click(visitor, agent, "sl-rating", fx=0.7)
    visitor.wait_for_function("() => document.querySelector('sl-rating').value === 4")


def show_modals(page: Page) -> None:
    """UIkit: a modal dialog, opened and closed."""
    page.locator("[href='#modal-sections']").click()
    page.locator("#modal-sections.uk-open").wait_for()
    page.locator("#modal-sections .uk-modal-close").first.click()
    page.wait_for_function("() => !document.querySelector('.uk-modal.uk-open, .uk-modal.uk-togglabe-leave')")


def show_another_modal(visitor: Page, agent: Page) -> None:
    flow.click(visitor, agent, "p[uk-margin] a")
    visitor.wait_for_selector("#modal.uk-open")
    flow.until_same(visitor, agent)


def move_cards(page: Page) -> None:
    """Gentelella: a board in a dashboard; drag a card, open a menu."""
    page.locator("[data-id='1']").drag_to(page.locator("[data-drop]:not([data-drop=todo]) .kanban-card").first)
    page.locator("[data-drop]:not([data-drop=todo]) [data-id='1']").wait_for()


def look_for_a_page(visitor: Page, agent: Page) -> None:
    flow.click(visitor, agent, ".search-box input")
    visitor.wait_for_function("() => document.activeElement?.matches('input:not(.search-box input)')")
    flow.until_same(visitor, agent)
    agent.keyboard.type("inv")
    visitor.wait_for_function("() => document.activeElement.value === 'inv'")


NOT_YET = frozenset({"firefox"})
STORIES = [
    Story("swagger-ui", "swagger-ui-dist/index.html", try_an_api, type_into_an_api, NOT_YET),
    Story("jquery-ui", "jquery-ui-dist/index.html", use_widgets, choose_by_keys),
    Story("shoelace", "hosts/shoelace.html", use_components, switch),
    Story("uikit", "uikit/tests/modal.html", show_modals, show_another_modal),
    Story("gentelella", "production/kanban.html", move_cards, look_for_a_page, NOT_YET),
]
