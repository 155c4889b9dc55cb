"""The story of a session as plain functions: start things, open the visitor's page, watch it, act, compare.

Nothing here sleeps: `until` asks again until a state is reached.
"""

from __future__ import annotations

import json
import os
import re
import select
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any, TypeVar

from playwright.sync_api import Browser, BrowserContext, Page

ROOT = Path(__file__).parent.parent
WAIT_S = 60.0
TREE = (ROOT / "e2e/tree.js").read_text()
# The visitor's cards live in a closed shadow root; the tests remember every root, to find a button's place.
REMEMBER_ROOTS = """{
  const attach = Element.prototype.attachShadow;
  const roots = (window.__roots = []);
  Element.prototype.attachShadow = function (init) {
    const root = attach.call(this, init);
    roots.push(root);
    return root;
  };
}"""
Found = TypeVar("Found")


# ---- processes -----------------------------------------------------------------------------------


@dataclass
class Server:
    """A running `twinpane serve` and the keys of its first team."""

    data: Path
    log: Path
    public_key: str = "E2ePublic1"
    rest_key: str = "e2e-rest-key-0123456789-abcdefghijklmnop"
    url: str = ""
    settings: dict[str, str] = field(default_factory=dict)

    @classmethod
    def fresh(cls, folder: Path) -> Server:
        return cls(data=folder / "data", log=folder / "log")

    def environment(self) -> dict[str, str]:
        keys = {"TWINPANE_PUBLIC_KEY": self.public_key, "TWINPANE_REST_KEY": self.rest_key}
        return {**os.environ, **keys, "TWINPANE_URL": self.url, **self.settings}

    def wait_until_ready(self) -> None:
        def ready() -> str | None:
            found = re.search(r"^ready (http://\S+)$", self.log.read_text(), re.MULTILINE)
            return found[1] if found else None

        self.url = until(ready, what=f"the server's ready line in {self.log}", wait_s=60)

    def rest(self, method: str, path: str, body: object = None, *, key: str | None = None) -> tuple[int, Any]:
        """Call the API; returns the status and the decoded body (text if it is not JSON)."""
        request = urllib.request.Request(
            f"{self.url}/v1.4/{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"X-Api-Key": key or self.rest_key, "Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, decoded(answer.read())
        except urllib.error.HTTPError as problem:
            return problem.code, decoded(problem.read())


def decoded(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return body.decode()


@contextmanager
def started(
    command: list[str], environment: dict[str, str], log: Path, *, cwd: Path | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a process with its output in a file; ends it when left."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as sink:
        process = subprocess.Popen(command, env=environment, stdout=sink, stderr=subprocess.STDOUT, cwd=cwd)
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until_answered(url: str, process: subprocess.Popen[bytes]) -> None:
    def answered() -> bool:
        assert process.poll() is None, f"the process for {url} ended with {process.returncode}"
        try:
            with urllib.request.urlopen(url, timeout=5):
                return True
        except (urllib.error.URLError, ConnectionError):
            return False

    until(answered, what=url)


def until(ask: Callable[[], Found | None], *, what: str, page: Page | None = None, wait_s: float = WAIT_S) -> Found:
    """Ask until the answer is true; returns it. With a page its events are served in between."""
    deadline = monotonic() + wait_s
    while True:
        answer = ask()
        if answer:
            return answer
        if monotonic() > deadline:
            raise AssertionError(f"waited {wait_s:g} s in vain for {what}")
        if page is not None:
            page.wait_for_timeout(50)
        else:
            _pause()


def _pause() -> None:
    """Wait 50 ms for nothing to arrive."""
    select.select([], [], [], 0.05)


# ---- the visitor ---------------------------------------------------------------------------------


def visitor_context(browser: Browser, **options: Any) -> BrowserContext:
    """A visitor's browser: everything of one person, with nobody else's storage."""
    context = browser.new_context(viewport={"width": 900, "height": 700}, **options)
    context.add_init_script(REMEMBER_ROOTS)
    return context


def short_id(page: Page) -> str:
    """Wait until the page is connected; gives the visitor's short ID."""
    page.wait_for_function("() => window.Upscope && !window.Upscope.q")
    found: str = page.evaluate("() => Upscope('getShortId')")
    return found


CARD_BUTTON = """(name) => {
  for (const root of window.__roots ?? []) {
    if (!root.host.isConnected) continue;
    for (const button of root.querySelectorAll("button")) {
      const box = button.getBoundingClientRect();
      if (button.textContent.trim() === name && box.width) return [box.x + box.width / 2, box.y + box.height / 2];
    }
  }
  return null;
}"""


def press_card(page: Page, name: str) -> None:
    """Click a button of the visitor's cards with the real mouse."""
    x, y = until(lambda: page.evaluate(CARD_BUTTON, name), what=f"the button “{name}”", page=page)
    page.mouse.click(x, y)


def card_words(page: Page) -> str:
    """All that the visitor's cards say now."""
    words: str = page.evaluate(
        "() => (window.__roots ?? []).filter((root) => root.host.isConnected && root.mode === 'closed')"
        ".map((root) => [...root.querySelectorAll('*')].filter((e) => e.checkVisibility() && e.tagName !== 'STYLE')"
        ".flatMap((e) => [...e.childNodes].filter((n) => n.nodeType === 3).map((n) => n.data)).join(' ')).join(' ')"
    )
    return " ".join(words.split())


# ---- the agent -----------------------------------------------------------------------------------


def watch_url(server: Server, visitor: str, name: str = "Zoë", **body: Any) -> str:
    """Start a session by REST (R15)."""
    status, answer = server.rest(
        "POST", f"visitors/{visitor}/watch_url", {"agent": {"id": name.lower(), "name": name}, **body}
    )
    assert status == 200, answer
    url: str = answer["watch_url"]
    return url


def watch(browser: Browser, url: str) -> Page:
    """Open a watch URL in a browser of its own."""
    page = browser.new_context(viewport={"width": 1100, "height": 900}).new_page()
    page.goto(url)
    return page


def begin(server: Server, browser: Browser, visitor: Page, name: str = "Zoë") -> Page:
    """Bring a session to life: watch URL, the agent's page, the visitor's yes, equal trees."""
    agent = watch(browser, watch_url(server, short_id(visitor), name))
    press_card(visitor, "Allow")
    until_same(visitor, agent)
    return agent


STAGE = "document.querySelector('iframe')"


def tree_of(page: Page, *, stage: bool) -> Any:
    """The page as nested lists, or that of the stage; null while there is none."""
    document = f"{STAGE}?.contentDocument" if stage else "document"
    return page.evaluate(f"() => {{ {TREE}; const shown = {document}; return shown ? tree(shown) : null; }}")


def until_same(visitor: Page, agent: Page, wait_s: float = WAIT_S) -> None:
    """Wait until the agent's tree equals the visitor's, up to masks (F8)."""
    seen: dict[str, Any] = {}

    def same() -> bool:
        seen["agent"], seen["visitor"] = tree_of(agent, stage=True), tree_of(visitor, stage=False)
        return bool(seen["agent"] == seen["visitor"])

    try:
        until(same, what="equal trees", page=agent, wait_s=wait_s)
    except AssertionError as problem:
        raise AssertionError(f"{problem}\n{first_difference(seen['visitor'], seen['agent'])}") from None


def first_difference(left: Any, right: Any, path: str = "") -> str:
    """Where two trees part, in words."""
    if isinstance(left, list) and isinstance(right, list):
        for index, (a, b) in enumerate(zip(left, right, strict=False)):
            if a != b:
                name = a[0] if isinstance(a, list) and a and isinstance(a[0], str) else index
                return first_difference(a, b, f"{path}/{name}")
        longer, side = (left, "visitor") if len(left) > len(right) else (right, "agent")
        return f"{path}: only at the {side}: {json.dumps(longer[min(len(left), len(right))])[:600]}"
    return f"{path}: visitor {json.dumps(left)[:600]} · agent {json.dumps(right)[:600]}"


PLACE = (
    """([selector, fx, fy]) => {
  const frame = """
    + STAGE
    + """;
  const node = frame?.contentDocument?.querySelector(selector);
  if (!node) return null;
  const outer = frame.getBoundingClientRect();
  const scale = outer.width / frame.offsetWidth;
  const box = node.getBoundingClientRect();
  return [outer.x + (box.x + box.width * fx) * scale, outer.y + (box.y + box.height * fy) * scale];
}"""
)


def place(agent: Page, selector: str, fx: float = 0.5, fy: float = 0.5) -> tuple[float, float]:
    """Where a node of the mirrored page is in the agent's window."""
    x, y = until(lambda: agent.evaluate(PLACE, [selector, fx, fy]), what=f"{selector} on the stage", page=agent)
    return x, y


def bring_into_view(visitor: Page, agent: Page, selector: str) -> None:
    """Scroll the visitor's page to a node and wait until the agent's has followed.

    A scaled stage scrolls by its own fractions of a pixel.
    """
    visitor.locator(selector).first.scroll_into_view_if_needed()
    offset = "() => { const box = %s.scrollingElement; return [box?.scrollLeft ?? 0, box?.scrollTop ?? 0]; }"
    seen: dict[str, Any] = {}

    def followed() -> bool:
        seen["agent"] = agent.evaluate(offset % f"{STAGE}.contentDocument")
        seen["visitor"] = visitor.evaluate(offset % "document")
        # Scaled offsets are rounded to the device's pixels.
        return all(abs(a - b) <= 1 for a, b in zip(seen["agent"], seen["visitor"], strict=True))

    try:
        until(followed, what=f"the agent to see {selector}", page=agent)
    except AssertionError as problem:
        raise AssertionError(f"{problem}: {seen}") from None


def click(visitor: Page, agent: Page, selector: str, *, count: int = 1, fx: float = 0.5, fy: float = 0.5) -> None:
    """Click on a mirrored node as the agent."""
    bring_into_view(visitor, agent, selector)
    agent.mouse.click(*place(agent, selector, fx, fy), click_count=count)


def take_control(agent: Page) -> None:
    agent.get_by_role("button", name="Take control").click()
    agent.get_by_role("button", name="Release control").wait_for()


def value_of(page: Page, selector: str) -> str:
    value: str = page.locator(selector).input_value()
    return value


def until_value(page: Page, selector: str, value: str) -> None:
    page.wait_for_function(
        "([s, v]) => { const e = document.querySelector(s); return (e.value ?? e.textContent) === v; }",
        arg=[selector, value],
        timeout=WAIT_S * 1000,
    )
