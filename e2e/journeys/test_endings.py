"""Every way a session ends tells both sides the right words and leaves the page usable. (Issue A, 7; S10.)"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from e2e import flow
from e2e.flow import Server

pytestmark = pytest.mark.journey


@pytest.fixture
def visitor(chromium: Browser, integrator: str) -> Iterator[Page]:
    context = flow.visitor_context(chromium)
    page = context.new_page()
    page.goto(f"{integrator}/visitor?id=ending")
    page.fill("#search", "kettle")
    yield page
    context.close()


def still_usable(visitor: Page) -> None:
    assert flow.value_of(visitor, "#search") == "kettle"
    visitor.click("[data-add=kettle]")
    visitor.wait_for_function("() => document.querySelector('#cart-count').textContent === '1'")


def ended_with(server: Server, short_id: str, reason: str) -> None:
    def last() -> bool:
        sessions = server.rest("GET", f"visitors/{short_id}")[1]["visitor"]["sessions"]
        return bool(sessions and sessions[0]["end_reason"] == reason)

    flow.until(last, what=f"end reason {reason}")


def test_s8_refused_consent_is_told_to_the_agent(server: Server, chromium: Browser, visitor: Page) -> None:
    short_id = flow.short_id(visitor)
    agent = flow.watch(chromium, flow.watch_url(server, short_id))
    flow.press_card(visitor, "Deny")
    agent.get_by_text(re.compile("did not allow")).first.wait_for()
    ended_with(server, short_id, "rejected")
    still_usable(visitor)


def test_s10_visitor_stops(server: Server, chromium: Browser, visitor: Page) -> None:
    short_id = flow.short_id(visitor)
    agent = flow.begin(server, chromium, visitor)
    flow.press_card(visitor, "End session")
    agent.get_by_text(re.compile("ended the session")).first.wait_for()
    ended_with(server, short_id, "visitor_stopped")
    still_usable(visitor)


def test_s10_agent_ends(server: Server, chromium: Browser, visitor: Page) -> None:
    short_id = flow.short_id(visitor)
    agent = flow.begin(server, chromium, visitor)
    agent.get_by_role("button", name=re.compile("^End")).first.click()
    agent.get_by_role("button", name=re.compile("^End")).last.click()
    flow.until(lambda: "ended" in flow.card_words(visitor).lower(), what="words at the visitor", page=visitor)
    ended_with(server, short_id, "agent_stopped")
    still_usable(visitor)


def test_r16_rest_ends_the_session(server: Server, chromium: Browser, visitor: Page) -> None:
    short_id = flow.short_id(visitor)
    agent = flow.begin(server, chromium, visitor)
    assert server.rest("DELETE", f"visitors/{short_id}/session") == (200, "ok")
    agent.get_by_text(re.compile("ended")).first.wait_for()
    flow.until(lambda: "ended" in flow.card_words(visitor).lower(), what="words at the visitor", page=visitor)
    assert server.rest("DELETE", f"visitors/{short_id}/session") == (200, "ok")
    still_usable(visitor)


def test_x6_closed_tab_is_announced_and_comes_back(
    server: Server, chromium: Browser, visitor: Page, integrator: str
) -> None:
    agent = flow.begin(server, chromium, visitor)
    visitor.close()
    agent.get_by_text(re.compile("closed|away", re.IGNORECASE)).first.wait_for()
    again = visitor.context.new_page()
    again.goto(f"{integrator}/visitor?id=ending")
    flow.until_same(again, agent)
