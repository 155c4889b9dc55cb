"""What capture asks of the page and of the network, counted: a guard against slow growth that no clock can upset.

The figures in milliseconds, beside other recorders, are made by `bench/mirror`.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from bench.mirror import pages

pytestmark = pytest.mark.journey

WORK = (Path(pages.__file__).with_name("work.js")).read_text()
# Calls that capture makes of the browser's objects, which are counted. The bench's own changes are made before.
COUNTING = """() => {
  globalThis.calls = {};
  const count = (owner, name) => {
    const own = Object.getOwnPropertyDescriptor(owner, name);
    const key = own.get ? "get" : "value";
    const native = own[key];
    const counted = function (...args) {
      calls[name] = (calls[name] ?? 0) + 1;
      return native.apply(this, args);
    };
    Object.defineProperty(owner, name, { ...own, [key]: counted });
  };
  for (const name of ["matches", "getAttribute", "getAttributeNames", "scrollTop", "shadowRoot"])
    count(Element.prototype, name);
  count(Node.prototype, "nextSibling");
}"""
# Receipts (F20) and the ends of slices go by the clock, which would make figures the machine's: here no time passes.
NO_CLOCK = "mirror.kinds = Promise.resolve(null); performance.now = () => 0"
SENT_BYTES = "mirror.frames.reduce((sum, frame) => sum + frame.length, 0)"


def started(visit: Callable[..., Page], html: str) -> Page:
    page = visit(html)
    page.evaluate(WORK)
    page.evaluate(NO_CLOCK)
    page.evaluate("mirror.start()")
    assert page.evaluate("mirror.difference()") == ""
    return page


def changed(page: Page, name: str) -> dict[str, Any]:
    """Make a change and return what it took: bytes, batches, calls, and the ops that left."""
    before = page.evaluate("({ ops: { ...mirror.model.counts }, frames: mirror.frames.length })")
    page.evaluate("globalThis.calls ??= null")
    if page.evaluate("calls === null"):
        page.evaluate(COUNTING)
    page.evaluate("name => { work[name](); calls = {}; }", name)
    page.evaluate("mirror.settle()")
    calls = page.evaluate("calls")
    assert page.evaluate("mirror.difference()") == ""
    sizes = page.evaluate("from => mirror.frames.slice(from).map(frame => frame.length)", before["frames"])
    ops = page.evaluate("mirror.model.counts")
    return {
        "bytes": sum(sizes),
        "batches": len(sizes),
        "calls": calls,
        "ops": {op: n - before["ops"].get(op, 0) for op, n in ops.items() if n > before["ops"].get(op, 0)},
    }


def test_f5_the_first_picture_is_no_larger_than_the_page_s_own_html(visit: Callable[..., Page]) -> None:
    for nodes in (1_000, 10_000):
        page = visit(pages.cards(nodes))
        html = page.evaluate("document.documentElement.outerHTML")
        page.evaluate(NO_CLOCK)
        page.evaluate("mirror.start()")
        page.evaluate("mirror.settle()")
        assert page.evaluate(SENT_BYTES) <= 1.05 * len(gzip.compress(html.encode(), 6)), nodes


def test_f7_the_walk_asks_each_node_once(visit: Callable[..., Page]) -> None:
    page = visit(pages.cards(10_000))
    elements = page.evaluate("document.getElementsByTagName('*').length")
    attributes = page.evaluate(
        "[...document.getElementsByTagName('*')].reduce((sum, e) => sum + e.attributes.length, 0)"
    )
    page.evaluate(NO_CLOCK)
    page.evaluate(COUNTING)
    page.evaluate("mirror.start()")
    page.evaluate("mirror.capture.told")
    calls = page.evaluate("calls")
    assert calls["getAttributeNames"] <= elements
    assert calls["getAttribute"] <= 1.02 * attributes
    assert calls.get("matches", 0) < 50
    assert calls["scrollTop"] < elements / 2
    assert page.evaluate("mirror.frames.length") < 10


def test_f9_a_reorder_sends_ids_alone(visit: Callable[..., Page]) -> None:
    page = started(visit, pages.work())
    took = changed(page, "reverse 1,000 keyed rows")
    assert "Insert" not in took["ops"]
    assert took["ops"]["Move"] <= 1000
    assert took["bytes"] <= 4096
    assert took["batches"] == 1
    assert changed(page, "swap 2 of 1,000")["bytes"] <= 100


def test_f8_a_storm_of_attributes_or_texts_is_one_batch_and_one_question_each(visit: Callable[..., Page]) -> None:
    page = started(visit, pages.work())
    took = changed(page, "10,000 attributes")
    assert took["ops"]["Attributes"] == 1
    assert took["batches"] == 1
    assert took["bytes"] <= 12_000
    assert took["calls"].get("matches", 0) < 50
    assert took["calls"]["getAttribute"] <= 20_000 + 100
    took = changed(page, "10,000 texts")
    assert took["batches"] == 1
    assert took["ops"]["Texts"] == 1
    assert took["bytes"] <= 36_000


def test_f6_appended_rows_leave_the_rest_of_the_list_alone(visit: Callable[..., Page]) -> None:
    page = started(visit, pages.work())
    changed(page, "append 1,000 rows")
    took = changed(page, "append 1,000 rows")
    assert took["ops"]["Insert"] <= 10
    assert "Move" not in took["ops"]
    assert took["calls"]["getAttributeNames"] <= 7000 + 700
    html = page.evaluate("document.getElementById('rows').innerHTML")
    assert took["bytes"] <= 1.05 * len(gzip.compress(html.encode(), 6))
