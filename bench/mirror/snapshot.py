"""What the first picture costs the visitor's page: main-thread CPU, longest task, bytes. Ours beside rrweb, same run.

CPU is the thread time of the renderer's main thread from Chromium's tracing, net of the same wait on the untouched
page, so that a noisy machine disturbs it little. Each measurement has a fresh page with cold code, as a visitor has it.
Ours emits deflated frames, ready for the socket; rrweb emits objects. "As JSON" adds what JSON.stringify of those
takes, not their compression. Bytes are our frames as they are, and what gzip makes of rrweb's JSON and of `outerHTML`.
"""

from __future__ import annotations

import gzip
import statistics
import subprocess
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, sync_playwright

from bench.browser import launch_chromium
from bench.delay.delay import page_server
from bench.mirror.pages import cards

HERE = Path(__file__).parent
RECORDERS = {"untouched": None, "twinpane": "record.js", "rrweb": "rrweb.mjs"}
SIZES = {"1k": 1_000, "10k": 10_000, "50k": 50_000}
RUN = """async () => {
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
TRACE = {"includedCategories": ["toplevel", "blink.user_timing"], "excludedCategories": ["*"]}


def bundle(name: str) -> str:
    """Bundle a recorder."""
    command = ["npx", "esbuild", str(HERE / name), "--bundle", "--minify", "--format=iife", "--log-level=error"]
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=HERE.parent.parent).stdout


def traced(context: BrowserContext, page: Page, script: str) -> tuple[float, float]:
    """Run a script on a page; returns CPU and longest task of its main thread, in ms."""
    session = context.new_cdp_session(page)
    events: list[dict[str, Any]] = []
    complete: list[bool] = []
    session.on("Tracing.dataCollected", lambda data: events.extend(data["value"]))
    session.on("Tracing.tracingComplete", lambda _: complete.append(True))
    session.send("Tracing.start", {"transferMode": "ReportEvents", "traceConfig": TRACE})
    page.evaluate(script)
    session.send("Tracing.end")
    while not complete:
        page.evaluate("0")
    start = next(event for event in events if event["name"] == "bench-start")
    end = next(event for event in events if event["name"] == "bench-end")
    costs, covered_until = [0.0], -1
    tasks = [e for e in events if e["ph"] == "X" and (e["pid"], e["tid"]) == (start["pid"], start["tid"])]
    for task in sorted(tasks, key=lambda e: (e["ts"], -e.get("dur", 0))):
        until = task["ts"] + task.get("dur", 0)
        if task["ts"] < covered_until or "toplevel" not in task["cat"]:
            continue
        covered_until = until
        if until >= start["ts"] and task["ts"] <= end["ts"]:
            costs.append(task.get("tdur", 0) / 1000)
    return sum(costs), max(costs)


def kb_sent(page: Page, *, untouched: bool) -> float:
    """Return the size of the picture on the wire; of the untouched page, that of its HTML, gzipped."""
    frames = page.evaluate(FRAME_BYTES)
    text = "" if frames else page.evaluate("document.documentElement.outerHTML" if untouched else "json")
    return float(frames or len(gzip.compress(text.encode(), 6))) / 1024


def measure(context: BrowserContext, url: str, script: str) -> dict[str, float]:
    """Open a fresh page and take one sample."""
    page = context.new_page()
    page.goto(url)
    page.evaluate(script or "0")
    cpu_ms, longest_task_ms = traced(context, page, RUN)
    json_ms = traced(context, page, AS_JSON)[0] if script else 0.0
    kb = kb_sent(page, untouched=not script)
    return {"cpu_ms": cpu_ms, "as_json_ms": cpu_ms + json_ms, "longest_task_ms": longest_task_ms, "gzip_kb": kb}


def run(rounds: int = 3) -> dict[str, dict[str, dict[str, float]]]:
    """Interleave recorders within a round; medians of the rounds."""
    scripts = {name: bundle(file) if file else "" for name, file in RECORDERS.items()}
    samples: dict[str, dict[str, list[dict[str, float]]]] = {}
    with sync_playwright() as playwright:
        for _ in range(rounds):
            for size, nodes in SIZES.items():
                with page_server(cards(nodes)) as url, launch_chromium(playwright) as browser:
                    for name, script in scripts.items():
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
    idle = middle["untouched"]["cpu_ms"]
    for name, figures in middle.items():
        for figure in ("cpu_ms", "as_json_ms"):
            figures[figure] -= idle if name != "untouched" else 0
    return middle
