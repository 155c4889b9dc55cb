"""Real pages after scripted use: equal trees, and less than 1 % of the pixels differ. (Issue A, 3; F8.)"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from e2e import flow
from e2e.pages import picture
from e2e.pages.conftest import Open

pytestmark = pytest.mark.journey
MAX_DIFFERENCE = 0.01


def read_documentation(page: Page) -> None:
    """A Sphinx site: search, follow a link, scroll."""
    page.fill("input[name=q]", "inheritance")
    page.get_by_role("link", name="Defs and Blocks").first.click()
    page.wait_for_load_state()
    page.mouse.wheel(0, 900)
    page.wait_for_function("() => scrollY > 0")


def keep_todos(page: Page) -> None:
    """A TodoMVC: add, tick, edit, filter."""
    for text in ("Buy beans", "Grind", "Pour slowly"):
        page.fill("#new-todo", text)
        page.press("#new-todo", "Enter")
    page.locator("#todo-list li .toggle").nth(1).check()
    page.locator("#todo-list li label").first.dblclick()
    page.keyboard.press("End")
    page.keyboard.type(" today")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Active").click()


def write(page: Page) -> None:
    """An editor: type, select, make bold, break lines."""
    editor = page.locator("[contenteditable=true]").first
    editor.click()
    page.keyboard.press("Control+Home")
    page.keyboard.type("A new beginning. ")
    page.keyboard.press("Shift+Home")
    page.locator(".medium-editor-action-bold").first.click()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.keyboard.type("And a second line")


def work_in_grid(page: Page) -> None:
    """A data grid: sort, filter, open a row for editing, change it, next page."""
    page.get_by_text("Name", exact=True).first.click()
    page.locator(".jsgrid-filter-row select").select_option(label="Canada")
    page.locator(".jsgrid-search-button").click()
    page.locator(".jsgrid-grid-body tr").first.click()
    page.locator(".jsgrid-edit-row input[type=text]").first.fill("Changed by hand")
    page.locator(".jsgrid-update-button").click()
    page.locator(".jsgrid-grid-body").get_by_text("Changed by hand").wait_for()


def try_an_api(page: Page) -> None:
    """A React app: open two operations, fill in controlled fields."""
    for name in ("boats", "tides"):
        page.locator(f"#operations-default-{name} .opblock-summary-control").click()
    page.locator("#operations-default-tides").get_by_text("Try it out").click()
    page.get_by_placeholder("place").first.fill("Whitby")
    page.locator("#operations-default-tides select").first.select_option("low")


def use_widgets(page: Page) -> None:
    """Widgets: accordion, autocomplete, tabs, slider, date picker."""
    page.get_by_role("tab", name="Second").first.click()
    page.locator("#autocomplete").press_sequentially("a")
    page.locator(".ui-autocomplete .ui-menu-item").nth(2).click()
    page.locator("#slider .ui-slider-handle").first.press("ArrowRight")
    page.locator("#tabs").get_by_role("tab").nth(1).click()
    page.wait_for_function("() => !document.querySelector('.ui-accordion-content[style*=overflow]')")


@pytest.mark.parametrize(
    ("path", "use"),
    [
        pytest.param("mako/syntax.html", read_documentation, id="documentation"),
        pytest.param("mithril/examples/todomvc/index.html", keep_todos, id="todomvc"),
        pytest.param("medium-editor/demo/index.html", write, id="editor"),
        pytest.param("jsgrid/demos/basic.html", work_in_grid, id="data-grid"),
        pytest.param("swagger-ui-dist/index.html", try_an_api, id="react-app"),
        pytest.param("jquery-ui-dist/index.html", use_widgets, id="widgets"),
    ],
)
def test_f8_a_real_page_is_the_same_on_both_sides(
    request: pytest.FixtureRequest, open_page: Open, path: str, use: Callable[[Page], None]
) -> None:
    visitor, agent = open_page(path)
    use(visitor)
    flow.until_same(visitor, agent)
    part = picture.difference(visitor, agent, request.node.callspec.id)
    print(f"{request.node.callspec.id}: {part:.3%} of the pixels differ")
    assert part < MAX_DIFFERENCE
