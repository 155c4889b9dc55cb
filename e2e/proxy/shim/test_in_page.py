"""What a page's own scripts see is what they see without the proxy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from e2e.proxy.shim.site import HOSTS, Sites

PATH = "/dir/page?q=1#frag"
CHECKS = Path(__file__).with_name("checks.js").read_text()
NAMES = [a or b for a, b in re.findall(r'^  (?:"([^"]+)"|(\w+)): async', CHECKS, re.MULTILINE)]
RUN = """async ([checks, name, own, other]) => {
  try {
    const running = new Function("OWN", "OTHER", "name", `${checks}; return CHECKS[name]()`)(own, other, name);
    const late = new Promise((_, refuse) => setTimeout(refuse, 5000, "nothing in 5 s"));
    return JSON.parse(JSON.stringify((await Promise.race([running, late])) ?? null));
  } catch (thrown) {
    return `threw ${thrown}`;
  }
}"""


@pytest.fixture(scope="module")
def contexts(browser: Browser, sites: Sites) -> Iterator[dict[str, BrowserContext]]:
    sites.jars.clear()
    made = {way: browser.new_context() for way in ("direct", "proxied")}
    yield made
    for context in made.values():
        context.close()


def seen(context: BrowserContext, sites: Sites, url: str, name: str) -> Any:
    page = context.new_page()
    try:
        page.goto(url)
        return page.evaluate(RUN, [CHECKS, name, sites.direct("", HOSTS[0]), sites.direct("", HOSTS[1])])
    finally:
        page.close()


@pytest.mark.parametrize("name", NAMES)
def test_y7_a_script_sees_what_it_sees_without_the_proxy(
    contexts: dict[str, BrowserContext], sites: Sites, name: str
) -> None:
    direct = seen(contexts["direct"], sites, sites.direct(PATH), name)
    proxied = seen(contexts["proxied"], sites, sites.proxied(PATH), name)
    assert proxied == direct
