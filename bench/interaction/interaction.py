"""What a visitor's page feels of us while it works: the main thread's CPU for whole operations of real frameworks.

Rows: create 1,000, change every 10th, choose one, swap two, remove one, append 1,000, clear. To-dos: add 100 by the
events of a person, tick and delete each. All arms in turn in one run, each with a fresh page; a sample follows one that
warms the code up, and is the CPU of the renderer's main thread with what comes 0.2 s later. `SDK, no session` is there
and waits; `live session` is watched in another browser; rrweb's events become text, as they must to be sent.
"""

from __future__ import annotations

import statistics
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bench.browser import launch_chromium
from bench.delay.delay import page_server, start_session
from bench.mirror.tracing import traced
from bench.server_process import PUBLIC_KEY, Measured, twinpane

HERE = Path(__file__).parent
APPS = ("react", "vue", "lit", "jquery")
WORKS = {"rows": 2, "todos": 2}
BARE, IDLE, LIVE, RRWEB = "no SDK", "SDK, no session", "live session", "rrweb recording"
ARMS = (BARE, IDLE, LIVE, RRWEB)
PAGE = "<!doctype html><meta charset=utf-8><title>App</title><div id=app></div>"


def bundle(name: str) -> str:
    """Bundle a script of this folder."""
    command = ["npx", "esbuild", str(HERE / name), "--bundle", "--minify", "--format=iife", "--log-level=error"]
    command.append('--define:process.env.NODE_ENV="production"')
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=HERE.parent).stdout


def snippet(server: Measured) -> str:
    """Return what an integrator puts into a page."""
    return (
        "<script>window.Upscope=function(){(Upscope.q=Upscope.q||[]).push(arguments)};"
        "Upscope('init',{requireAuthorizationForSession:false,uniqueId:'work'})</script>"
        f"<script async src='{server.url}/{PUBLIC_KEY}.js'></script>"
    )


@contextmanager
def opened(context: BrowserContext, agents: Browser, server: Measured, arm: str, app: str) -> Iterator[Page]:
    """Open a page with an app, as the arm has it."""
    html = PAGE + (snippet(server) if arm in (IDLE, LIVE) else "")
    with page_server(html) as url:
        page = context.new_page()
        page.goto(url)
        page.add_script_tag(content=app)
        page.evaluate("app.start(document.getElementById('app'))")
        page.add_script_tag(content=(HERE / "work.js").read_text())
        if arm == RRWEB:
            page.add_script_tag(content=bundle("rrweb.mjs"))
        if arm in (IDLE, LIVE):
            short_id = page.evaluate("() => new Promise(resolve => Upscope('getShortId', resolve))")
        if arm == LIVE:
            # What the test looks for is not in the watch page's own policy.
            agent = agents.new_context(bypass_csp=True).new_page()
            agent.goto(start_session(server.url, short_id))
            agent.wait_for_function("document.querySelector('iframe')?.contentDocument?.getElementById('app')")
        yield page
        page.close()
        for other in agents.contexts:
            other.close()


def run(rounds: int = 3, apps: tuple[str, ...] = APPS) -> dict[str, dict[str, dict[str, float]]]:
    """Return median ms of CPU by app, work and arm."""
    samples: dict[str, dict[str, dict[str, list[float]]]] = {}
    scripts = {app: bundle(f"apps/{app}.mjs") for app in apps}
    with sync_playwright() as playwright, twinpane() as server:
        for turn in range(rounds):
            for app, script in scripts.items():
                with launch_chromium(playwright) as visitors, launch_chromium(playwright) as agents:
                    # Another order each time: who is first has the coldest machine.
                    for arm in ARMS[turn % len(ARMS) :] + ARMS[: turn % len(ARMS)]:
                        context = visitors.new_context()
                        with opened(context, agents, server, arm, script) as page:
                            for work, times in WORKS.items():
                                page.evaluate("work", [work, 1])
                                cost = traced(context, page, "work", [work, times]).cpu_ms
                                cells = samples.setdefault(app, {}).setdefault(work, {})
                                cells.setdefault(arm, []).append(cost)
                        context.close()
    return {
        app: {work: {arm: statistics.median(costs) for arm, costs in cells.items()} for work, cells in works.items()}
        for app, works in samples.items()
    }


if __name__ == "__main__":
    for app, works in run(1).items():
        for work, cells in works.items():
            print(app, work, {arm: f"{ms:.0f} ms, {ms / cells[BARE] - 1:+.1%}" for arm, ms in cells.items()})
