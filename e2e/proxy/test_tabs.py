"""The SDK in each page once, as one visitor in one tab on whatever sites the tab goes to (Y9)."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route
from playwright.sync_api import Error as PlaywrightError

from e2e.flow import Server, started, until
from e2e.proxy.shim.site import HOSTS, Sites, served

pytestmark = pytest.mark.journey

HERE, THERE = HOSTS


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sites]:
    with served(tmp_path_factory.mktemp("sites")) as sites:
        there = sites.direct("/there", THERE)
        sites.pages["/here"] = (
            f"<a href='{there}'>go</a><a href='{there}' target=_blank>open</a><a href='/echo' download>save</a>"
            f"<form method=post action='{there}'><button>send</button></form>"
        )
        sites.pages["/there"] = f"<a href='{sites.direct('/here')}'>back</a>"
        sites.pages["/frames"] = (
            f"<iframe src=/there></iframe><iframe src='{there}'></iframe>"
            "<iframe srcdoc='<p>own'></iframe><iframe></iframe>"
        )
        yield sites


@pytest.fixture(scope="module")
def proxying(sites: Sites, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
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


# What the SDK says when it connects. Not every driver tells of WebSockets.
LISTEN = """{
  const said = (self.__said = []);
  const { send } = WebSocket.prototype;
  WebSocket.prototype.send = function (text) {
    if (typeof text === 'string' && text.slice(0, 40).includes('"hello"')) said.push(text);
    return send.call(this, text);
  };
}"""

SAID = "(url) => document.URL === url && window.Upscope && !window.Upscope.q ? self.__said : []"


@dataclass
class Tab:
    """A tab, and what its SDK said."""

    page: Page

    def hello(self, url: str) -> dict[str, Any]:
        """Wait for the page of an address; the one hello of its SDK."""
        [said] = until(lambda: self._said(url), what=f"the hello of {url}", page=self.page)
        told: dict[str, Any] = json.loads(said)
        assert told["page"]["url"] == url
        return told

    def _said(self, url: str) -> list[str]:
        """What was said if the page is there; not waited for, as the driver may lose sight of a page that leads on."""
        try:
            said: list[str] = self.page.evaluate(SAID, url)
            return said
        except PlaywrightError:
            return []


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context()
    made.add_init_script(LISTEN)
    yield made
    made.close()


def opened(context: BrowserContext, server: Server, url: str) -> Tab:
    status, told = server.rest("POST", "proxy_sessions", {"initial_url": url})
    assert status == 200, told
    tab = Tab(context.new_page())
    tab.page.goto(told["url"])
    return tab


def who(hello: dict[str, Any]) -> tuple[str, str]:
    return hello["tab"], hello["visitor"]["short_id"]


def test_y9_a_tab_stays_one_tab_and_one_visitor_on_all_sites(
    context: BrowserContext, proxying: Server, sites: Sites
) -> None:
    tab = opened(context, proxying, sites.direct("/here"))
    page, here, there = tab.page, sites.direct("/here"), sites.direct("/there", THERE)
    first = who(tab.hello(here))
    page.get_by_text("go").click()
    assert who(tab.hello(there)) == first
    page.reload()
    assert who(tab.hello(there)) == first
    page.get_by_text("back").click()
    assert who(tab.hello(here)) == first
    page.get_by_text("send").click()
    assert who(tab.hello(there)) == first
    page.evaluate("(to) => void new Function('to', 'location = to')(to)", here)
    assert who(tab.hello(here)) == first
    assert page.evaluate("() => [sessionStorage.length, localStorage.length, document.cookie]") == [0, 0, ""]


def test_y9_two_tabs_stay_two(context: BrowserContext, proxying: Server, sites: Sites) -> None:
    one = opened(context, proxying, sites.direct("/here"))
    first = who(one.hello(sites.direct("/here")))
    with context.expect_page() as opening:
        one.page.get_by_text("open").click()
    two = Tab(opening.value)
    second = who(two.hello(sites.direct("/there", THERE)))
    assert second[0] != first[0]
    assert second[1] == first[1]
    one.page.get_by_text("go").click()
    assert who(one.hello(sites.direct("/there", THERE))) == first
    two.page.get_by_text("back").click()
    assert who(two.hello(sites.direct("/here"))) == second


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["in order", "the other way round"])
def test_y9_tabs_that_are_on_their_way_at_once_keep_their_ids(
    order: tuple[int, int], context: BrowserContext, proxying: Server, sites: Sites
) -> None:
    one = opened(context, proxying, sites.direct("/here"))
    known = [who(one.hello(sites.direct("/here")))]
    with context.expect_page() as opening:
        one.page.get_by_text("open").click()
    tabs = [one, Tab(opening.value)]
    known.append(who(tabs[1].hello(sites.direct("/there", THERE))))
    held: list[Route] = []
    goals = (sites.direct("/late", THERE), sites.direct("/late", HERE))
    for index, (tab, goal) in enumerate(zip(tabs, goals, strict=True)):
        tab.page.route(f"**/{proxying.public_key}.js", lambda route: held.append(route))  # noqa: PLW0108 - a built-in is not taken
        tab.page.evaluate("(to) => void new Function('to', 'location = to')(to)", goal)
        until(lambda: len(held) > index, what="a page whose SDK is on its way", page=tab.page)  # noqa: B023 - at once
    for index in order:
        held[index].continue_()
        assert who(tabs[index].hello(goals[index])) == known[index]


def test_y9_a_tab_that_only_saved_a_file_keeps_its_id(context: BrowserContext, proxying: Server, sites: Sites) -> None:
    one = opened(context, proxying, sites.direct("/here"))
    first = who(one.hello(sites.direct("/here")))
    with one.page.expect_download():
        one.page.get_by_text("save").click()
    one.page.keyboard.press("Shift")
    two = Tab(context.new_page())
    two.page.goto(one.page.url)
    assert who(two.hello(sites.direct("/here")))[0] != first[0]
    one.page.get_by_text("go").click()
    assert who(one.hello(sites.direct("/there", THERE))) == first


def test_y9_the_sdk_is_in_a_page_once_and_the_shim_in_each_frame(
    context: BrowserContext, proxying: Server, sites: Sites
) -> None:
    tab = opened(context, proxying, sites.direct("/frames"))
    tab.hello(sites.direct("/frames"))
    page = tab.page
    until(lambda: len(page.frames) == 5, what="the frames", page=page)
    for frame in page.frames:
        frame.wait_for_load_state()
        frame.wait_for_function("() => typeof self.__tp$?.encode === 'function' && typeof self.__tp$L === 'function'")
        assert frame.evaluate("() => document.scripts.length") == 0
        loaders = (
            "() => performance.getEntriesByType('resource').filter((e) => e.name.endsWith('/E2ePublic1.js')).length"
        )
        assert frame.evaluate(loaders) <= (frame is page.main_frame)
    tab.hello(sites.direct("/frames"))
