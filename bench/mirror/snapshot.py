"""What the first picture costs the visitor's page: main-thread CPU, longest task, bytes. All recorders in turn.

CPU is the thread time of the renderer's main thread, net of the same wait on the untouched page. Each measurement has
a fresh page with cold code, as a visitor has it. Ours emits deflated frames, ready for the socket; the others emit
objects or text: "as JSON" adds what JSON.stringify of those takes, not their compression. Bytes are our frames as they
are, and what gzip makes of the others' JSON and of `outerHTML`.
"""

from __future__ import annotations

import gzip
import statistics

from playwright.sync_api import BrowserContext, Page, sync_playwright

from bench.browser import launch_chromium
from bench.mirror import pages
from bench.mirror.recorders import UNTOUCHED, scripts, site
from bench.mirror.tracing import traced

PAGES = {
    "1k": pages.cards(1_000),
    "10k": pages.cards(10_000),
    "50k": pages.cards(50_000),
    "table": pages.table(1000, 10),
}
START = """async () => {
  const sent = (globalThis.sent = []);
  performance.mark("bench-start");
  if (globalThis.__mirror) {
    await __mirror.start((message) => sent.push(message), {});
    await __mirror.ready();
  }
  await new Promise((resolve) => setTimeout(resolve, 250));
  performance.mark("bench-end");
}"""
AS_JSON = """() => {
  performance.mark("bench-start");
  globalThis.json = sent.map((message) => (message.byteLength ? "" : JSON.stringify(message))).join("\\n");
  performance.mark("bench-end");
}"""
FRAME_BYTES = "() => globalThis.sent.reduce((sum, message) => sum + (message.byteLength ?? 0), 0)"


def kb_sent(page: Page, *, untouched: bool = False) -> float:
    """Return the size on the wire of what was sent; of the untouched page, that of its HTML, gzipped."""
    frames = page.evaluate(FRAME_BYTES)
    text = "" if frames else page.evaluate("document.documentElement.outerHTML" if untouched else "json")
    return float(frames or len(gzip.compress(text.encode(), 6))) / 1024


def measure(context: BrowserContext, url: str, script: str) -> dict[str, float]:
    """Open a fresh page and take one sample."""
    page = context.new_page()
    page.goto(url)
    page.evaluate(script or "0")
    cost = traced(context, page, START)
    json_ms = traced(context, page, AS_JSON).cpu_ms if script else 0.0
    kb = kb_sent(page, untouched=not script)
    return {
        "cpu_ms": cost.cpu_ms,
        "as_json_ms": cost.cpu_ms + json_ms,
        "longest_task_ms": cost.longest_task_ms,
        "gzip_kb": kb,
    }


def run(rounds: int = 3) -> dict[str, dict[str, dict[str, float]]]:
    """Interleave recorders within a round; medians of the rounds."""
    samples: dict[str, dict[str, list[dict[str, float]]]] = {}
    bundled = scripts()
    with sync_playwright() as playwright:
        for _ in range(rounds):
            for size, html in PAGES.items():
                with site(html) as url, launch_chromium(playwright) as browser:
                    for name, script in bundled.items():
                        context = browser.new_context()
                        samples.setdefault(size, {}).setdefault(name, []).append(measure(context, url, script))
                        context.close()
    return {size: medians(by_name) for size, by_name in samples.items()}


def medians(by_name: dict[str, list[dict[str, float]]]) -> dict[str, dict[str, float]]:
    """Return the median of each figure; CPU is net of the untouched page's."""
    middle = {
        name: {figure: statistics.median(sample[figure] for sample in runs) for figure in runs[0]}
        for name, runs in by_name.items()
    }
    idle = middle[UNTOUCHED]["cpu_ms"]
    for name, figures in middle.items():
        for figure in ("cpu_ms", "as_json_ms"):
            if figure in figures and name != UNTOUCHED:
                figures[figure] -= idle
    return middle
