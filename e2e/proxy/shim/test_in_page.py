"""What a page's own scripts see is what they see without the proxy."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from e2e.proxy.shim.checks import CHECKS
from e2e.proxy.shim.site import HOSTS, Sites

PATH = "/dir/page?q=1#frag"
RUN = """async ([code, own, other]) => {
  try {
    const running = new Function("OWN", "OTHER", `return (async () => { ${code} })()`)(own, other);
    const seen = await Promise.race([running, new Promise((_, late) => setTimeout(late, 5000, "nothing in 5 s"))]);
    return JSON.parse(JSON.stringify(seen ?? null));
  } catch (thrown) {
    return `threw ${thrown}`;
  }
}"""


@pytest.fixture(scope="module")
def contexts(browser: Browser, sites: Sites) -> Any:
    sites.jars.clear()
    made = {way: browser.new_context() for way in ("direct", "proxied")}
    yield made
    for context in made.values():
        context.close()


def seen(context: BrowserContext, sites: Sites, url: str, code: str) -> Any:
    page = context.new_page()
    try:
        page.goto(url)
        return page.evaluate(RUN, [code, sites.direct("", HOSTS[0]), sites.direct("", HOSTS[1])])
    finally:
        page.close()


@pytest.mark.parametrize("name", list(CHECKS))
def test_y7_a_script_sees_what_it_sees_without_the_proxy(
    contexts: dict[str, BrowserContext], sites: Sites, name: str
) -> None:
    direct = seen(contexts["direct"], sites, sites.direct(PATH), CHECKS[name])
    proxied = seen(contexts["proxied"], sites, sites.proxied(PATH), CHECKS[name])
    assert proxied == direct
