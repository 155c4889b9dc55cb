"""Keys in the list of visitors act on the list that answers what is typed, however fast they come. (Acceptance 7.)"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from e2e.console.desk import Desk


@pytest.fixture
def listed(desk: Desk, browser: Browser) -> Iterator[Page]:
    """The list of visitors in each of the browsers, with the search in focus."""
    desk.reset()
    context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{desk.url}/console")
    page.get_by_text("240 visitors online").wait_for()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    yield page
    desk.lets_search.set()
    context.close()


def ids_of(desk: Desk, word: str) -> list[str]:
    return [row.short_id for row in desk.rows if word in f"{row.name} {row.title} {row.short_id}".lower()]


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_arrows_right_after_the_last_letter_choose_in_the_list_of_that_word(desk: Desk, listed: Page) -> None:
    found = ids_of(desk, "zoë")
    assert len(found) > 3
    desk.lets_search.clear()
    listed.keyboard.type("zoë")
    press(listed, "ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp")
    expect(listed.locator("[aria-selected=true]")).to_have_count(0)
    desk.lets_search.set()
    expect(listed.locator("[aria-selected=true]")).to_have_id(f"visitor-{found[1]}")
    expect(listed.get_by_role("grid")).to_be_focused()
    press(listed, "ArrowDown")
    expect(listed.locator("[aria-selected=true]")).to_have_id(f"visitor-{found[2]}")


def test_enter_right_after_the_last_letter_opens_a_visitor_of_that_word(desk: Desk, listed: Page) -> None:
    found = ids_of(desk, "zoë")
    desk.lets_search.clear()
    listed.keyboard.type("zoë")
    press(listed, "ArrowDown", "Enter")
    desk.lets_search.set()
    expect(listed).to_have_url(re.compile(f"/console/visitors/{found[0]}$"))


def test_who_types_on_is_not_taken_out_of_the_search(desk: Desk, listed: Page) -> None:
    desk.lets_search.clear()
    listed.keyboard.type("zo")
    press(listed, "ArrowDown", "Enter")
    listed.keyboard.type("ë")
    desk.lets_search.set()
    expect(listed.get_by_role("status").filter(has_text=f"{len(ids_of(desk, 'zoë'))} visitors online")).to_be_visible()
    expect(listed.get_by_role("searchbox")).to_be_focused()
    expect(listed.locator("[aria-selected=true]")).to_have_count(0)


def test_where_nobody_is_found_the_search_keeps_the_focus(desk: Desk, listed: Page) -> None:
    desk.lets_search.clear()
    listed.keyboard.type("nobody of that name")
    press(listed, "ArrowDown", "Enter")
    desk.lets_search.set()
    expect(listed.get_by_text("Nobody online matches")).to_be_visible()
    expect(listed.get_by_role("searchbox")).to_be_focused()
    listed.get_by_role("searchbox").fill("")
    expect(listed.get_by_role("grid")).to_be_visible()
    expect(listed.locator("[aria-selected=true]")).to_have_count(0)


def test_among_everyone_too_arrows_choose_in_the_list_of_what_is_typed(desk: Desk, listed: Page) -> None:
    found = ids_of(desk, "zoë")
    listed.get_by_role("radio", name="Everyone").check()
    listed.get_by_role("searchbox").focus()
    listed.keyboard.type("zoë")
    press(listed, "ArrowDown", "ArrowDown")
    expect(listed.locator("[aria-selected=true]")).to_have_id(f"visitor-{found[1]}")
