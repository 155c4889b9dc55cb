"""Documentation and slides: mostly read."""

from __future__ import annotations

import re

from playwright.sync_api import Page

from e2e import flow
from e2e.pages.stories.story import Story


def read_documentation(page: Page) -> None:
    """A Sphinx site: search, follow a link, scroll."""
    page.fill("input[name=q]", "inheritance")
    page.get_by_role("link", name="Defs and Blocks").first.click()
    page.wait_for_load_state()
    page.mouse.wheel(0, 900)
    page.wait_for_function("() => scrollY > 0")


def follow_a_link(visitor: Page, agent: Page) -> None:
    visitor.evaluate("() => scrollTo(0, 0)")
    flow.bring_into_view(visitor, agent, "h1")
    agent.mouse.move(*flow.place(agent, "body", 0.6, 0.02))
    agent.mouse.wheel(0, 600)
    visitor.wait_for_function("() => scrollY >= 300")
    visitor.evaluate("() => { document.querySelector('a[href^=\"syntax.html\"]').id = 'to-syntax'; }")
    flow.until_same(visitor, agent)
    flow.click(visitor, agent, "#to-syntax")
    visitor.wait_for_url(re.compile("syntax.html"))


def present(page: Page) -> None:
    """reveal.js: turn slides, go down a column, show fragments."""
    page.wait_for_function("() => Reveal.isReady()")
    for key in ("ArrowRight", "ArrowDown", "ArrowDown", "ArrowRight"):
        page.keyboard.press(key)
    page.wait_for_function("() => Reveal.getIndices().h === 2")


def turn_slides(visitor: Page, agent: Page) -> None:
    for h in (3, 4):
        flow.click(visitor, agent, ".navigate-right")
        visitor.wait_for_function("(h) => Reveal.getIndices().h === h", arg=h)
        flow.until_same(visitor, agent)


STORIES = [
    Story("sphinx", "mako/syntax.html", read_documentation, follow_a_link),
    Story("reveal", "reveal.js/demo.html", present, turn_slides),
]
