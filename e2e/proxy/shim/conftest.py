"""Two sites, direct and as the proxy serves them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from e2e.proxy.shim.checks import PAGES
from e2e.proxy.shim.site import Sites, served


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sites]:
    with served(tmp_path_factory.mktemp("sites")) as sites:
        sites.pages.update(PAGES)
        yield sites
