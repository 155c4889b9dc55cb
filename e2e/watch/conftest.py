"""A window of the watch page with a test at the other end of its link."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from e2e.flow import ROOT
from e2e.watch.desk import Desk, opened


@pytest.fixture(scope="session")
def assets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The watch bundle, as it is built for people."""
    folder = tmp_path_factory.mktemp("bundle")
    command = ["node", "tools/build.mjs", "--only", "watch", "--out", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return folder


@pytest.fixture
def desk(assets: Path) -> Iterator[Desk]:
    with opened(assets) as desk:
        yield desk


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    yield context
    context.close()


@pytest.fixture
def window(context: BrowserContext) -> Page:
    """An agent's window, not yet on the watch page; what goes wrong in it fails the test."""
    page = context.new_page()
    page.set_default_timeout(10_000)
    return page
