"""From a change in the visitor's page to its picture at the agent: Twinpane beside rrweb's live replayer, same run.

Twinpane runs whole: page with the SDK, server, watch page. rrweb gets recorder, the stock relay and its Replayer.
Each tries the same changes in two browsers on one machine.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from playwright.sync_api import Browser, Page, sync_playwright

from bench.browser import launch_chromium
from bench.server_process import PUBLIC_KEY, REST_KEY, starlette, twinpane

HERE = Path(__file__).parent
CHANGES = 120
SETTLED_MS = 1000
"""Both windows have drawn themselves by then; the first changes of a session would else wait for that, in all arms."""
ITEMS = "".join(f"<li data-i={i}><b>{i}</b> item</li>" for i in range(1000))
PAGE = f"<!doctype html><title>Delay</title><h1 id=clock>tick 0</h1><ul id=list>{ITEMS}</ul>"


class Handler(BaseHTTPRequestHandler):
    """Serves one page, whatever is asked."""

    def __init__(self, html: str, *arguments: Any) -> None:
        self.html = html.encode()
        super().__init__(*arguments)

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(self.html)

    def log_message(self, *arguments: Any) -> None:
        """Say nothing."""


@contextmanager
def page_server(html: str) -> Iterator[str]:
    """Serve a page on a free port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, html))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()


def bundle(name: str) -> str:
    """Bundle a script of this folder."""
    command = ["npx", "esbuild", str(HERE / name), "--bundle", "--minify", "--format=iife", "--log-level=error"]
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=HERE.parent.parent).stdout


def percentile(values: list[float], part: float) -> float:
    """Return the value at a part of the sorted list."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def take(visitor: Page, agent: Page, mirror: str, busy: bool) -> dict[str, float]:
    """Make the changes, a second after the agent has the page, and compare the two clocks' notes."""
    agent.wait_for_function(f"globalThis.watchClock({mirror})", timeout=20_000)
    agent.wait_for_timeout(SETTLED_MS)
    changed: dict[str, float] = visitor.evaluate("([count, busy]) => makeChanges(count, busy)", [CHANGES, busy])
    try:
        agent.wait_for_function(f"paintedAt[{CHANGES}] > 0", timeout=5_000)
    except Exception:
        print("the last change never arrived")
    painted: dict[str, float | None] = agent.evaluate("paintedAt")
    delays = [at - changed[tick] for tick, at in painted.items() if at]
    return {
        "p50_ms": statistics.median(delays) if delays else float("nan"),
        "p99_ms": percentile(delays, 0.99) if delays else float("nan"),
        "lost": CHANGES - len(delays),
    }


def of_twinpane(visitors: Browser, agents: Browser, busy: bool) -> dict[str, float]:
    """Measure the whole product."""
    probe = (HERE / "probe.mjs").read_text()
    with twinpane() as server:
        snippet = (
            "<script>window.Upscope=function(){(Upscope.q=Upscope.q||[]).push(arguments)};"
            "Upscope('init',{requireAuthorizationForSession:false,uniqueId:'delay'})</script>"
            f"<script async src='{server.url}/{PUBLIC_KEY}.js'></script>"
        )
        with page_server(PAGE + snippet) as url:
            visitor = visitors.new_context().new_page()
            visitor.add_init_script(probe)
            visitor.goto(url)
            short_id = visitor.evaluate("() => new Promise(resolve => Upscope('getShortId', resolve))")
            # The probe is not ours to allow in the watch page's own policy.
            agent = agents.new_context(bypass_csp=True).new_page()
            agent.add_init_script(probe)
            agent.goto(start_session(server.url, short_id))
            return take(visitor, agent, "document.querySelector('iframe')?.contentDocument", busy)


def start_session(url: str, short_id: str) -> str:
    """Ask for a watch URL as an integrator does."""
    body = json.dumps({"agent": {"id": "bench", "name": "Bench"}}).encode()
    headers = {"X-Api-Key": REST_KEY, "Content-Type": "application/json"}
    with urlopen(Request(f"{url}/v1.4/visitors/{short_id}/watch_url", body, headers)) as answer:
        watch_url: str = json.load(answer)["watch_url"]
        return watch_url


def of_rrweb(visitors: Browser, agents: Browser, busy: bool, buffer_ms: int) -> dict[str, float]:
    """Measure recorder, relay and live replayer."""
    probe = (HERE / "probe.mjs").read_text()
    with starlette() as relay, page_server(PAGE) as url, page_server("<!doctype html><body>") as player_url:
        socket = relay.url.replace("http", "ws")
        agent = agents.new_context().new_page()
        agent.goto(player_url)
        agent.evaluate(probe)
        agent.evaluate(bundle("rrweb_agent.mjs"))
        agent.evaluate("([url, ms]) => startPlaying(url, ms)", [f"{socket}/r/1/a", buffer_ms])
        visitor = visitors.new_context().new_page()
        visitor.goto(url)
        visitor.evaluate(probe)
        visitor.evaluate(bundle("rrweb_visitor.mjs"))
        visitor.evaluate("url => startRecording(url)", f"{socket}/r/1/v")
        return take(visitor, agent, "document.querySelector('iframe')?.contentDocument", busy)


def run(rounds: int = 2) -> dict[str, dict[str, dict[str, float]]]:
    """Interleave all; keep each cell's round with the least median."""
    arms: dict[str, Callable[[Browser, Browser, bool], dict[str, float]]] = {
        "twinpane": of_twinpane,
        "rrweb live, no buffer": partial(of_rrweb, buffer_ms=0),
        "rrweb live, documented 1 s buffer": partial(of_rrweb, buffer_ms=1000),
    }
    best: dict[str, dict[str, dict[str, float]]] = {"idle page": {}, "busy page": {}}
    with sync_playwright() as playwright:
        for _ in range(rounds):
            for load, cells in best.items():
                for name, arm in arms.items():
                    with launch_chromium(playwright) as visitors, launch_chromium(playwright) as agents:
                        got = arm(visitors, agents, load == "busy page")
                    if name not in cells or got["p50_ms"] < cells[name]["p50_ms"]:
                        cells[name] = got
    return best
