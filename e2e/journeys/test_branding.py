"""The integrator's logo on the watch page (R15): theirs, from where they named it, and nothing else from there."""

from __future__ import annotations

import base64
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from e2e import flow
from e2e.flow import Server

pytestmark = pytest.mark.journey
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
LOADS = "(url) => new Promise((done) => { const image = new Image(); image.onload = () => done(true); "
LOADS += "image.onerror = () => done(false); image.src = url; })"


@pytest.fixture
def short_id(chromium: Browser, integrator: str) -> Iterator[str]:
    context = flow.visitor_context(chromium)
    visitor = context.new_page()
    visitor.goto(f"{integrator}/visitor?id=branded")
    yield flow.short_id(visitor)
    context.close()


@pytest.fixture
def agents(browser: Browser) -> Iterator[BrowserContext]:
    """A browser in which every picture of other hosts is there."""
    context = browser.new_context(viewport={"width": 1100, "height": 900})
    context.route("**/*.png", lambda route: route.fulfill(body=PIXEL, content_type="image/png"))
    yield context
    context.close()


def watching(agents: BrowserContext, server: Server, short_id: str, logo_url: str) -> Page:
    page = agents.new_page()
    page.goto(flow.watch_url(server, short_id, branding={"logo_url": logo_url}))
    page.get_by_role("heading", name="Waiting for").wait_for()
    return page


def test_r15_the_logo_is_shown_also_after_a_reload_and_nothing_else_is_let_in(
    agents: BrowserContext, server: Server, short_id: str
) -> None:
    page = watching(agents, server, short_id, "https://crm.example/logo.png")
    for _ in range(2):
        expect(page.locator("img.logo")).to_have_js_property("naturalWidth", 1)
        assert page.evaluate(LOADS, "https://crm.example/other.png")
        assert not page.evaluate(LOADS, "https://elsewhere.example/logo.png")
        page.reload()
        page.get_by_role("heading", name="Waiting for").wait_for()


def test_r15_for_a_logo_that_is_not_on_https_the_mark_stands_in(
    agents: BrowserContext, server: Server, short_id: str
) -> None:
    page = watching(agents, server, short_id, "http://crm.example/logo.png")
    page.locator(".mark").wait_for()
    expect(page.locator("img.logo")).to_have_count(0)
