"""TodoMVC, the same application in many frameworks: add, tick, edit, filter."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

from e2e import flow
from e2e.pages.stories.story import Story

ITEM = "#todo-list li"


def keep_todos(page: Page) -> None:
    for text in ("Buy beans", "Grind", "Pour slowly"):
        page.fill("#new-todo", text)
        page.press("#new-todo", "Enter")
        page.locator(ITEM, has_text=text).wait_for()
    page.locator(f"{ITEM} .toggle").nth(1).check()
    double_click(page, page.locator(f"{ITEM} label").first)
    page.keyboard.press("End")
    page.keyboard.type(" today")
    page.keyboard.press("Enter")
    page.locator(f"{ITEM} label", has_text="today").wait_for()
    page.get_by_role("link", name="Active").click()
    page.locator(ITEM, has_text="Grind").wait_for(state="hidden")
    page.get_by_role("link", name="All").click()
    page.locator(ITEM, has_text="Grind").wait_for()


def add_and_change(visitor: Page, agent: Page) -> None:
    flow.click(visitor, agent, "#new-todo")
    agent.keyboard.type("Rinse the filter")
    agent.keyboard.press("Enter")
    visitor.locator(f"{ITEM} label", has_text="Rinse the filter").wait_for()
    flow.until_same(visitor, agent)
    last = f"{ITEM}:last-of-type"
    if makes_double_clicks(agent):
        edit(visitor, agent, last)
    flow.click(visitor, agent, f"{last} .toggle")
    visitor.wait_for_selector(f"{last}.completed")


def edit(visitor: Page, agent: Page, last: str) -> None:
    flow.click(visitor, agent, f"{last} label", count=2, fx=0.2)
    visitor.wait_for_selector(f"{last}.editing")
    flow.until_same(visitor, agent)
    agent.keyboard.press("End")
    agent.keyboard.type(" twice")
    agent.keyboard.press("Enter")
    visitor.locator(f"{ITEM} label", has_text="Rinse the filter twice").wait_for()
    flow.until_same(visitor, agent)


def double_click(page: Page, item: Locator) -> None:
    if makes_double_clicks(page):
        item.dblclick()
        page.locator(f"{ITEM} .edit:focus").wait_for()  # in Firefox nothing matches :focus in a window behind
    else:
        item.dispatch_event("dblclick")


def makes_double_clicks(page: Page) -> bool:
    """Firefox makes none of two clicks that its driver tells it of."""
    browser = page.context.browser
    return browser is not None and browser.browser_type.name != "firefox"


def todos(framework: str, folder: str, own_error: str = "\0") -> Story:
    return Story(f"todomvc-{framework}", f"{folder}/index.html", keep_todos, add_and_change, own_error=own_error)


STORIES = [
    todos("mithril", "mithril/examples/todomvc"),
    *(todos(name, f"todomvc/examples/{name}") for name in ("react", "vue", "backbone", "emberjs")),
    # It asks whether there is a server that keeps its items, and keeps them itself when the answer is 404.
    todos("angularjs", "todomvc/examples/angularjs", own_error="/api"),
]
