"""A large page: what is above the fold is seen before the rest has arrived. (Issue E, acceptance 2; F7.)"""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, WebSocketRoute, expect

from e2e import flow
from e2e.flow import Server

pytestmark = pytest.mark.journey
ROWS = 17_000
GROW = """(rows) => {
  const list = document.createElement("ol");
  list.id = "archive";
  for (let i = 0; i < rows; i++) {
    const row = document.createElement("li");
    row.append(`order ${i} `, Object.assign(document.createElement("b"), { textContent: `${(i * 7919) % 100003}` }));
    list.append(row);
  }
  document.querySelector("main").append(list);
}"""
COUNT = """(document) => {
  const walker = document.createTreeWalker(document, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  let nodes = 0;
  while (walker.nextNode()) nodes++;
  return nodes;
}"""
FIRST_FRAMES = 2


class Gate:
    """Lets through what is said and the first frames of the picture; keeps the rest until it is opened."""

    def __init__(self, page: Page) -> None:
        self.passed = 0
        self.kept: list[bytes] = []
        self.is_open = False
        self._socket: WebSocketRoute | None = None
        page.route_web_socket("**/ws", self._connect)

    def _connect(self, socket: WebSocketRoute) -> None:
        self._socket = socket
        socket.connect_to_server().on_message(self._heard)

    def _heard(self, message: str | bytes) -> None:
        assert self._socket
        if isinstance(message, str) or self.is_open or self.passed < FIRST_FRAMES:
            self.passed += isinstance(message, bytes)
            self._socket.send(message)
        else:
            self.kept.append(message)

    def open(self) -> None:
        assert self._socket
        self.is_open = True
        for frame in self.kept:
            self._socket.send(frame)


def test_f7_what_is_above_the_fold_is_seen_while_the_rest_is_on_its_way(
    server: Server, chromium: Browser, integrator: str
) -> None:
    context = flow.visitor_context(chromium)
    visitor = context.new_page()
    visitor.goto(f"{integrator}/visitor?id=large")
    visitor.evaluate(GROW, ROWS)
    total = visitor.evaluate(f"() => ({COUNT})(document)")
    assert total > 50_000
    agent = chromium.new_context(viewport={"width": 1100, "height": 900}).new_page()
    gate = Gate(agent)
    agent.goto(flow.watch_url(server, flow.short_id(visitor)))
    flow.press_card(visitor, "Allow")
    flow.until(lambda: len(gate.kept) > 3, what="a rest that is kept back", page=agent)

    stage = agent.frame_locator("iframe")
    for selector in ("header.top", "#products > li >> nth=0", "#products > li >> nth=2"):
        expect(stage.locator(selector)).to_be_in_viewport()
    expect(agent.get_by_role("region", name="page, live")).to_be_visible()
    on_stage = f"() => ({COUNT})({flow.STAGE}.contentDocument)"
    assert agent.evaluate(on_stage) < total / 2
    gate.open()
    flow.until(lambda: agent.evaluate(on_stage) == total, what="the whole page", page=agent)
    agent.context.close()
    context.close()
