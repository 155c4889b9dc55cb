"""Find and start the system's Chromium for measuring."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Playwright

QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]


@contextmanager
def launch_chromium(playwright: Playwright, *options: str) -> Iterator[Browser]:
    """Run a browser until the block ends."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    browser = playwright.chromium.launch(executable_path=path, args=[*QUIET, *options])
    try:
        yield browser
    finally:
        browser.close()
