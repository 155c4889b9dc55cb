"""The wire test: what is masked is in no byte that leaves the visitor's browser, nor in anything that is kept of it.

Secrets stand in every place of `places.py`, from the beginning and as they come while agents watch. Then all is
searched: both sockets and all HTTP as raw bytes, their messages decoded, the agent's picture, what an agent who comes
late is given (the journal), answers of the REST API, webhooks, the log, and every file of the data folder. The same
page without the rules that mask proves of each place that the search would have found its secret. (M1, M3, S7.)
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from e2e import flow
from e2e.bare_agent import bare_agent
from e2e.wire.conftest import ACCOUNT, Wires
from e2e.wire.place import Place, body, word
from e2e.wire.places import EVERYWHERE, OPEN, PLACES
from e2e.wire.search import decoded, hits, raw

pytestmark = pytest.mark.journey
TOKEN = word("a token in the page's address")
RULES: dict[str, Any] = {"maskedElements": [".own-rule", ".vault p"], "maskedParameters": ["token", "access*"]}
LIVE_RULE = Place("masked while it is watched", "<p id={id} class=live-rule>{s}</p>")
SNIPPET = """<script>
window.Upscope = window.Upscope || function () {{ (Upscope.q = Upscope.q || []).push(arguments); }};
Upscope("init", {settings});
</script><script src="{url}/{key}.js"></script>"""
# All that the agent has of the page: markup of every root, values, options, sheets.
PICTURE = """() => {
  const said = [];
  const root = (each) => {
    said.push(each.documentElement?.outerHTML ?? each.innerHTML);
    for (const sheet of [...each.styleSheets, ...each.adoptedStyleSheets]) {
      try { for (const rule of sheet.cssRules) said.push(rule.cssText); } catch {}
    }
    for (const one of each.querySelectorAll('*')) {
      if (one.value) said.push(String(one.value));
      if (one.shadowRoot) root(one.shadowRoot);
      if (one.contentDocument) root(one.contentDocument);
    }
  };
  const stage = document.querySelector('iframe')?.contentDocument;
  if (stage) root(stage);
  return said.join('\\n');
}"""
LATE = "([id, late]) => {{ const el = document.getElementById(id); {} }}"


@contextmanager
def session(
    browser: Browser, wires: Wires, page_html: str, settings: dict[str, Any], query: str = ""
) -> Iterator[tuple[Page, Page]]:
    """A page of the site that is shared with an agent; closes both browsers' contexts."""
    wires.forget()
    head = SNIPPET.format(settings=json.dumps(settings), url=wires.visitors.url, key=wires.server.public_key)
    wires.site.pages["/wire"] = page_html.replace("<head>", f"<head>{head}")
    context = flow.visitor_context(browser)
    visitor = context.new_page()
    visitor.goto(f"{wires.origin}/wire{query}")
    url = flow.watch_url(wires.desk, flow.short_id(visitor), webhook_url=wires.hook)
    agent = flow.watch(browser, url)
    flow.press_card(visitor, "Allow")
    try:
        yield visitor, agent
    finally:
        context.close()
        agent.context.close()


def until_seen(agent: Page, text: str) -> None:
    flow.until(lambda: text in agent.evaluate(PICTURE), what=f"{text} in the agent's picture", page=agent)


def happen(visitor: Page, some: list[Place]) -> None:
    """What happens in each place while agents watch: by scripts, and by the visitor's keys."""
    for place in some:
        if place.late:
            visitor.evaluate(LATE.format(place.late), [place.id, place.later])
    for place in some:
        if place.is_typed:
            visitor.evaluate("(id) => { const it = document.getElementById(id); it.value = ''; it.focus(); }", place.id)
            visitor.keyboard.type(place.later)
    visitor.evaluate("() => document.body.append('THE END')")


def mask_by_account(wires: Wires, agent: Page, visitor: Page) -> None:
    """R23: a rule of the account holds in the session that runs: the picture is told anew, and what comes is masked."""
    selectors = [*ACCOUNT["maskedElements"], ".live-rule"]
    assert wires.desk.rest("PATCH", "settings", {"settings": {"maskedElements": selectors}})[0] == 200
    flow.until(lambda: LIVE_RULE.secret not in agent.evaluate(PICTURE), what="the new rule to hold", page=agent)
    until_seen(agent, OPEN[0].secret)
    visitor.evaluate(LATE.format(EVERYWHERE), [LIVE_RULE.id, LIVE_RULE.later])


def sinks(wires: Wires, visitor: Page, agent: Page) -> dict[str, bytes]:
    """Where bytes are by now, the sessions being over."""
    short = flow.short_id(visitor)
    late_agent = flow.watch_url(wires.desk, short, "Late")
    with bare_agent(late_agent, wires.agents.url) as late:
        late.refusal(late.wish("type_text", text="x"))
    picture = agent.evaluate(PICTURE)
    asked = ["list?search=", f"visitors/{short}?with_history=true", "sessions", "usage", "settings"]
    answers = [wires.server.rest("GET", path)[1] for path in asked]
    visitor.evaluate("() => Upscope('stopSession')")
    flow.until(lambda: b"session.ended" in b"".join(wires.hooked), what="the webhook of the end", page=visitor)
    files = [path for path in wires.server.data.rglob("*") if path.is_file()]
    found = {
        "visitors' bytes": raw(wires.visitors.said),
        "visitors' messages, decoded": decoded(wires.visitors.said),
        "agents' bytes": raw(wires.agents.said),
        "agents' messages, decoded": decoded(wires.agents.said),
        "the agent's picture, decoded": picture.encode(),
        "answers of the API, decoded": json.dumps(answers, ensure_ascii=False).encode(),
        "webhooks, decoded": b"\n".join(wires.hooked),
        "the log": wires.server.log.read_bytes(),
    }
    for file in files:
        with suppress(FileNotFoundError):
            found[f"on disk: {file.name}"] = file.read_bytes()
    return found


def secrets_of(some: list[Place]) -> dict[str, str]:
    """By what they are called."""
    told = {place.name: place.secret for place in some}
    return told | {f"{place.name}, later": place.later for place in some if place.late or place.is_typed}


def page_of(some: list[Place], *, without_rules: bool = False, title: str = "<title>a page</title>") -> str:
    head = body([place for place in some if place.in_head], without_rules=without_rules)
    rest = body([place for place in some if not place.in_head], without_rules=without_rules)
    return f"<!doctype html><html><head>{title}{head}</head><body>{rest}</body></html>"


def heard(found: list[str]) -> set[str]:
    """Names of the secrets that were found anywhere."""
    return {hit.partition(" · ")[0] for hit in found}


def test_s7_no_secret_of_any_place_leaves_the_page(browser: Browser, wires: Wires) -> None:
    """M1, M2, M3. What is open is found in the same bytes: the search would have seen the rest."""
    html = page_of([LIVE_RULE, *PLACES, *OPEN], title=f"<title>Order {TOKEN}</title>")
    with session(browser, wires, html, RULES, f"?lang=en&token={TOKEN}#access={TOKEN}") as (visitor, agent):
        until_seen(agent, OPEN[0].secret)
        mask_by_account(wires, agent, visitor)
        happen(visitor, PLACES + OPEN)
        until_seen(agent, "THE END")
        where = sinks(wires, visitor, agent)
    found = hits(secrets_of(PLACES) | {"a rule that came": LIVE_RULE.later, "a parameter of the address": TOKEN}, where)
    assert found == [], "\n".join(found)
    assert heard(hits(secrets_of(OPEN), where)) == set(secrets_of(OPEN))


def test_s7_without_its_mask_every_place_is_found(chromium: Browser, wires: Wires) -> None:
    """Proves of each place that the wire test can fail."""
    some = [place for place in PLACES if place.shows]
    with session(chromium, wires, page_of(some + OPEN, without_rules=True), {}) as (_, agent):
        until_seen(agent, OPEN[0].secret)
        where = {"decoded": decoded(wires.visitors.said), "raw": raw(wires.visitors.said)}
    found = heard(hits({place.name: place.secret for place in some}, where))
    assert {place.name for place in some} - found == set()
