"""Builds the shop page with the visitor's cards on it and serves it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
OUT = ROOT / "e2e/out/cards"


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the parent's name
        """Say nothing: a test's output is its failures."""


@pytest.fixture(scope="session")
def shop() -> Iterator[str]:
    """The address of the page with cards on it."""
    with serving() as address:
        yield address


@contextmanager
def serving() -> Iterator[str]:
    """Bundle the page and serve it; gives its address."""
    with tempfile.TemporaryDirectory() as folder:
        build(folder)
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=folder))
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/shop.html"
        server.shutdown()
        thread.join()
        server.server_close()


def build(folder: str) -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    esbuild = str(ROOT / "node_modules/.bin/esbuild")
    command = [esbuild, str(HERE / "page/harness.ts"), "--bundle", "--format=iife", f"--outdir={folder}"]
    subprocess.run(command, cwd=ROOT, env={**os.environ, "PATH": path}, check=True, capture_output=True)
    for name in ("shop.html", "shop.css"):
        shutil.copy(HERE / "page" / name, folder)


@pytest.fixture
def page(browser: Browser, shop: str) -> Iterator[Page]:
    """The shop in each browser."""
    context = browser.new_context(viewport={"width": 1000, "height": 700})
    page = context.new_page()
    page.goto(shop)
    yield page
    context.close()
