"""A proxied site in a page of somebody else's (P1): with the browser's usual storage, with less, with none."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, Page, Playwright

from e2e import flow
from e2e.conftest import CHROMIUM, QUIET, installed
from e2e.flow import Server, started
from e2e.proxy.shim.site import HOSTS, Sites, served

pytestmark = pytest.mark.journey

HERE, THERE = HOSTS
EMBEDDER = "embedder.localhost"


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sites]:
    with served(tmp_path_factory.mktemp("sites")) as sites:
        there = sites.direct("/there", THERE)
        sites.pages["/here"] = (
            f"<h1>here</h1><a href='{there}'>go</a><a href='{there}' target=_blank>open</a>"
            "<script>document.cookie = 'seen=1; path=/'</script>"
        )
        sites.pages["/there"] = "<h1>there</h1>"
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


# How much a browser lets frames of other sites keep.
KEEPING: dict[str, tuple[dict[str, Any], list[str]]] = {
    "all": ({"profile": {"cookie_controls_mode": 0, "block_third_party_cookies": False}}, []),
    "only what is partitioned": (
        {"profile": {"cookie_controls_mode": 1, "block_third_party_cookies": True}},
        ["--test-third-party-cookie-phaseout"],
    ),
    "nothing": ({"profile": {"default_content_setting_values": {"cookies": 2}}}, []),
}
Launch = Callable[[str], Any]


@pytest.fixture
def launch(playwright: Playwright, tmp_path: Path) -> Launch:
    """Start a Chromium that keeps so much, with a profile of its own."""

    @contextmanager
    def launching(keeping: str) -> Iterator[BrowserContext]:
        preferences, arguments = KEEPING[keeping]
        profile = tmp_path / keeping
        (profile / "Default").mkdir(parents=True)
        (profile / "Default/Preferences").write_text(json.dumps(preferences))
        context = playwright.chromium.launch_persistent_context(
            str(profile), executable_path=installed(CHROMIUM), args=[*QUIET, *arguments]
        )
        try:
            yield context
        finally:
            context.close()

    return launching


def embedded(context: BrowserContext, proxying: Server, sites: Sites) -> tuple[Page, Frame]:
    """Another site's page with the start link in a frame."""
    status, told = proxying.rest("POST", "proxy_sessions", {"initial_url": sites.direct("/here")})
    assert status == 200, told
    sites.pages["/embedder"] = f"<title>embedder</title><iframe name=inner width=800 height=600 src='{told['url']}'>"
    page = context.new_page()
    page.goto(sites.direct("/embedder", EMBEDDER))
    frame = page.frame("inner")
    assert frame is not None
    return page, frame


@pytest.mark.parametrize("keeping", ["all", "only what is partitioned"])
def test_p1_a_site_works_in_a_frame_by_the_partitioned_cookie(
    launch: Launch, proxying: Server, sites: Sites, keeping: str
) -> None:
    with launch(keeping) as context:
        page, frame = embedded(context, proxying, sites)
        frame.get_by_role("heading", name="here").wait_for()
        assert "seen=1" in frame.evaluate("async () => (await (await fetch('/echo')).json()).cookie")
        cookies = [each for each in context.cookies() if each["name"].startswith("tps_")]
        [cookie] = [each for each in cookies if each.get("partitionKey") == f"http://{EMBEDDER}"]
        assert (len(cookies) == 1) == (keeping != "all")
        assert (cookie["httpOnly"], cookie["secure"], cookie["sameSite"]) == (True, True, "None")
        frame.wait_for_function("() => window.Upscope && !window.Upscope.q")
        frame.get_by_text("go").click()
        frame.get_by_role("heading", name="there").wait_for()
        assert page.title() == "embedder"
        frame.wait_for_function("() => window.Upscope && !window.Upscope.q")


def test_p1_where_a_frame_keeps_nothing_a_tab_of_its_own_is_offered(
    launch: Launch, proxying: Server, sites: Sites
) -> None:
    with launch("nothing") as context:
        page, frame = embedded(context, proxying, sites)
        frame.get_by_role("heading", name="Open in its own tab").wait_for()
        button = frame.get_by_role("link", name="Open in a new tab")
        assert button.get_attribute("target") == "_blank"
        link = button.evaluate("(a) => a.href")
        assert page.title() == "embedder"
    # Browsers that block frames' storage keep that of tabs: here another one stands in for that.
    with launch("all") as context:
        tab = context.new_page()
        tab.goto(link)
        tab.get_by_role("heading", name="here").wait_for()


def test_p1_a_new_tab_from_a_frame_is_let_in(launch: Launch, proxying: Server, sites: Sites) -> None:
    """The partitioned cookie is the frame's alone; a tab has the other, where the browser keeps it."""
    with launch("all") as context:
        page, frame = embedded(context, proxying, sites)
        frame.get_by_role("heading", name="here").wait_for()
        with context.expect_page() as opening:
            frame.get_by_text("open").click()
        opening.value.get_by_role("heading", name="there").wait_for()
        frame.get_by_text("go").click()
        frame.get_by_role("heading", name="there").wait_for()
        assert page.title() == "embedder"


BLOCKED = """for (const name of ['localStorage', 'sessionStorage']) {
  if (location.host.includes('.px.')) Object.defineProperty(window, name, {configurable: true, get() {
    throw new DOMException('The request was denied.', 'SecurityError');
  }});
}"""
USE = """() => {
  const found = [];
  for (const storage of [localStorage, sessionStorage]) {
    storage.clear();
    storage.one = 1;
    storage.setItem('two', 2);
    storage['three'] = {};
    found.push(storage.length, storage.one, storage.getItem('two'), storage.three, storage.getItem('none'));
    found.push(storage.none, Object.keys(storage).sort().join(), 'one' in storage);
    found.push(Object.entries(storage).sort().join());
    delete storage.one;
    storage.removeItem('two');
    found.push(storage.length, storage.key(0), storage.key(9), storage instanceof Storage, String(storage));
    storage.clear();
    found.push(storage.length);
  }
  return found;
}"""


def test_y7_where_storage_is_blocked_a_page_has_one_for_its_life(
    browser: Browser, proxying: Server, sites: Sites
) -> None:
    """As some browsers do for frames of other sites: the property throws. The page sees a storage that works."""
    plain, blocked = browser.new_context(), browser.new_context()
    blocked.add_init_script(BLOCKED)
    direct = plain.new_page()
    direct.goto(sites.direct("/there"))
    _, frame = embedded(blocked, proxying, sites)
    frame.get_by_role("heading", name="here").wait_for()
    assert frame.evaluate(USE) == direct.evaluate(USE)
    frame.wait_for_function("() => window.Upscope && !window.Upscope.q")
    plain.close()
    blocked.close()


def test_y8_a_link_that_is_dragged_away_is_the_proxied_one(chromium: Browser, proxying: Server, sites: Sites) -> None:
    """What is dropped elsewhere, such as on the row of tabs, must not leave the proxy."""
    context = chromium.new_context()
    status, told = proxying.rest("POST", "proxy_sessions", {"initial_url": sites.direct("/here")})
    assert status == 200
    page = context.new_page()
    page.goto(told["url"])
    page.evaluate(
        """() => {
          document.body.style.height = '400px';
          addEventListener('dragover', (e) => e.preventDefault());
          addEventListener('drop', (e) => {
            self.dropped = e.dataTransfer.getData('text/uri-list');
            e.preventDefault();
          });
        }"""
    )
    page.get_by_text("go", exact=True).drag_to(page.locator("body"), target_position={"x": 100, "y": 300})
    dropped = flow.until(lambda: page.evaluate("() => self.dropped"), what="the dropped link", page=page)
    assert dropped.split(".")[1] == "px"
    assert page.get_by_text("go", exact=True).evaluate("(a) => a.href") == sites.direct("/there", THERE)
    context.close()
