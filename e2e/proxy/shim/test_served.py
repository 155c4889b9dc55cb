"""The same, through the server itself: it rewrites what it serves, the shim what the page makes."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from e2e.flow import Server, started
from e2e.proxy.shim.site import HOSTS, Sites
from e2e.proxy.shim.test_in_page import CHECKS, NAMES, PATH, RUN

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def proxying(sites: Sites, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that may fetch the two sites."""
    server = Server.fresh(tmp_path_factory.mktemp("proxying"))
    server.settings = {
        "TWINPANE_FETCH_ALLOW": " ".join(HOSTS),
        "TWINPANE_FETCH_RESOLVE": " ".join(f"{host}=127.0.0.1" for host in HOSTS),
    }
    command = [str(Path(sys.executable).with_name("twinpane")), "serve", "--port", "0", "--data", str(server.data)]
    with started(command, server.environment(), server.log):
        server.wait_until_ready()
        yield server
    assert "Traceback" not in server.log.read_text(), f"the server met an exception, see {server.log}"


def visit(context: BrowserContext, proxying: Server, sites: Sites, **body: Any) -> Page:
    """A tab of a new proxy session, at the page."""
    status, answer = proxying.rest("POST", "proxy_sessions", {"initial_url": sites.direct(PATH), **body})
    assert status == 200, answer
    page = context.new_page()
    page.goto(answer["url"])
    return page


@pytest.fixture(scope="module")
def contexts(browser: Browser) -> Iterator[dict[str, BrowserContext]]:
    made = {way: browser.new_context() for way in ("direct", "proxied")}
    yield made
    for context in made.values():
        context.close()


@pytest.mark.parametrize("name", NAMES)
def test_y7_a_script_sees_through_the_server_what_it_sees_without(
    contexts: dict[str, BrowserContext], proxying: Server, sites: Sites, name: str
) -> None:
    arguments = [CHECKS, name, sites.direct("", HOSTS[0]), sites.direct("", HOSTS[1])]
    direct = contexts["direct"].new_page()
    direct.goto(sites.direct(PATH))
    expected = direct.evaluate(RUN, arguments)
    page = visit(contexts["proxied"], proxying, sites)
    seen = page.evaluate(RUN, arguments)
    direct.close()
    page.close()
    assert seen == expected


def test_y9_the_sdk_connects_once_as_the_same_visitor_on_every_site(
    browser: Browser, proxying: Server, sites: Sites
) -> None:
    context = browser.new_context()
    unique_id = f"visitor-{browser.browser_type.name}"
    page = visit(context, proxying, sites, unique_id=unique_id)
    page.wait_for_function("() => window.Upscope && !window.Upscope.q")
    first = page.evaluate("() => Upscope('getShortId')")
    page.evaluate("(to) => void new Function('TO', 'location = TO')(to)", sites.direct("/empty", HOSTS[1]))
    page.wait_for_url("**/empty")
    page.wait_for_function("() => window.Upscope && !window.Upscope.q")
    assert page.evaluate("() => Upscope('getShortId')") == first
    assert page.evaluate("() => [Upscope.fromProxy, localStorage.length, document.scripts.length]") == [True, 0, 0]
    status, found = proxying.rest("GET", f"list?search=id:{unique_id}")
    assert status == 200, found
    assert [entry["short_id"] for entry in found["visitors"]] == [first]
    assert sites.direct("/empty", HOSTS[1]) in str(found)
    context.close()
