"""Grids and tables."""

from __future__ import annotations

from playwright.sync_api import Page

from e2e import flow
from e2e.pages.stories.story import Story


def work_in_grid(page: Page) -> None:
    """jsGrid: sort, filter, open a row for editing, change it."""
    page.get_by_text("Name", exact=True).first.click()
    page.locator(".jsgrid-filter-row select").select_option(label="Canada")
    page.locator(".jsgrid-search-button").click()
    page.locator(".jsgrid-grid-body tr").first.click()
    page.locator(".jsgrid-edit-row input[type=text]").first.fill("Changed by hand")
    page.locator(".jsgrid-update-button").click()
    page.locator(".jsgrid-grid-body").get_by_text("Changed by hand").wait_for()


def sort_and_filter(visitor: Page, agent: Page) -> None:
    first = visitor.locator(".jsgrid-grid-body td").first
    before = first.inner_text()
    flow.click(visitor, agent, ".jsgrid-header-row th")
    flow.until(lambda: first.inner_text() != before, what="sorted rows", page=visitor)
    flow.until_same(visitor, agent)
    flow.click(visitor, agent, ".jsgrid-filter-row select")
    agent.get_by_role("option", name="United Kingdom").click()
    visitor.wait_for_function("() => document.querySelector('.jsgrid-filter-row select').value === '3'")
    flow.click(visitor, agent, ".jsgrid-search-button")
    places = visitor.locator(".jsgrid-grid-body tr td:nth-child(4)")
    flow.until(lambda: set(places.all_inner_texts()) == {"United Kingdom"}, what="rows of one country", page=visitor)


def scroll_a_virtual_grid(page: Page) -> None:
    """Tabulator: sort, filter by typing, change a cell, scroll far."""
    page.locator(".tabulator-col-title", has_text="Metres").click()
    page.locator(".tabulator-col[tabulator-field=metres][aria-sort=ascending]").wait_for()
    cell = page.locator(".tabulator-cell[tabulator-field=place]").first
    cell.click()
    page.keyboard.type(" changed")
    page.keyboard.press("Enter")
    page.locator(".tabulator-cell", has_text="changed").wait_for()
    page.locator(".tabulator-tableholder").evaluate("(box) => { box.scrollTop = 4000; }")
    page.wait_for_function("() => document.querySelector('.tabulator-row').offsetTop >= 0")


def filter_by_typing(visitor: Page, agent: Page) -> None:
    flow.click(visitor, agent, ".tabulator-header-filter input")
    agent.keyboard.type("Bude 1")
    visitor.wait_for_function("() => grid.getDataCount('active') === 23")
    flow.until_same(visitor, agent)
    flow.click(visitor, agent, ".tabulator-col[tabulator-field=done] .tabulator-col-title")
    visitor.wait_for_selector(".tabulator-col[tabulator-field=done][aria-sort=ascending]")


def edit_a_spreadsheet(page: Page) -> None:
    """x-spreadsheet: a canvas with an editor over it."""
    page.mouse.click(400, 250)
    page.keyboard.type("=1+2")
    page.keyboard.press("Enter")
    page.locator(".x-spreadsheet-toolbar-btn[data-tooltip^='Font bold']").click()
    page.mouse.click(400, 350)


def type_in_a_spreadsheet(visitor: Page, agent: Page) -> None:
    flow.click(visitor, agent, ".x-spreadsheet-overlayer", fx=0.5, fy=0.6)
    agent.keyboard.type("t")
    # The page moves the focus there a while later.
    visitor.wait_for_function("() => document.activeElement.matches('.x-spreadsheet-editor textarea')")
    agent.keyboard.type("ide")
    visitor.wait_for_function("() => document.querySelector('.x-spreadsheet-editor textarea').value === 'tide'")
    flow.until_same(visitor, agent)
    agent.keyboard.press("Enter")
    visitor.wait_for_function("() => !document.querySelector('.x-spreadsheet-editor-area').offsetParent")


def search_a_table(page: Page) -> None:
    """SB Admin 2 with DataTables: search, sort, go on, fold the sidebar."""
    page.locator("#dataTable_filter input").fill("a")
    page.locator("#dataTable thead th", has_text="Salary").click()
    page.locator("#dataTable_next a").click()
    page.locator("#sidebarToggle").scroll_into_view_if_needed()
    page.locator("#sidebarToggle").click()
    page.evaluate("() => scrollTo(0, 0)")


def go_on_in_a_table(visitor: Page, agent: Page) -> None:
    flow.click(visitor, agent, "#dataTable_filter input")
    agent.keyboard.type("l")
    flow.until_value(visitor, "#dataTable_filter input", "al")
    flow.until_same(visitor, agent)
    flow.click(visitor, agent, "#dataTable_next a")
    visitor.wait_for_selector("#dataTable_paginate .paginate_button.active >> text=2")
    visitor.evaluate("() => scrollTo(0, 0)")


STORIES = [
    Story("jsgrid", "jsgrid/demos/basic.html", work_in_grid, sort_and_filter),
    Story("tabulator", "hosts/tabulator.html", scroll_a_virtual_grid, filter_by_typing),
    Story("spreadsheet", "x-data-spreadsheet/dist/index.html", edit_a_spreadsheet, type_in_a_spreadsheet),
    Story("datatables", "startbootstrap-sb-admin-2/tables.html", search_a_table, go_on_in_a_table),
]
