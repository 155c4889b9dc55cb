"""A hostile page, or forged facts: nothing of it runs in the agent's browser and nobody is contacted (F11, P5)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from twinpane_protocol.agent import AgentWish, RequestReceipt

from e2e import flow
from e2e.watch import hostile
from e2e.watch.desk import Desk
from e2e.watch.hostile import Canary, Node

EVENTS = (
    "load error focus focusin mouseover pointerenter animationstart transitionend toggle "
    "beforetoggle scroll wheel input change keydown auxclick beginEvent endEvent repeatEvent pageshow "
    "hashchange message beforematch scrollsnapchange"
)
PROVOKE = """(names) => {
  const every = (root) => [...root.querySelectorAll('*')].flatMap((each) =>
    [each, ...(each.shadowRoot ? every(each.shadowRoot) : [])]);
  const page = document.querySelector('iframe').contentDocument;
  const found = every(Document.prototype.querySelectorAll.call(page, 'html')[0]);
  for (const each of found) {
    for (const name of names.split(' ')) each.dispatchEvent(new Event(name));
    each.focus?.({ preventScroll: true });
    each.click?.();
  }
  return found.length;
}"""
PAINTED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))"
# Names of elements hide what a document has by itself (DOM clobbering).
SHOWN = """(text) => {
  const page = document.querySelector('iframe')?.contentDocument;
  return page && Document.prototype.querySelectorAll.call(page, 'html')[0]?.textContent.includes(text);
}"""


@pytest.fixture
def canary() -> Iterator[Canary]:
    with hostile.listening() as canary:
        yield canary


@pytest.fixture
def ran() -> list[Any]:
    """What ran, by its number."""
    return []


@pytest.fixture
def agent(browser: Browser, desk: Desk, ran: list[Any]) -> Iterator[Page]:
    """An agent's window without the wall of policies."""
    desk.has_policies = desk.shows_page = False
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.expose_function("ran", lambda *numbers: ran.extend(numbers))
    page = context.new_page()
    page.on("dialog", lambda dialog: ran.append(dialog.message))
    page.goto(f"{desk.url}/watch/one-time-token")
    flow.until(lambda: bool(desk.hellos), what="the agent's hello")
    desk.begin_epoch()
    yield page
    context.close()


def lines(canary: Canary) -> list[Node]:
    return [node.filled(number, canary.url) for number, node in enumerate(hostile.corpus())]


def provoke(agent: Page, desk: Desk, seq: int) -> int:
    """Wait for the whole, stir every element and wait until all that came of it had its chance."""
    desk.send(hostile.changes(desk.epoch, seq, [5, 3, 0, 900_000, 1, *hostile.slots_of(hostile.html("p", "the last"))]))
    flow.until(lambda: bool(agent.evaluate(SHOWN, "the last")), what="the whole page")
    agent.evaluate(PAINTED)
    count = int(agent.evaluate(PROVOKE, EVENTS))
    agent.evaluate(PAINTED)
    agent.evaluate("() => fetch('/stage').then((answer) => answer.text())")
    agent.evaluate(PAINTED)
    return count


def test_f11_the_canary_hears_what_is_loaded_and_a_script_that_runs_is_seen(
    agent: Page, canary: Canary, ran: list[Any]
) -> None:
    agent.evaluate("(url) => { const it = new Image(); it.src = url + '/direct'; }", canary.url)
    # A browser may open a connection ahead of use.
    flow.until(lambda: "GET /direct HTTP/1.1" in canary.heard, what="the canary", page=agent)
    agent.evaluate("() => window.ran('direct')")
    flow.until(lambda: ran == ["direct"], what="the binding")


def test_f11_a_hostile_page_runs_nothing_and_contacts_nobody(
    agent: Page, desk: Desk, canary: Canary, ran: list[Any]
) -> None:
    desk.send(hostile.snapshot(desk.epoch, lines(canary), canary.url))
    assert provoke(agent, desk, 1) > len(hostile.corpus())
    assert (ran, canary.heard) == ([], [])
    assert desk.sent_nothing_but(AgentWish, RequestReceipt)


def test_f11_attributes_that_come_later_run_nothing_and_contact_nobody(
    agent: Page, desk: Desk, canary: Canary, ran: list[Any]
) -> None:
    bare, found = hostile.with_ids(lines(canary))
    desk.send(hostile.snapshot(desk.epoch, bare, canary.url))
    desk.send(hostile.changes(desk.epoch, 1, hostile.later_attributes(found)))
    assert provoke(agent, desk, 2) > len(hostile.corpus())
    assert (ran, canary.heard) == ([], [])
    assert desk.sent_nothing_but(AgentWish, RequestReceipt)


def test_f11_sheets_fonts_and_pictures_of_facts_contact_nobody(
    agent: Page, desk: Desk, canary: Canary, ran: list[Any]
) -> None:
    body = [hostile.html("style"), hostile.html("div"), hostile.html("canvas"), hostile.html("img")]
    desk.send(hostile.snapshot(desk.epoch, [*body, hostile.html("ul", hostile.html("li", "x"))], canary.url))
    desk.send(hostile.changes(desk.epoch, 1, hostile.style_facts(canary.url)))
    provoke(agent, desk, 2)
    assert (ran, canary.heard) == ([], [])
