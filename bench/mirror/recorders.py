"""The recorders that are compared, and the site on which they run."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from bench.delay.delay import Handler

HERE = Path(__file__).parent
UNTOUCHED = "untouched"
TWINPANE = "twinpane"
RRWEB = "rrweb"
FILES = {
    TWINPANE: "record.js",
    RRWEB: "rrweb.mjs",
    "sentry's rrweb": "sentry.mjs",
    "openreplay": "openreplay.mjs",
    "clarity": "clarity.mjs",
}
# What OpenReplay's tracker wants to be told before it begins.
LET_IN = {
    **dict.fromkeys(("token", "userUUID", "userBrowser", "userOS", "userDevice"), "x"),
    **dict.fromkeys(("userCity", "userCountry", "userState"), "x"),
    "projectID": "1",
    "sessionID": "1",
    "delay": 0,
    "startTimestamp": 0,
    "canvasEnabled": False,
    "assistOnly": False,
    "beaconSizeLimit": 1_000_000,
    "compressionThreshold": 24_000,
}


class SiteHandler(Handler):
    """Serves one page, and lets OpenReplay's tracker in."""

    def do_POST(self) -> None:  # noqa: N802, the name that http.server calls
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(LET_IN).encode())


@contextmanager
def site(html: str) -> Iterator[str]:
    """Serve a page on a free port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(SiteHandler, html))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()


def bundle(name: str) -> str:
    """Bundle a script of this folder."""
    command = ["npx", "esbuild", str(HERE / name), "--bundle", "--minify", "--format=iife", "--log-level=error"]
    command += ["--define:global=globalThis", '--define:process.env.NODE_ENV="production"']
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=HERE.parent.parent).stdout


def scripts() -> dict[str, str]:
    """Bundle every recorder; the untouched page has none."""
    return {UNTOUCHED: ""} | {name: bundle(file) for name, file in FILES.items()}
