"""A whole session with the keyboard alone, the visitor's side and the agent's. (Issue E, acceptance 7; A2.)"""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from e2e import flow
from e2e.flow import Server

pytestmark = pytest.mark.journey
FOCUSED = """() => (window.__roots ?? []).map((root) => root.activeElement?.textContent.trim()).find(Boolean) ?? null"""
NAME = "() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent"


def answer(visitor: Page, button: str) -> None:
    """Come to a button of the card by Tab, and press it."""
    flow.until(lambda: button in flow.card_words(visitor), what=f"a card with {button}", page=visitor)
    for _ in range(60):
        if visitor.evaluate(FOCUSED) == button:
            break
        visitor.keyboard.press("Tab")
    assert visitor.evaluate(FOCUSED) == button
    visitor.keyboard.press("Enter")


def walk_to(agent: Page, name: str, key: str = "Tab") -> None:
    """Go on until the focus is on what has that name."""
    seen: list[str] = []
    while not seen or not seen[-1].startswith(name):
        assert len(seen) < 40, f"{name} was not reached: {seen}"
        agent.keyboard.press(key)
        seen.append(agent.evaluate(NAME))


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


def test_a2_s8_a_whole_session_by_keyboard(server: Server, chromium: Browser, integrator: str) -> None:
    context = flow.visitor_context(chromium)
    visitor = context.new_page()
    visitor.goto(f"{integrator}/visitor?id=keys")
    visitor.wait_for_function("() => window.Upscope && !window.Upscope.q")
    agent = flow.watch(chromium, flow.watch_url(server, flow.short_id(visitor)))
    answer(visitor, "Allow")
    flow.until_same(visitor, agent)

    use_tools(agent)

    # Control: asked for by its key; what is typed goes to the visitor until Esc.
    agent.keyboard.press("c")
    agent.get_by_role("application").wait_for()
    in_page = "!!document.activeElement.closest('[role=application]')"
    flow.until(lambda: agent.evaluate(in_page), what="the focus", page=agent)
    for _ in range(30):
        agent.keyboard.press("Tab")
        if flow.until(lambda: visitor.evaluate("document.activeElement.id || 'none'"), what="focus") == "search":
            break
    agent.keyboard.type("tide")
    flow.until_value(visitor, "#search", "tide")
    agent.keyboard.press("Escape")
    agent.get_by_role("button", name="Take control").wait_for()

    # The end: asked by its keys, confirmed by Enter.
    agent.keyboard.press("Control+Shift+E")
    expect(agent.get_by_role("button", name="Keep going")).to_be_focused()
    walk_to(agent, "End session")
    agent.keyboard.press("Enter")
    expect(agent.get_by_role("heading", name="You ended the session")).to_be_visible()
    answer(visitor, "OK")
    agent.context.close()
    context.close()
