"""A page of 81 resources, 9.8 MB of scripts of real packages among them: asked directly, and through the proxy.

In one run and one browser, in turn: the site itself, a new proxy session (no script rewritten yet), the same session
again. The browser's own cache is empty each time. Milliseconds to the load event.
"""

from __future__ import annotations

import gzip
import json
import mimetypes
import random
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import uvicorn
from playwright.sync_api import CDPSession, Page, sync_playwright

from bench.browser import launch_chromium
from bench.server_process import PUBLIC_KEY, REST_KEY, Measured, twinpane

PACKAGES = Path(__file__).parent.parent / "node_modules"
RESOURCES = 81
OWN = re.compile(rf"/__tp/|/{PUBLIC_KEY}\.js")
PICTURE_BYTES = 12_000
SCRIPTS = (
    "underscore/underscore-umd.js jquery/dist/jquery.js backbone/backbone.js bootstrap/dist/js/bootstrap.bundle.js "
    "chart.js/dist/chart.umd.js codemirror/lib/codemirror.js d3/dist/d3.js echarts/dist/echarts.min.js "
    "handlebars/dist/handlebars.js immutable/dist/immutable.js katex/dist/katex.js "
    "knockout/build/output/knockout-latest.js leaflet/dist/leaflet-src.js lodash/lodash.js luxon/build/global/luxon.js "
    "marked/lib/marked.umd.js mathjs/lib/browser/math.js moment/min/moment-with-locales.js quill/dist/quill.js "
    "react/umd/react.development.js react-dom/umd/react-dom.development.js rxjs/dist/bundles/rxjs.umd.js "
    "three/build/three.min.js vue/dist/vue.global.js"
).split()
SHEETS = (
    "bootstrap/dist/css/bootstrap.css bootstrap/dist/css/bootstrap-grid.css bootstrap/dist/css/bootstrap-utilities.css "
    "katex/dist/katex.css leaflet/dist/leaflet.css codemirror/lib/codemirror.css quill/dist/quill.snow.css"
).split()


def files() -> dict[str, bytes]:
    """Return all that the page loads, and the page itself, by path."""
    found = {f"/{path}": (PACKAGES / path).read_bytes() for path in (*SHEETS, *SCRIPTS)}
    noise = random.Random(1)
    for number in range(RESOURCES - 1 - len(found)):
        found[f"/picture/{number}.bmp"] = b"BM" + noise.randbytes(PICTURE_BYTES)
    tags = {".css": '<link rel=stylesheet href="{}">', ".js": '<script src="{}"></script>', ".bmp": '<img src="{}">'}
    page = "".join(tags[Path(path).suffix].format(path) + "\n" for path in found)
    return {"/": f"<!doctype html><title>Page</title>\n{page}".encode(), **found}


def serve_site() -> None:
    """Run the site, packed as sites are; prints `ready URL`."""
    answers: dict[str, tuple[list[tuple[bytes, bytes]], bytes]] = {}
    for path, body in files().items():
        kind = mimetypes.guess_type(path)[0] or "text/html; charset=utf-8"
        headers = [(b"content-type", kind.encode()), (b"cache-control", b"max-age=60")]
        is_packed = not path.endswith(".bmp")
        sent = gzip.compress(body) if is_packed else body
        headers += [(b"content-encoding", b"gzip")] if is_packed else []
        answers[path] = ([*headers, (b"content-length", str(len(sent)).encode())], sent)

    async def app(scope: Any, receive: Any, send: Any) -> None:
        headers, body = answers.get(scope["path"], ([(b"content-length", b"0")], b""))
        status = 200 if scope["path"] in answers else 404
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    class Server(uvicorn.Server):
        async def startup(self, sockets: Any = None) -> None:
            await super().startup(sockets)
            print(f"ready http://127.0.0.1:{self.servers[0].sockets[0].getsockname()[1]}", flush=True)

    Server(uvicorn.Config(app, port=0, lifespan="off", log_config=None, access_log=False)).run()


@contextmanager
def site() -> Iterator[str]:
    """Run the site as a process of its own; gives its origin."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.proxy.page_load", "--site"], stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout
        yield process.stdout.readline().split()[1]
    finally:
        process.terminate()
        process.wait()


def start_link(server: Measured, url: str) -> str:
    """Return the link of a new proxy session."""
    headers = {"X-Api-Key": REST_KEY, "Content-Type": "application/json"}
    body = json.dumps({"initial_url": url}).encode()
    with urlopen(Request(f"{server.url}/v1.4/proxy_sessions", body, headers)) as answer:
        return str(json.load(answer)["url"])


def load_ms(page: Page, cdp: CDPSession, url: str) -> float:
    """Load an address with an empty cache; milliseconds from asking to the load event."""
    page.goto("about:blank")
    cdp.send("Network.clearBrowserCache")
    page.goto(url, wait_until="load", timeout=120_000)
    timing = page.evaluate("performance.getEntriesByType('navigation')[0].toJSON()")
    names = page.evaluate("performance.getEntriesByType('resource').map((each) => each.name)")
    count = sum(Path(urlsplit(name).path).suffix in (".css", ".js", ".bmp") and not OWN.search(name) for name in names)
    assert count == RESOURCES - 1, count
    return float(timing["loadEventStart"])


def run(rounds: int) -> dict[str, Any]:
    """Return the medians by arm, and the median of the rounds' ratios."""
    took: dict[str, list[float]] = {"direct": [], "proxied, new session": [], "proxied again": []}
    keys = {"TWINPANE_FETCH_ALLOW": "127.0.0.0/8"}
    with (
        site() as origin,
        twinpane(keys) as server,
        sync_playwright() as playwright,
        launch_chromium(playwright) as browser,
    ):
        page = browser.new_page()
        cdp = page.context.new_cdp_session(page)
        load_ms(page, cdp, f"{origin}/")
        for _ in range(rounds):
            took["direct"].append(load_ms(page, cdp, f"{origin}/"))
            link = start_link(server, f"{origin}/")
            took["proxied, new session"].append(load_ms(page, cdp, link))
            took["proxied again"].append(load_ms(page, cdp, page.url))
    direct = took["direct"]
    return {
        name: {
            "ms": statistics.median(each),
            "ratio": statistics.median(mine / base for mine, base in zip(each, direct, strict=True)),
        }
        for name, each in took.items()
    }


if __name__ == "__main__":
    if "--site" in sys.argv:
        serve_site()
    else:
        for name, got in run(3).items():
            print(f"{name}: {got['ms']:.0f} ms, {got['ratio']:.2f} x direct")
