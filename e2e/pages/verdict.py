"""Whether a real page was the same for visitor and agent, when all was done."""

from __future__ import annotations

from playwright.sync_api import Page

from e2e import flow
from e2e.pages import picture

MAX_DIFFERENCE = 0.005
# The visitor's own input goes before the agent's for 0.8 s (X4).
VISITOR_FIRST_MS = 800


def hands_off(visitor: Page) -> None:
    """Let the visitor's hands rest until the agent's are taken."""
    visitor.evaluate("(ms) => new Promise((done) => setTimeout(done, ms))", VISITOR_FIRST_MS)


def same(visitor: Page, agent: Page, errors: list[str], name: str) -> None:
    """Trees are equal, at most 0.5 % of the pixels differ, and neither console shows an error."""
    visitor.mouse.move(0, 0)  # what comes under a resting pointer is shown as pointed at when the next frame is painted
    flow.until_same(visitor, agent)
    part = picture.difference(visitor, agent, name)
    print(f"{name}: {part:.3%} of the pixels differ")
    assert part <= MAX_DIFFERENCE
    assert not errors
