"""A window of the console with a test at the other end."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from e2e.console.desk import Desk, opened
from e2e.flow import ROOT


@pytest.fixture(scope="session")
def assets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The console's bundle, as it is built for people."""
    folder = tmp_path_factory.mktemp("bundle")
    command = ["node", "tools/build.mjs", "--only", "team", "--out", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def desk(assets: Path) -> Iterator[Desk]:
    with opened(assets) as desk:
        yield desk


@pytest.fixture
def window(chromium: Browser) -> Iterator[Page]:
    """A console's window, as wide as a desk's."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    context.close()
