"""What one change of the page costs: main-thread CPU net of the change itself, and bytes. All recorders in turn.

Each measurement has a fresh page of 23,000 nodes with a recorder that is through with its first picture. CPU includes
JSON.stringify for the recorders that emit objects; ours emits deflated frames. Bytes as for the first picture.
"""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import BrowserContext, sync_playwright

from bench.browser import launch_chromium
from bench.mirror import pages
from bench.mirror.recorders import scripts, site
from bench.mirror.snapshot import AS_JSON, START, kb_sent, medians
from bench.mirror.tracing import traced

WORK = Path(__file__).with_name("work.js")
CHANGE = """async (name) => {
  sent.length = 0;
  performance.mark("bench-start");
  work[name]();
  await new Promise((resolve) => setTimeout(resolve, 400));
  performance.mark("bench-end");
}"""


def measure(context: BrowserContext, url: str, script: str, name: str) -> dict[str, float]:
    """Open a fresh page, let the recorder settle, and take one sample."""
    page = context.new_page()
    page.goto(url)
    page.add_script_tag(path=WORK)
    page.evaluate(script or "0")
    page.evaluate(START)
    cost = traced(context, page, CHANGE, name)
    json_ms = traced(context, page, AS_JSON).cpu_ms if script else 0.0
    return {"cpu_ms": cost.cpu_ms + json_ms, "gzip_kb": kb_sent(page) if script else 0.0}


def run(rounds: int = 3) -> dict[str, dict[str, dict[str, float]]]:
    """Interleave recorders within a round; medians of the rounds."""
    samples: dict[str, dict[str, list[dict[str, float]]]] = {}
    bundled = scripts()
    with sync_playwright() as playwright, site(pages.work()) as url:
        for _ in range(rounds):
            for name in changes():
                with launch_chromium(playwright) as browser:
                    for recorder, script in bundled.items():
                        context = browser.new_context()
                        samples.setdefault(name, {}).setdefault(recorder, []).append(
                            measure(context, url, script, name)
                        )
                        context.close()
    return {name: medians(by_recorder) for name, by_recorder in samples.items()}


def changes() -> list[str]:
    """Return the names of the changes, as `work.js` has them."""
    return [line.split('"')[1] for line in WORK.read_text().splitlines() if line.startswith('  "')]
