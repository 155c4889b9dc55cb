"""What the first picture costs the agent's page: main-thread CPU, longest task, time to first and whole content.

Both players get all of a page at once, as an agent who joins late does; each measurement on a fresh page, players in
turn. Tasks are the main thread's by their CPU, layout and painting of the stage included. Times are by the clock:
`first` when something of the page stands on the stage, `whole` when its last element does, and a frame was shown.
"""

from __future__ import annotations

import statistics
from typing import Any

from playwright.sync_api import BrowserContext, sync_playwright

from bench.browser import launch_chromium
from bench.mirror import pages
from bench.mirror.recorders import FILES, RRWEB, TWINPANE, bundle, site
from bench.mirror.snapshot import START
from bench.mirror.tracing import traced

PAGES = {
    "1k": pages.cards(1_000),
    "10k": pages.cards(10_000),
    "50k": pages.cards(50_000),
    "table": pages.table(1000, 10),
}
PLAYERS = {TWINPANE: "play.js", RRWEB: "rrweb_play.mjs"}
MOUNT = """(messages) => {
  globalThis.messages = messages;
  __player.mount(document.getElementById("mount"));
}"""
PLAY = """async (elements) => {
  const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  const shown = async (count) => {
    while ((__player.doc()?.getElementsByTagName("*").length ?? 0) < count) await frame();
    await frame();
    return performance.now() - began;
  };
  performance.mark("bench-start");
  const began = performance.now();
  // The frames that are asked for must not be part of the first one's work.
  const first = new Promise((resolve) => setTimeout(() => resolve(shown(30))));
  const whole = new Promise((resolve) => setTimeout(() => resolve(shown(elements))));
  for (const message of messages) __player.feed(message);
  const times = [await first, await whole];
  await new Promise((resolve) => setTimeout(resolve, 300));
  performance.mark("bench-end");
  return times;
}"""


def recorded(context: BrowserContext, url: str, script: str) -> tuple[list[Any], int]:
    """Record a page; gives what was sent, and how many elements there are."""
    page = context.new_page()
    page.goto(url)
    page.evaluate(script)
    page.evaluate(START)
    messages = page.evaluate("JSON.parse(JSON.stringify(sent))")
    count = page.evaluate("document.getElementsByTagName('*').length")
    page.close()
    return messages, count


def measure(context: BrowserContext, player: str, messages: list[Any], elements: int) -> dict[str, float]:
    """Rebuild on a fresh page and take one sample."""
    with site("<!doctype html><title>Agent</title><div id=mount></div>") as url:
        page = context.new_page()
        page.set_viewport_size({"width": 1280, "height": 800})
        page.goto(url)
        page.evaluate(player)
        page.evaluate(MOUNT, messages)
        times: list[list[float]] = []
        cost = traced(context, page, PLAY, elements, times.append)
        page.close()
    first_ms, whole_ms = times[0]
    return {
        "cpu_ms": cost.cpu_ms,
        "longest_task_ms": cost.longest_task_ms,
        "tasks_over_50": cost.tasks_over_50,
        "first_ms": first_ms,
        "whole_ms": whole_ms,
    }


def run(rounds: int = 3, only: tuple[str, ...] = tuple(PAGES)) -> dict[str, dict[str, dict[str, float]]]:
    """Interleave players within a round; medians of the rounds."""
    samples: dict[str, dict[str, list[dict[str, float]]]] = {}
    with sync_playwright() as playwright:
        for size in only:
            with site(PAGES[size]) as url, launch_chromium(playwright) as browser:
                context = browser.new_context()
                told = {name: recorded(context, url, bundle(FILES[name])) for name in PLAYERS}
                context.close()
            for _ in range(rounds):
                with launch_chromium(playwright) as browser:
                    for name, file in PLAYERS.items():
                        context = browser.new_context()
                        sample = measure(context, bundle(file), *told[name])
                        samples.setdefault(size, {}).setdefault(name, []).append(sample)
                        context.close()
    return {
        size: {
            name: {figure: statistics.median(run[figure] for run in runs) for figure in runs[0]}
            for name, runs in by_name.items()
        }
        for size, by_name in samples.items()
    }


if __name__ == "__main__":
    for size, cells in run().items():
        for name, figures in cells.items():
            print(size, name, {figure: round(value, 1) for figure, value in figures.items()})
