"""From a watch URL opened to the first picture painted in the agent's window, and to the whole page.

The demo shop, and a page of 50,000 nodes. Each round has a visitor who has just come (their page has the loader alone;
all else is fetched when the session begins) and who is not asked, for people take as long as they like. The agent's
browser either has nothing of ours yet, or has been here before; or the session runs already, and the agent is served
from the journal. The clock is the agent's window's own: 0 is when it began to open the address. Two browsers and the
server on one machine.
"""

from __future__ import annotations

import json
import statistics
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bench.browser import launch_chromium
from bench.delay.delay import page_server, percentile, start_session
from bench.mirror.pages import cards
from bench.server_process import PUBLIC_KEY, REST_KEY, Measured, running, twinpane

ROOT = Path(__file__).parent.parent.parent
PROBE = (Path(__file__).parent / "probe.js").read_text()
SHOP = {"first": "#products > *", "last": "#place-order", "styled": True}
NODES = 50_000
LARGE = {"first": "main > article", "last": f"[data-id='{NODES // 31 - 1}']", "styled": True}
ASKED = "() => Upscope('init', { requireAuthorizationForSession: false })"
ARMS = ("nothing cached", "been here before", "session runs already")


@contextmanager
def shop(server: Measured) -> Iterator[str]:
    """The demo shop against that server; gives its page."""
    command = [sys.executable, "-m", "bench.opening.shop"]
    told = {"TWINPANE_URL": server.url, "TWINPANE_PUBLIC_KEY": PUBLIC_KEY, "TWINPANE_REST_KEY": REST_KEY}
    with running(command, told) as site:
        yield f"{site.url}/visitor"


@contextmanager
def large(server: Measured) -> Iterator[str]:
    """A page of 50,000 nodes with the snippet."""
    snippet = (
        "<script>window.Upscope=function(){(Upscope.q=Upscope.q||[]).push(arguments)};Upscope('init')</script>"
        f"<script async src='{server.url}/{PUBLIC_KEY}.js'></script>"
    )
    with page_server(cards(NODES) + snippet) as url:
        yield url


def visiting(visitors: Browser, url: str) -> tuple[BrowserContext, str]:
    """Come to a page as a new visitor; the browser's context and the short ID."""
    context = visitors.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(url)
    page.wait_for_function("() => window.Upscope && !window.Upscope.q")
    page.evaluate(ASKED)
    short_id: str = page.evaluate("() => Upscope('getShortId')")
    return context, short_id


def opened(agents: BrowserContext, watch_url: str, sought: dict[str, Any]) -> tuple[Page, dict[str, float]]:
    """Open a watch URL; the window and its notes."""
    page = agents.new_page()
    page.add_init_script(f"globalThis.sought = {json.dumps(sought)};\n{PROBE}")
    page.goto(watch_url)
    page.wait_for_function("() => shownAt.whole", timeout=60_000)
    noted: dict[str, float] = page.evaluate("shownAt")
    return page, noted


def end(server: Measured, short_id: str) -> None:
    """End the visitor's session, as an integrator does."""
    address = f"{server.url}/v1.4/visitors/{short_id}/session"
    with urlopen(Request(address, headers={"X-Api-Key": REST_KEY}, method="DELETE")):
        pass


def one_round(
    server: Measured, url: str, sought: dict[str, Any], visitors: Browser, agents: Browser, been_here: BrowserContext
) -> dict[str, dict[str, float]]:
    """One opening of each kind, with one new visitor for each but the last."""
    got = {}
    fresh = agents.new_context(viewport={"width": 1280, "height": 800})
    for arm, context in ((ARMS[0], fresh), (ARMS[1], been_here)):
        visitor, short_id = visiting(visitors, url)
        window, got[arm] = opened(context, start_session(server.url, short_id), sought)
        if arm == ARMS[1]:
            again, got[ARMS[2]] = opened(context, start_session(server.url, short_id), sought)
            again.close()
        end(server, short_id)
        window.close()
        visitor.close()
    fresh.close()
    return got


PAGES = {"demo shop": (shop, SHOP), f"{NODES:,} nodes": (large, LARGE)}


def of_page(name: str, rounds: int) -> dict[str, list[dict[str, float]]]:
    """Notes of all rounds, by arm. A round before them warms up and does not count."""
    site, sought = PAGES[name]
    found: dict[str, list[dict[str, float]]] = {arm: [] for arm in ARMS}
    with (
        twinpane() as server,
        site(server) as url,
        sync_playwright() as playwright,
        launch_chromium(playwright) as visitors,
        launch_chromium(playwright) as agents,
    ):
        been_here = agents.new_context(viewport={"width": 1280, "height": 800})
        for number in range(rounds + 1):
            got = one_round(server, url, sought, visitors, agents, been_here)
            for arm, noted in got.items() if number else ():
                found[arm].append(noted)
    return found


def run(rounds: int = 40) -> dict[str, dict[str, list[dict[str, float]]]]:
    """Measure both pages, the large one in a quarter of the rounds."""
    return {name: of_page(name, max(5, rounds // 4) if name != "demo shop" else rounds) for name in PAGES}


HEAD = ["page", "the agent's browser", "first picture p50 ms", "p95", "whole page p50 ms", "p95", "nodes at first"]


def rows(found: dict[str, dict[str, list[dict[str, float]]]]) -> list[list[str]]:
    """Rows of the table."""
    told = []
    for page, arms in found.items():
        for arm, all_noted in arms.items():
            first = [noted["first"] for noted in all_noted]
            whole = [noted["whole"] for noted in all_noted]
            nodes = statistics.median(noted["nodes_at_first"] for noted in all_noted)
            figures = [statistics.median(first), percentile(first, 0.95)]
            figures += [statistics.median(whole), percentile(whole, 0.95)]
            told.append([page, arm, *(f"{figure:,.0f}" for figure in figures), f"{nodes:,.0f}"])
    return told


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    for page_name in sys.argv[2:] or PAGES:
        for cells in rows({page_name: of_page(page_name, count)}):
            print(*cells, sep="\t", flush=True)
