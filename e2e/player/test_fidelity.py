"""Everything that a page can be made of looks at the agent's as it does at the visitor's.

The table is that of `bench/mirror/fidelity`.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route

from bench.mirror.fidelity.checks import AREAS, Check
from bench.mirror.fidelity.drive import common_page, go_through

from .conftest import Agent

pytestmark = pytest.mark.journey
ORIGIN = "http://page.test"
STRICT = "default-src 'self'; style-src 'self' 'unsafe-inline'"
FILES = {
    "/files/frame.html": "<!doctype html><body style='height:2000px'><p id=x>framed</p><input>",
    "/files/second.html": "<!doctype html><p id=y>second</p>",
}
TAKE = """async () => {
    await mirror.settle();
    const frames = mirror.frames.slice(mirror.shown);
    mirror.shown += frames.length;
    return frames.map((frame) => btoa(Array.from(frame, (byte) => String.fromCharCode(byte)).join("")));
}"""
FEED = """async (frames) => {
    const bytes = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    for (const frame of frames) await harness.player.feed(bytes(frame));
    return harness.log.filter(([what]) => what === "broken");
}"""


class Joined:
    """Capture in one page, the player in another; frames are carried by hand."""

    stage = "harness.doc"
    address = "harness.log.findLast(([what]) => what === 'page')?.[1].url"
    seen = "harness.log.findLast(([what]) => what === 'visible')?.[1]"

    def __init__(self, visitor: Page, agent: Agent, scripts: list[str]) -> None:
        self.visitor = visitor
        self.seat = agent
        self.agent = agent.page
        self.scripts = scripts
        self.html = ""
        visitor.route("**/*", self._answer)

    def _answer(self, route: Route) -> None:
        path = route.request.url.removeprefix(ORIGIN).partition("#")[0]
        headers = {"content-security-policy": STRICT} if path == "/strict" else {}
        body = FILES.get(path, self.html if path in {"/", "/strict"} else "")
        route.fulfill(body=body, content_type="text/html", headers=headers)

    def open(self, html: str, path: str = "/") -> None:
        """Show a page, with nothing of an earlier one at the agent's."""
        self.html = html
        self.visitor.goto(ORIGIN + path)
        self.seat.open()

    def begin(self) -> None:
        for script in self.scripts:
            self.visitor.evaluate(script)
        self.visitor.evaluate("() => mirror.start()")
        self.pump()

    def pump(self) -> None:
        frames = self.visitor.evaluate(TAKE)
        assert self.agent.evaluate(FEED, frames) == []


@pytest.fixture
def joined(browser: Browser, any_agent: Agent, visitor_scripts: list[str]) -> Iterator[Joined]:
    """A visitor in the same browser as the agent."""
    visitor = browser.new_page(viewport={"width": 900, "height": 700}, bypass_csp=True)
    problems: list[str] = []
    visitor.on("pageerror", lambda problem: problems.append(str(problem)))
    visitor.on("console", lambda said: problems.append(said.text) if "Upscope" in said.text else None)
    yield Joined(visitor, any_agent, visitor_scripts[:1])
    visitor.close()
    assert problems == []


def here(checks: list[Check], browser: Browser) -> list[Check]:
    """The checks that need neither the whole product nor another browser."""
    return [check for check in checks if check.only in {"", browser.browser_type.name}]


@pytest.mark.parametrize(
    "area", [area for area in AREAS if area not in {"Whole pages", "Pictures, canvases, sound, fonts"}]
)
def test_f8_f21_f22_f24_f25_both_sides_are_alike(joined: Joined, browser: Browser, area: str) -> None:
    """One page with all parts of an area; every part is acted on by hand or by script, and looked at on both sides."""
    checks = here(AREAS[area], browser)
    joined.open(common_page(area, checks, "http://other.test"))
    wrong = {seen.check.name: seen.note for seen in go_through(joined, checks) if not seen.ok}
    assert wrong == {}


def test_f8_whole_pages_are_alike(joined: Joined, browser: Browser) -> None:
    wrong = {}
    for check in here(AREAS["Whole pages"], browser):
        joined.open(check.page, check.path)
        wrong.update({seen.check.name: seen.note for seen in go_through(joined, [check]) if not seen.ok})
    assert wrong == {}
