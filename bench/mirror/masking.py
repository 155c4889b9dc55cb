"""`python -m bench.mirror.masking`: what masks cost in capture; a page of 10,000 nodes, with and without 20 selectors.

Nothing in the page matches, so that all is told both times and the difference is the selectors' alone. Pairs in one
run, each page fresh, which of the two comes first by turns; thread time of the main thread, net of the untouched page.
"""

from __future__ import annotations

import argparse
import statistics

from playwright.sync_api import BrowserContext, sync_playwright

from bench.browser import launch_chromium
from bench.mirror import pages
from bench.mirror.recorders import TWINPANE, UNTOUCHED, scripts, site
from bench.mirror.snapshot import START
from bench.mirror.tracing import traced

SELECTORS = [
    *(".iban", ".card-number", ".balance-amount", ".secret", ".pii", ".ssn", "#account", "#salary"),
    *("[data-private]", "[data-sensitive='yes']", "input[name=iban]", "textarea.note", "td.amount", "span.phone"),
    *(".vault p", ".profile .email", "form.payment input", ".invoice > .total", "section.health *", ".inbox li .from"),
]
CHANGES = """async () => {
  const items = document.querySelectorAll("h3");
  performance.mark("bench-start");
  for (let turn = 0; turn < 50; turn++) {
    items[turn].firstChild.data = `changed ${turn}`;
    items[turn + 50].className = `turn-${turn}`;
    await __mirror.flush();
  }
  performance.mark("bench-end");
}"""


def measure(context: BrowserContext, url: str, script: str, selectors: list[str]) -> tuple[float, float]:
    """The first picture, and 50 batches of changes."""
    page = context.new_page()
    page.goto(url)
    page.evaluate("selectors => { globalThis.__mirrorRules = { maskedElements: selectors } }", selectors)
    page.evaluate(script or "globalThis.__mirrorless = true")
    first = traced(context, page, START).cpu_ms
    if not script:
        page.evaluate("globalThis.__mirror = { flush: () => new Promise((resolve) => setTimeout(resolve, 20)) }")
    changes = traced(context, page, CHANGES).cpu_ms
    page.close()
    return first, changes


def run(rounds: int) -> dict[str, list[tuple[float, float]]]:
    """Pairs, and the untouched page beside each."""
    script = scripts()[TWINPANE]
    kinds = {UNTOUCHED: ("", []), "without": (script, []), "with": (script, SELECTORS)}
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in kinds}
    with sync_playwright() as playwright, site(pages.cards(10_000)) as url:
        for number in range(rounds):
            with launch_chromium(playwright) as browser:
                for name in list(kinds)[:: 1 if number % 2 else -1]:
                    context = browser.new_context()
                    found[name].append(measure(context, url, *kinds[name]))
                    context.close()
    return found


def main() -> None:
    """Print medians, and the median of the pairs' ratios."""
    parser = argparse.ArgumentParser(prog="bench.mirror.masking", description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    found = run(parser.parse_args().rounds)
    for place, what in enumerate(("first picture", "50 batches of changes")):
        idle = statistics.median(each[place] for each in found[UNTOUCHED])
        bare, masked = ([each[place] - idle for each in found[name]] for name in ("without", "with"))
        ratio = statistics.median(one / other for one, other in zip(masked, bare, strict=True))
        middle = f"{statistics.median(bare):.1f} ms without, {statistics.median(masked):.1f} ms with 20 selectors"
        print(f"{what}: {middle}; median of {len(bare)} pairs: {100 * (ratio - 1):+.1f} %")


if __name__ == "__main__":
    main()
