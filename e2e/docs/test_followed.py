"""Whoever follows the quickstart or the integration guide to the letter gets what they promise."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from e2e import flow
from e2e.docs.story import Story, blocks
from e2e.flow import ROOT

pytestmark = pytest.mark.journey
SHORT_ID = "K7QM2XPA"


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    with ExitStack() as running:
        yield Story(tmp_path, running)


def open_page(story: Story, browser: Browser) -> Page:
    """The visitor opens what they saved; the document's short ID is theirs from now on."""
    page = flow.visitor_context(browser).new_page()
    page.on("console", lambda message: story.warnings.append(message.text) if message.type == "warning" else None)
    page.goto(story.here("http://localhost:8000/page.html"))
    story.instead[SHORT_ID] = flow.short_id(page)
    story.page = page
    return page


def test_quickstart_leads_to_a_page_that_is_seen_and_helped_with(story: Story, chromium: Browser) -> None:
    for block in blocks(ROOT / "docs/quickstart.md"):
        story.follow(block)
        if "http.server 8000" in block.text:
            visitor = open_page(story, chromium)
        elif "/watch_url" in block.text and block.kind == "sh":
            url = flow.decoded(story.told.encode())["watch_url"]
        elif "watch_url" in block.text and block.kind == "json":
            agent = flow.watch(chromium, url)
            flow.press_card(visitor, "Allow")
            flow.until_same(visitor, agent)
            flow.take_control(agent)
            flow.click(visitor, agent, "#search")
            agent.keyboard.type("kettle")
            flow.until_value(visitor, "#search", "kettle")
            assert "hunter2" not in agent.evaluate(
                "() => document.querySelector('iframe').contentDocument.body.outerHTML"
            )
            covered = "() => document.querySelector('iframe').contentDocument.querySelector('[type=password]').value"
            assert agent.evaluate(covered) == "•" * len("hunter2")
    second = flow.watch(chromium, story.here("http://localhost:8001/agent"))
    assert second.url.startswith(story.here("http://localhost:8080/watch/"))
    flow.until_same(visitor, second)
    assert story.warnings == []


def test_integration_guide_leads_from_the_snippet_to_the_end(
    story: Story, chromium: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    story.cwd = story.folder
    for block in blocks(ROOT / "docs/integrate.md"):
        story.follow(block)
        if "export TWINPANE_URL" in block.text:
            for name in ("TWINPANE_URL", "TWINPANE_REST_KEY"):
                monkeypatch.setenv(name, story.environment[name])
        elif "http.server 8000" in block.text:
            visitor = open_page(story, chromium)
        elif "/watch_url" in block.text and block.kind == "sh":
            agent = flow.watch(chromium, flow.decoded(story.told.encode())["watch_url"])
            flow.press_card(visitor, "Allow")
            flow.until_same(visitor, agent)
        elif block.text.startswith("started = "):
            flow.until_same(visitor, flow.watch(chromium, story.names["started"].watch_url))
        elif block.text.startswith("shown = "):
            framed = story.names["frame"].removeprefix('<iframe src="').partition('"')[0]
            flow.until_same(visitor, flow.watch(chromium, framed))
        elif "/session" in block.text and block.kind == "sh":
            assert story.told == "ok"
            agent.get_by_text("ended").first.wait_for()
    story.names["twinpane"].close()
    assert story.warnings == []
