"""WebKit for tests: a screen for all of them, a browser for each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from e2e.webkit.window import Window, display, webkit


@pytest.fixture(scope="module")
def screen() -> Iterator[str]:
    with display() as name:
        yield name


@pytest.fixture
def window(screen: str) -> Iterator[Window]:
    with webkit(screen) as window:
        yield window
