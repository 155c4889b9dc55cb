"""A page says through the proxy what it says without."""

from __future__ import annotations

import pytest

from e2e.proxy.conformance import content, identity, network
from e2e.proxy.conformance.case import Case
from e2e.proxy.conformance.table import Results
from e2e.proxy.conformance.visit import Pair

CASES = [*identity.CASES, *network.CASES, *content.CASES]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.item}-{case.title}")
def test_p3_a_page_says_what_it_says_without_the_proxy(case: Case, pair: Pair, results: Results) -> None:
    name = f"{case.item}-{CASES.index(case)}"
    pair.sites.pages[name] = (case.page, case.headers)
    direct, proxied = pair.both_pages(f"/page/{name}{case.path}")
    results.compare(pair.name, case.item, case.title, direct, proxied)
