"""The picture is compared with the page, and heals when it differs. (Issue C, 3.)"""

from __future__ import annotations

import re
import urllib.request
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from e2e import flow
from e2e.flow import Server

pytestmark = pytest.mark.journey
VERIFIED = ".pane small:text('is the same')"


@pytest.fixture
def visitor(browser: Browser, integrator: str) -> Iterator[Page]:
    context = flow.visitor_context(browser)
    page = context.new_page()
    page.goto(f"{integrator}/visitor?id=receipt")
    yield page
    context.close()


def differed(server: Server) -> int:
    """How often this server was told that a picture differed."""
    with urllib.request.urlopen(f"{server.url}/metrics", timeout=60) as answer:
        found = re.search(r"^twinpane_pictures_differed_total (\d+)", answer.read().decode(), re.MULTILINE)
    assert found
    return int(found[1])


def test_f20_a_picture_that_differs_is_noticed_healed_and_counted(
    server: Server, browser: Browser, visitor: Page
) -> None:
    agent = flow.begin(server, browser, visitor)
    flow.until_same(visitor, agent)
    agent.get_by_role("button", name="Connection:").click()
    agent.wait_for_selector(VERIFIED, timeout=30_000)
    before = differed(server)
    agent.evaluate(
        "() => { document.querySelector('iframe').contentDocument.querySelector('h1').textContent = 'wrong' }"
    )
    agent.get_by_role("button", name="Check again").click()
    flow.until_same(visitor, agent)
    flow.until(lambda: differed(server) == before + 1, what="the difference in /metrics")
    # The healed picture is compared as well.
    agent.wait_for_selector(VERIFIED, timeout=30_000)
