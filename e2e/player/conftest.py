"""An agent's page with the player in it, in a real browser; every request is logged and nothing leaves the machine."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

ROOT = Path(__file__).parents[2]
ORIGIN = "http://agent.test"
STAGE_CSP = (
    "default-src 'none'; img-src 'self' data: blob:; media-src 'self' data: blob:; font-src 'self' data:; "
    "style-src 'self' 'unsafe-inline'; frame-src 'self' about:; form-action 'none'; base-uri 'none'"
)
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360f8cf500f000385018002a4d7650000000049454e44ae426082"
)
FRESH = """<!doctype html><title>Agent</title><style>
body { margin: 0 } #sheet { position: absolute; left: 100px; top: 50px; width: 400px; height: 300px; overflow: hidden }
#mount { transform-origin: 0 0; width: max-content } #surface { position: absolute; inset: 0 }
</style><div id="sheet"><div id="mount"></div><div id="surface" tabindex="0"></div></div>
<script src="/harness.js"></script>"""


@pytest.fixture(scope="session")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> str:
    out = tmp_path_factory.mktemp("player") / "harness.js"
    entry = Path(__file__).parent / "harness.ts"
    subprocess.run(
        ["npx", "esbuild", str(entry), "--bundle", f"--outfile={out}", "--log-level=warning"], cwd=ROOT, check=True
    )
    return out.read_text()


@dataclass
class Agent:
    """The agent's page, and what was asked of the network."""

    page: Page
    assets: dict[str, tuple[str, bytes | str]] = field(default_factory=dict)
    files: dict[str, tuple[str, bytes | str]] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)
    csp: str = STAGE_CSP

    def open(self, stage: str = "/stage") -> None:
        self.page.goto(f"{ORIGIN}/")
        self.requests.clear()
        self.page.evaluate("stage => harness.open(stage)", stage)

    def feed(self, *slots: Any, **options: Any) -> None:
        """Apply one batch and wait until it is on the stage."""
        self.page.evaluate("([slots, options]) => harness.feed(slots, options)", [[2, *slots], options])

    def look(self, expression: str) -> Any:
        """Evaluate with `doc` the mirrored document and `node` the lookup by id."""
        return self.page.evaluate(f"() => {{ const {{doc, node, player, log}} = harness; return {expression} }}")

    def wait(self, expression: str) -> None:
        self.page.wait_for_function(
            f"() => {{ const {{doc, node, player, log}} = harness; return {expression} }}", timeout=60_000
        )

    @property
    def strays(self) -> list[str]:
        """Requests that went elsewhere than to the asset door."""
        return [url for url in self.requests if not url.startswith((f"{ORIGIN}/assets/secret/", f"{ORIGIN}/stage"))]

    def answer(self, route: Route, bundle: str) -> None:
        url = route.request.url
        self.requests.append(url)
        path = url.removeprefix(ORIGIN)
        if url == f"{ORIGIN}/":
            route.fulfill(body=FRESH, content_type="text/html")
        elif path == "/harness.js":
            route.fulfill(body=bundle, content_type="text/javascript")
        elif path == "/stage":
            csp = {"content-security-policy": self.csp}
            route.fulfill(body="<!doctype html><title></title>", content_type="text/html", headers=csp)
        elif path in self.assets or path in self.files:
            kind, body = self.assets.get(path) or self.files[path]
            route.fulfill(body=body, content_type=kind)
        elif path.startswith("/assets/secret/"):
            route.fulfill(body=PIXEL, content_type="image/png")
        else:
            route.abort()


def seated(browser: Browser, bundle: str) -> Iterator[Agent]:
    page = browser.new_page(viewport={"width": 1000, "height": 800}, color_scheme="null")
    seat = Agent(page)
    page.route("**/*", lambda route: seat.answer(route, bundle))
    seat.open()
    yield seat
    errors = page.evaluate("harness.errors")
    page.close()
    assert errors == []


@pytest.fixture
def agent(chromium: Browser, bundle: str) -> Iterator[Agent]:
    yield from seated(chromium, bundle)


@pytest.fixture
def any_agent(browser: Browser, bundle: str) -> Iterator[Agent]:
    """An agent in Chromium, and one in Firefox."""
    yield from seated(browser, bundle)


@pytest.fixture(scope="session")
def visitor_scripts(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Capture, and random edits of a page."""
    out = tmp_path_factory.mktemp("visitor")
    entries = [str(ROOT / "e2e/mirror" / name) for name in ("harness.ts", "edits.ts")]
    command = ["npx", "esbuild", *entries, "--bundle", "--format=iife", f"--outdir={out}", "--log-level=error"]
    subprocess.run(command, cwd=ROOT, check=True)
    return [(out / name).read_text() for name in ("harness.js", "edits.js")]
