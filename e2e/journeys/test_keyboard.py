"""The whole flow with the keyboard alone, the visitor's side and the agent's. (Issue E, acceptance 7; A2.)"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from e2e import flow
from e2e.conftest import shop
from e2e.flow import Server
from e2e.journeys.test_console import PASSWORD, first_link, joined

pytestmark = pytest.mark.journey
FOCUSED = """() => (window.__roots ?? []).map((root) => root.activeElement?.textContent.trim()).find(Boolean) ?? null"""
NAME = """() => {
  const focused = document.activeElement;
  return (focused.ariaLabel ?? focused.labels?.[0]?.textContent ?? focused.textContent).trim();
}"""

PLACE = "() => [...document.querySelectorAll('*')].indexOf(document.activeElement)"


def turn_to(page: Page) -> None:
    """Of the windows that a test has open, Firefox shows the focus in the one that is in front."""
    if not page.evaluate("document.hasFocus()"):
        page.bring_to_front()


def answer(visitor: Page, button: str) -> None:
    """Come to a button of the card by Tab, and press it."""
    flow.until(lambda: button in flow.card_words(visitor), what=f"a card with {button}", page=visitor)
    turn_to(visitor)
    for _ in range(60):
        if visitor.evaluate(FOCUSED) == button:
            break
        visitor.keyboard.press("Tab")
    assert visitor.evaluate(FOCUSED) == button
    visitor.keyboard.press("Enter")


def walk_to(page: Page, name: str, key: str = "Tab") -> None:
    """Go on until the focus is on what has that name, and see that it is shown.

    Not over the end of the page: there Firefox goes on with its own buttons, and does not come back here.
    """
    seen: list[str] = []
    while not seen or not seen[-1].startswith(name):
        assert len(seen) < 60, f"{name} was not reached: {seen}"
        turn_to(page)
        page.keyboard.press(key)
        seen.append(page.evaluate(NAME))
    assert page.evaluate("document.activeElement.matches(':focus-visible')"), f"the focus on {name} is shown"


def use_tools(agent: Page) -> None:
    """By Tab into the pill, by arrows within it, and by their keys."""
    walk_to(agent, "Look")
    walk_to(agent, "Laser pointer", "ArrowRight")
    agent.keyboard.press("Enter")
    expect(agent.get_by_role("button", name="Laser pointer")).to_have_attribute("aria-pressed", "true")
    agent.keyboard.press("r")
    expect(agent.get_by_role("button", name="Rectangle", exact=True)).to_have_attribute("aria-pressed", "true")
    agent.keyboard.press("?")
    expect(agent.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    agent.keyboard.press("Escape")
    expect(agent.get_by_role("dialog")).to_have_count(0)


def type_for(agent: Page, visitor: Page) -> None:
    """Ask for control by its key; what is typed goes to the visitor until Esc."""
    turn_to(agent)
    agent.keyboard.press("c")
    agent.get_by_role("application").wait_for()
    in_page = "!!document.activeElement.closest('[role=application]')"
    flow.until(lambda: agent.evaluate(in_page), what="the focus", page=agent)
    at = ""
    while at != "search":
        before = visitor.evaluate(PLACE)
        agent.keyboard.press("Tab")
        flow.until(lambda before=before: visitor.evaluate(PLACE) != before, what="the focus moved", page=agent)  # type: ignore[misc]
        at = visitor.evaluate("document.activeElement.id")
    agent.keyboard.type("tide")
    flow.until_value(visitor, "#search", "tide")
    agent.keyboard.press("Escape")
    agent.get_by_role("button", name="Take control").wait_for()


def end(agent: Page) -> None:
    """Asked by its keys, confirmed by Enter."""
    agent.keyboard.press("Control+Shift+E")
    expect(agent.get_by_role("button", name="Keep going")).to_be_focused()
    walk_to(agent, "End session")
    agent.keyboard.press("Enter")
    expect(agent.get_by_role("heading", name="You ended the session")).to_be_visible()


def test_a2_s8_a_whole_session_by_keyboard(server: Server, chromium: Browser, integrator: str) -> None:
    context = flow.visitor_context(chromium)
    visitor = context.new_page()
    visitor.goto(f"{integrator}/visitor?id=keys")
    visitor.wait_for_function("() => window.Upscope && !window.Upscope.q")
    agent = flow.watch(chromium, flow.watch_url(server, flow.short_id(visitor)))
    answer(visitor, "Allow")
    flow.until_same(visitor, agent)
    use_tools(agent)
    type_for(agent, visitor)
    end(agent)
    answer(visitor, "OK")
    agent.context.close()
    context.close()


def log_in(console: Page) -> None:
    """Come to the form by Tab, and send it by Enter."""
    expect(console.get_by_label("E-mail address")).to_be_visible()
    walk_to(console, "E-mail address")
    console.keyboard.type("zoe@example.com")
    walk_to(console, "Password")
    console.keyboard.type(PASSWORD)
    console.keyboard.press("Enter")
    expect(console.get_by_role("heading", name="Visitors")).to_be_visible()


def start_session(console: Page) -> Page:
    """Search, choose, start, as fast as keys can be pressed; gives the watch page in its own tab."""
    expect(console.get_by_role("row", name="Ada Lind")).to_be_visible()
    console.keyboard.press("/")
    console.keyboard.type("ada")
    console.keyboard.press("ArrowDown")
    with console.context.expect_page() as opened:
        console.keyboard.press("Shift+Enter")
    return opened.value


def write_it_down(console: Page) -> None:
    """Back in the console: to the list of sessions, into the newest, and a note about it."""
    console.bring_to_front()
    walk_to(console, "Sessions", "Shift+Tab")
    console.keyboard.press("Enter")
    expect(console.get_by_role("heading", name="Sessions")).to_be_visible()
    first = console.get_by_role("table").get_by_role("link").first
    walk_to(console, first.inner_text().strip())
    console.keyboard.press("Enter")
    expect(console.get_by_label("Write a note")).to_be_visible()
    walk_to(console, "Write a note")
    console.keyboard.type("The card works again.")
    console.keyboard.press("Control+Enter")
    expect(console.get_by_role("listitem").filter(has_text="The card works again.")).to_be_visible()


def test_a_members_whole_work_and_the_visitors_by_keyboard(house: Server, browser: Browser, tmp_path: Path) -> None:
    with shop(house, house.url, tmp_path / "shop") as address:
        visitor = flow.visitor_context(browser).new_page()
        visitor.goto(f"{address}/visitor?id=keys&name=Ada%20Lind")
        flow.short_id(visitor)
        console = joined(browser, first_link(house), "Zoë", "zoe@example.com")
        walk_to(console, "Log out")
        console.keyboard.press("Enter")
        log_in(console)
        agent = start_session(console)
        answer(visitor, "Allow")
        flow.until_same(visitor, agent)
        use_tools(agent)
        type_for(agent, visitor)
        end(agent)
        answer(visitor, "OK")
        write_it_down(console)
        walk_to(console, "Log out", "Shift+Tab")
        console.keyboard.press("Enter")
        expect(console.get_by_role("heading", name="Log in")).to_be_visible()
        for page in (visitor, console):
            page.context.close()
