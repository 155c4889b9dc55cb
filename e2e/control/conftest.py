"""Builds the test pages with real libraries, serves them, and opens them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from e2e.conftest import node_packages
from e2e.control.twin import Twin

HERE = Path(__file__).parent
ROOT = HERE.parent.parent


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the parent's name
        """Say nothing: a test's output is its failures."""


def run_node(*command: str, cwd: Path = ROOT) -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    subprocess.run(command, cwd=cwd, env={**os.environ, "PATH": path}, check=True, capture_output=True)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Bundle the pages and serve them; yields the address."""
    node_packages(HERE)
    folder = tmp_path_factory.mktemp("control")
    esbuild = str(ROOT / "node_modules/.bin/esbuild")
    # The house's own JSX is Preact's; these pages are React's.
    options = ["--bundle", f"--outdir={folder}", "--tsconfig-raw={}", "--jsx=automatic", "--jsx-import-source=react"]
    define = '--define:process.env.NODE_ENV="production"'
    entries = [str(HERE / "page" / name) for name in ("react.tsx", "editors.ts")]
    run_node(esbuild, *entries, "--format=esm", define, *options)
    run_node(esbuild, str(HERE / "page/harness.ts"), "--format=iife", *options)
    for page in HERE.glob("page/*.html"):
        shutil.copy(page, folder)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def open_page(browser: Browser, site: str) -> Iterator[Callable[[str], Twin]]:
    """Open one of the pages, in each browser."""
    context = browser.new_context(viewport={"width": 1000, "height": 900})

    def open_named(name: str) -> Twin:
        page = context.new_page()
        page.goto(f"{site}/{name}.html")
        return Twin(page)

    yield open_named
    context.close()


@pytest.fixture
def plain(open_page: Callable[[str], Twin]) -> Twin:
    return open_page("plain")
