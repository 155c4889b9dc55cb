"""Several agents at once. (Issue A, 5; R15c, X3, X8, X9.)"""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from socket import SHUT_RDWR

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from websockets.sync.client import connect
from websockets.typing import Origin

from e2e import flow
from e2e.bare_agent import hello_of
from e2e.flow import Server

pytestmark = pytest.mark.journey

ROWS_FOR_A_MINUTE = """() => new Promise((done) => {
  const list = document.querySelector("#products");
  let left = 600;
  const timer = setInterval(() => {
    list.append(Object.assign(document.createElement("li"), { textContent: `row ${left}` }));
    if (left % 3 === 0) list.firstElementChild.remove();
    if (--left === 0) {
      clearInterval(timer);
      done();
    }
  }, 100);
})"""

# About 2 MB a second that do not compress.
NOISE = """() => {
  const place = document.querySelector("#note");
  window.noise = setInterval(() => {
    const bytes = crypto.getRandomValues(new Uint8Array(30000));
    place.textContent = btoa(String.fromCharCode(...bytes));
  }, 20);
}"""


@pytest.fixture
def visitor(chromium: Browser, integrator: str) -> Iterator[Page]:
    context: BrowserContext = flow.visitor_context(chromium)
    page = context.new_page()
    page.goto(f"{integrator}/visitor?id=many")
    yield page
    context.close()


@contextmanager
def frozen_agent(server: Server, url: str) -> Iterator[None]:
    """An agent without a window: opens the watch URL, says hello on a bare socket, and never reads again."""
    hello = hello_of(url)
    with connect(server.url.replace("http", "ws") + "/ws", origin=Origin(server.url), max_queue=1) as socket:
        socket.send(hello)
        assert json.loads(socket.recv(timeout=flow.WAIT_S))["type"] == "welcome"
        yield
        socket.socket.shutdown(SHUT_RDWR)


def metrics(server: Server) -> str:
    with urllib.request.urlopen(f"{server.url}/metrics") as answer:
        told: str = answer.read().decode()
        return told


def test_r15c_two_agents_see_the_same_and_only_one_controls(server: Server, chromium: Browser, visitor: Page) -> None:
    first = flow.begin(server, chromium, visitor, "Zoë")
    second = flow.watch(chromium, flow.watch_url(server, flow.short_id(visitor), "Mika"))
    flow.until_same(visitor, second)
    flow.take_control(first)
    flow.click(visitor, first, "[name=name]")
    first.keyboard.type("Ada")
    flow.until_value(visitor, "[name=name]", "Ada")
    second.get_by_role("button", name="Take control").click()
    second.get_by_text("Zoë is in control. Try again").first.wait_for()
    assert second.get_by_role("button", name="Take control").is_visible()
    flow.until_same(visitor, first)
    flow.until_same(visitor, second)


def test_r15c_an_agent_leaves_and_the_other_goes_on(server: Server, chromium: Browser, visitor: Page) -> None:
    first = flow.begin(server, chromium, visitor, "Zoë")
    second = flow.watch(chromium, flow.watch_url(server, flow.short_id(visitor), "Mika"))
    flow.until_same(visitor, second)
    flow.until(lambda: "Mika" in flow.card_words(visitor), what="both names at the visitor", page=visitor)
    second.get_by_role("button", name=re.compile("^End")).first.click()
    second.get_by_role("button", name="Just leave").click()
    flow.until(lambda: "Mika" not in flow.card_words(visitor), what="one name at the visitor", page=visitor)
    visitor.fill("[name=message]", "Zoë still sees this")
    flow.until_same(visitor, first)


def test_x8_a_third_agent_after_60_s_of_changes_costs_the_page_nothing(
    server: Server, chromium: Browser, visitor: Page
) -> None:
    """The page is told no new epoch: the number of snapshots it began stays the same."""
    commands: list[object] = []
    visitor.on("websocket", lambda socket: socket.on("framereceived", lambda data: commands.append(data)))  # noqa: PLW0108
    visitor.reload()
    first = flow.begin(server, chromium, visitor, "Zoë")
    visitor.evaluate(ROWS_FOR_A_MINUTE)
    flow.until_same(visitor, first)
    snapshots = sum(1 for command in commands if isinstance(command, str) and '"type":"capture"' in command)
    assert snapshots == 1
    third = flow.watch(chromium, flow.watch_url(server, flow.short_id(visitor), "Kim"))
    flow.until_same(visitor, third)
    assert snapshots == sum(1 for command in commands if isinstance(command, str) and '"type":"capture"' in command)


def test_x9_a_frozen_agent_neither_slows_nor_breaks_the_others(
    server: Server, chromium: Browser, visitor: Page
) -> None:
    agent = flow.begin(server, chromium, visitor)
    with frozen_agent(server, flow.watch_url(server, flow.short_id(visitor), "Frozen")):
        visitor.evaluate(NOISE)
        flow.until(lambda: "twinpane_agents_lagging 1.0" in metrics(server), what="a lagging agent", page=visitor)
        visitor.evaluate("() => clearInterval(window.noise)")
        flow.until_same(visitor, agent)
        visitor.fill("[name=message]", "the others go on")
        flow.until_same(visitor, agent)
