"""An agent's hands in real pages: pointer, keys and forms do what the visitor's own would. (Issue A, 4.)"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from e2e import flow
from e2e.pages.conftest import Open

pytestmark = pytest.mark.journey


def controlled(open_page: Open, path: str) -> tuple[Page, Page]:
    visitor, agent = open_page(path)
    flow.take_control(agent)
    return visitor, agent


def test_agent_types_ticks_and_double_clicks_in_a_todo_list(open_page: Open) -> None:
    visitor, agent = controlled(open_page, "mithril/examples/todomvc/index.html")
    flow.click(visitor, agent, "#new-todo")
    agent.keyboard.type("Rinse the filter")
    agent.keyboard.press("Enter")
    visitor.wait_for_selector("#todo-list li")
    flow.until_same(visitor, agent)
    flow.click(visitor, agent, "#todo-list li label", count=2, fx=0.2)
    visitor.wait_for_selector("#todo-list li.editing")
    agent.keyboard.press("End")
    agent.keyboard.type(" twice")
    agent.keyboard.press("Enter")
    visitor.locator("#todo-list li label", has_text="Rinse the filter twice").wait_for()
    flow.until_same(visitor, agent)
    flow.click(visitor, agent, "#todo-list li .toggle")
    visitor.wait_for_selector("#todo-list li.completed")
    flow.until_same(visitor, agent)


def test_agent_writes_into_a_rich_text_editor(open_page: Open) -> None:
    visitor, agent = controlled(open_page, "medium-editor/demo/index.html")
    flow.click(visitor, agent, "[contenteditable=true] p", fx=0.4, fy=0.15)
    agent.keyboard.press("Control+a")
    agent.keyboard.type("Written by the agent")
    agent.keyboard.press("Enter")
    agent.keyboard.type("in two lines")
    visitor.wait_for_function(
        "() => /^Written by the agent\\s+in two lines$/.test("
        "document.querySelector('[contenteditable=true]').innerText.trim())"
    )
    flow.until_same(visitor, agent)


def test_agent_sorts_filters_and_selects_in_a_grid(open_page: Open) -> None:
    visitor, agent = controlled(open_page, "jsgrid/demos/basic.html")
    first = visitor.locator(".jsgrid-grid-body td").first
    before = first.inner_text()
    flow.click(visitor, agent, ".jsgrid-header-row th")
    flow.until(lambda: first.inner_text() != before, what="sorted rows", page=visitor)
    flow.click(visitor, agent, ".jsgrid-filter-row select")
    agent.get_by_role("option", name="Canada").click()
    until_selected(visitor, ".jsgrid-filter-row select", "2")
    flow.click(visitor, agent, ".jsgrid-search-button")
    flow.until(
        lambda: set(visitor.locator(".jsgrid-grid-body tr td:nth-child(4)").all_inner_texts()) == {"Canada"},
        what="only rows of Canada",
        page=visitor,
    )
    flow.until_same(visitor, agent)


def test_agents_text_stays_in_react_controlled_fields(open_page: Open) -> None:
    visitor, agent = controlled(open_page, "swagger-ui-dist/index.html")
    flow.click(visitor, agent, "#operations-default-tides .opblock-summary-control", fx=0.3)
    visitor.wait_for_selector("#operations-default-tides .try-out__btn")
    flow.until_same(visitor, agent)
    flow.click(visitor, agent, "#operations-default-tides .try-out__btn")
    visitor.wait_for_selector("[placeholder=place]:not([disabled])")
    flow.until_same(visitor, agent)
    flow.click(visitor, agent, "[placeholder=place]")
    agent.keyboard.type("Whitby")
    flow.until_value(visitor, "[placeholder=place]", "Whitby")
    agent.keyboard.press("Tab")
    visitor.wait_for_function("() => document.activeElement?.tagName === 'SELECT'")
    # React has the value too: what it sends carries it.
    visitor.get_by_text("Execute", exact=True).first.click()
    visitor.get_by_text(re.compile(r"place=Whitby")).first.wait_for()
    flow.until_same(visitor, agent)


def test_agent_uses_arrows_enter_and_ctrl_a_in_widgets(open_page: Open) -> None:
    visitor, agent = controlled(open_page, "jquery-ui-dist/index.html")
    flow.click(visitor, agent, "#autocomplete")
    agent.keyboard.type("a")
    visitor.wait_for_selector(".ui-autocomplete .ui-menu-item")
    agent.keyboard.press("ArrowDown")
    agent.keyboard.press("Enter")
    visitor.wait_for_function("() => document.querySelector('#autocomplete').value.length > 1")
    agent.keyboard.press("Control+a")
    agent.keyboard.type("scala")
    flow.until_value(visitor, "#autocomplete", "scala")
    flow.until_same(visitor, agent)


def test_agent_scrolls_and_follows_a_link_in_documentation(open_page: Open) -> None:
    visitor, agent = controlled(open_page, "mako/syntax.html")
    agent.mouse.move(*flow.place(agent, "body", 0.6, 0.02))
    agent.mouse.wheel(0, 600)
    visitor.wait_for_function("() => scrollY >= 300")
    visitor.evaluate("() => { document.querySelector('a[href^=\"defs.html\"]').id = 'to-defs'; }")
    flow.until_same(visitor, agent)
    flow.click(visitor, agent, "#to-defs")
    visitor.wait_for_url(re.compile("defs.html"))
    flow.until_same(visitor, agent)


def test_x4_visitors_own_typing_wins(open_page: Open) -> None:
    visitor, agent = controlled(open_page, "mithril/examples/todomvc/index.html")
    flow.click(visitor, agent, "#new-todo")
    visitor.wait_for_function("() => document.activeElement.id === 'new-todo'")
    for letter in "mine":
        visitor.keyboard.press(letter)
        agent.keyboard.press("X")
    agent.get_by_text(re.compile("is using the page")).first.wait_for()
    assert flow.value_of(visitor, "#new-todo") == "mine"
    flow.until_same(visitor, agent)


def until_selected(visitor: Page, selector: str, value: str) -> None:
    visitor.wait_for_function(
        "([s, v]) => document.querySelector(s).value === v", arg=[selector, value], timeout=flow.WAIT_S * 1000
    )
