"""What a recorder keeps in the visitor's page: JavaScript heap after its first picture, after garbage collection.

With 250,000 nodes only ours is tried: what it keeps for a node, and the longest task while it reads the page.
"""

from __future__ import annotations

from typing import Any

from playwright.sync_api import BrowserContext, Page, sync_playwright

from bench.browser import launch_chromium
from bench.mirror import pages
from bench.mirror.recorders import TWINPANE, UNTOUCHED, scripts, site
from bench.mirror.tracing import traced

COUNT = """() => {
  const walker = document.createTreeWalker(document);
  let nodes = 1;
  while (walker.nextNode()) nodes++;
  return nodes;
}"""
# Nothing of what was sent is kept by the bench.
START = """async () => {
  performance.mark("bench-start");
  if (globalThis.__mirror) {
    await __mirror.start(() => undefined, {});
    await __mirror.ready();
  }
  await new Promise((resolve) => setTimeout(resolve, 300));
  performance.mark("bench-end");
}"""
COLLECTIONS = 3


def heap_bytes(context: BrowserContext, page: Page) -> float:
    """Return what is left after garbage collection."""
    session = context.new_cdp_session(page)
    session.send("Performance.enable")
    for _ in range(COLLECTIONS):
        session.send("HeapProfiler.collectGarbage")
    metrics: list[dict[str, Any]] = session.send("Performance.getMetrics")["metrics"]
    session.detach()
    return float(next(metric["value"] for metric in metrics if metric["name"] == "JSHeapUsedSize"))


def measure(context: BrowserContext, url: str, script: str) -> dict[str, float]:
    """Open a fresh page and take one sample."""
    page = context.new_page()
    page.goto(url)
    page.evaluate(script or "0")
    before = heap_bytes(context, page)
    cost = traced(context, page, START)
    kept = heap_bytes(context, page) - before
    nodes = page.evaluate(COUNT)
    return {"kept_mb": kept / 2**20, "bytes_a_node": kept / nodes, "longest_task_ms": cost.longest_task_ms}


def run() -> dict[str, dict[str, dict[str, float]]]:
    """Measure each recorder once a page."""
    found: dict[str, dict[str, dict[str, float]]] = {}
    bundled = scripts()
    with sync_playwright() as playwright:
        for size, nodes in {"10k": 10_000, "50k": 50_000, "250k": 250_000}.items():
            with site(pages.cards(nodes)) as url, launch_chromium(playwright) as browser:
                for name, script in bundled.items():
                    if name == UNTOUCHED or (size == "250k" and name != TWINPANE):
                        continue
                    context = browser.new_context()
                    found.setdefault(size, {})[name] = measure(context, url, script)
                    context.close()
    return found
