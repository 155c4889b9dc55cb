"""An integrator's page drives a session by messages alone. (Issue E, acceptance 5; A4, R17.)"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Playwright

from e2e import flow
from e2e.conftest import open_firefox
from e2e.embedder import Embedder, ask, ask_as_stranger, state, told, until_told, viewer
from e2e.flow import Server
from e2e.ink import AT_VISITOR, until_drawn

pytestmark = pytest.mark.journey
SCROLLED = "() => Math.round(scrollY)"


@pytest.fixture(scope="module")
def firefox(playwright: Playwright) -> Iterator[Browser]:
    """Its driver's mouse reaches frames of another origin."""
    browser = open_firefox(playwright, **{"remote.events.async.mouse.enabled": True})
    yield browser
    browser.close()


@pytest.fixture
def visitor(browser: Browser, integrator: str) -> Iterator[Page]:
    context = flow.visitor_context(browser)
    page = context.new_page()
    page.goto(f"{integrator}/visitor?id=embedded")
    yield page
    context.close()


@pytest.fixture
def desk(browser: Browser, server: Server, visitor: Page, embedder: Embedder) -> Iterator[Page]:
    """The integrator's page with the viewer in it, page only, once the visitor has allowed it."""
    body = {"viewer": {"id": "7", "name": "Zoë"}, "branding": {"naked": "page_only"}}
    status, answer = server.rest("POST", f"visitors/{flow.short_id(visitor)}/viewer_token", body)
    assert status == 200, answer
    context = browser.new_context(viewport={"width": 1000, "height": 800})
    page = context.new_page()
    embedder.embed(page, f"{answer['endpoint']}/watch/{answer['token']}")
    until_told(page, "sessionStatusUpdate", sessionStatus="pendingRequest")
    flow.press_card(visitor, "Allow")
    until_told(page, "sessionStatusUpdate", sessionStatus="viewerReady")
    yield page
    context.close()


def test_a4_r17_a_session_is_driven_by_messages_alone(desk: Page, visitor: Page, integrator: str) -> None:
    ask(desk, "requestControl")
    flow.until(lambda: state(desk)["hasControl"], what="control", page=desk)
    ask(desk, "scrollTo", x=0, y=200)
    flow.until(lambda: visitor.evaluate(SCROLLED) == 200, what="the visitor's page scrolled", page=visitor)

    ask(desk, "redirect", url=f"{integrator}/visitor/cart?id=embedded")
    visitor.wait_for_url("**/visitor/cart*")
    flow.until(lambda: "cart" in state(desk)["page"]["url"], what="the new address told", page=desk)
    ask(desk, "goBack")
    visitor.wait_for_url("**/visitor?id=embedded")
    flow.until(lambda: "cart" not in state(desk)["page"]["url"], what="the old address told again", page=desk)
    ask(desk, "goForward")
    visitor.wait_for_url("**/visitor/cart*")
    flow.until(lambda: "cart" in state(desk)["page"]["url"], what="the new address told", page=desk)

    ask(desk, "releaseControl")
    flow.until(lambda: not state(desk)["hasControl"], what="control given back", page=desk)
    ask(desk, "scrollTo", x=0, y=0)
    assert until_told(desk, "error", code="no_control")["message"]

    ask(desk, "terminateSession")
    assert until_told(desk, "sessionEnded")["reason"] == "agent_stopped"
    assert flow.card_words(visitor)


def test_a4_drawings_colours_and_messages_go_both_ways(desk: Page, visitor: Page) -> None:
    visitor.evaluate("() => void Upscope('on', 'customMessage', (message) => { window.heard = message; })")
    ask(desk, "customMessage", message={"text": "Good morning"})
    visitor.wait_for_function("() => window.heard?.text === 'Good morning'")
    visitor.evaluate("Upscope('customMessage', { text: 'Good evening' })")
    until_told(desk, "customMessage", message={"text": "Good evening"})

    ask(desk, "setColor", color="#be185d")
    until_told(desk, "currentColor", color="#be185d")
    ask(desk, "setTool", tool="rectangle")
    viewer(desk).locator(".surface[data-tool=rectangle]").wait_for()
    desk.mouse.move(300, 300)
    desk.mouse.down()
    desk.mouse.move(500, 400, steps=5)
    desk.mouse.up()
    until_drawn(visitor, AT_VISITOR, 1)
    assert visitor.evaluate(AT_VISITOR)[0]["color"] == "#be185d"
    ask(desk, "clearDrawings")
    until_drawn(visitor, AT_VISITOR, 0)


def test_a4_a_foreign_origins_messages_are_ignored(desk: Page, embedder: Embedder) -> None:
    ask_as_stranger(embedder, desk, "terminateSession")
    ask(desk, "requestControl")
    flow.until(lambda: state(desk)["hasControl"], what="control", page=desk)
    assert told(desk, "sessionEnded") == []
    assert told(desk, "error") == []
