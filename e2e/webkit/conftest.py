"""WebKit for tests: a screen for all of them, a browser for each."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest

from e2e.webkit.window import DRIVER, Window, display, webkit


@pytest.fixture(scope="module")
def screen() -> Iterator[str]:
    if "CI" not in os.environ and not (shutil.which(DRIVER) and shutil.which("Xvfb")):
        pytest.skip("needs WebKit's driver and a screen: Debian's webkit2gtk-driver and xvfb")
    with display() as name:
        yield name


@pytest.fixture
def window(screen: str) -> Iterator[Window]:
    with webkit(screen) as window:
        yield window
