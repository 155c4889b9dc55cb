"""The agent's side: sees what the visitor sees, and acts."""

from __future__ import annotations

from playwright.sync_api import Browser, Page

from e2e import flow
from e2e.apps.app import App
from e2e.apps.visitor import Visitor
from e2e.flow import STAGE, Server

STAGED = f"(selector) => {STAGE}?.contentDocument?.querySelector(selector)?.textContent ?? ''"


def be_helped(app: App, visitor: Visitor, server: Server, browser: Browser) -> None:
    """Let an agent see the visitor's page, tree for tree, and do its part there."""
    agent = flow.watch(browser, flow.watch_url(server, flow.short_id(visitor.page)))
    try:
        flow.press_card(visitor.page, "Allow")
        flow.until_same(visitor.page, agent)
        flow.take_control(agent)
        # Of one browser's windows one is in front, and Firefox tells no page behind it where the focus goes.
        visitor.page.bring_to_front()
        app.helped(visitor, agent)
    finally:
        agent.context.close()


def until_shown(agent: Page, selector: str, words: str) -> None:
    """Wait until the agent reads these words in a node."""
    flow.until(lambda: words in agent.evaluate(STAGED, selector), what=f"“{words}” in {selector}", page=agent)
