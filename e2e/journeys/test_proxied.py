"""Help on a site that carries nobody's script: from the integrator's endpoint through the proxy to the end."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from e2e import flow, screens
from e2e.conftest import shop
from e2e.flow import Server, started

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def helper(proxying: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The example integrator in front of that server."""
    url = proxying.url.replace("127.0.0.1", "localhost")
    with shop(proxying, url, tmp_path_factory.mktemp("helper") / "log") as address:
        yield address


def opened(helper: str, browser: Browser, unique_id: str) -> Page:
    """The visitor's tab on the library, from the integrator's endpoint."""
    visitor = flow.visitor_context(browser).new_page()
    visitor.goto(f"{helper}/visitor-proxied?uniqueId={unique_id}")
    visitor.locator("#books li").nth(5).wait_for()
    return visitor


def test_p1_agent_finds_sees_and_helps_a_visitor_on_a_foreign_site(
    proxying: Server, helper: str, library: str, browser: Browser
) -> None:
    """The whole story: one visitor, one session, two hosts, real addresses."""
    unique_id = f"reader-{browser.browser_type.name}"
    visitor = opened(helper, browser, unique_id)
    assert ".px.localhost:" in visitor.url
    short_id = flow.short_id(visitor)
    found = proxying.rest("GET", f"list?search=id:{unique_id}")[1]["visitors"]
    assert [(each["short_id"], each["last_url"]) for each in found] == [(short_id, f"{library}/")]

    agent = flow.watch(browser, f"{helper}/agent?uniqueId={unique_id}")
    flow.press_card(visitor, "Allow")
    flow.take_control(agent)
    flow.click(visitor, agent, "#search")
    agent.keyboard.type("ferry")
    flow.until_value(visitor, "#search", "ferry")
    visitor.wait_for_function("() => document.querySelectorAll('#books li').length === 1")
    flow.click(visitor, agent, "#books a")
    visitor.locator("#reserve").wait_for()
    assert visitor.evaluate("() => document.title").startswith("Night Ferry")

    visitor.go_back()
    visitor.locator("#to-club").click()
    visitor.locator("#join").wait_for()
    club = library.replace("library.", "club.")
    until_last_url(proxying, short_id, f"{club}/?from=library")
    flow.until(lambda: stage_text(agent, "h1") == "This month: Night Ferry", what="the club at the agent's", page=agent)
    assert flow.short_id(visitor) == short_id
    visitor.fill("[name=name]", "Ada")
    visitor.locator("#join button").click()
    visitor.get_by_text("Ada is on the list of club.localhost").wait_for()
    flow.until(lambda: "Ada" in stage_text(agent, "#coming"), what="the same words at the agent's", page=agent)


def test_p3_log_in_forms_and_upload_work_on_a_foreign_site(helper: str, browser: Browser) -> None:
    visitor = opened(helper, browser, f"forms-{browser.browser_type.name}")
    visitor.fill("[name=reader]", "Ada")
    visitor.click("#log-in")
    visitor.locator("#reader", has_text="Ada").wait_for()
    visitor.click("#size")
    visitor.reload()
    assert visitor.evaluate("() => document.documentElement.className") == "large"
    assert "reader=" not in visitor.evaluate("() => document.cookie")
    visitor.locator("#books a").first.click()
    visitor.click("#reserve")
    visitor.wait_for_function("() => document.querySelector('#state')?.textContent === 'reserved'")
    visitor.locator(".brand").click()
    visitor.locator("#held", has_text="Tides").wait_for()
    visitor.set_input_files("[name=list]", {"name": "l.txt", "mimeType": "text/plain", "buffer": b"One\nTwo\n"})
    visitor.click("#propose-form button")
    visitor.get_by_text("Thank you for 2 books.").wait_for()
    visitor.get_by_text("is back on the shelf").wait_for()


def test_y3_two_sessions_in_one_browser_share_no_cookie(helper: str, chromium: Browser) -> None:
    """Two sessions in one browser: who logs in to one is not logged in to the other."""
    one = opened(helper, chromium, "one")
    two = one.context.new_page()
    two.goto(f"{helper}/visitor-proxied?uniqueId=two")
    one.fill("[name=reader]", "Ada")
    one.click("#log-in")
    one.locator("#reader").wait_for()
    two.reload()
    two.locator("#log-in").wait_for()


def test_y2_start_link_opens_once_and_says_so(proxying: Server, library: str, chromium: Browser) -> None:
    status, told = proxying.rest("POST", "proxy_sessions", {"initial_url": f"{library}/"})
    assert status == 200
    page = chromium.new_context().new_page()
    page.goto(told["url"])
    page.locator("#books li").first.wait_for()
    other = chromium.new_context().new_page()
    answer = other.goto(told["url"])
    assert answer
    assert (answer.status, answer.headers["x-twinpane-error"]) == (410, "start_link_used")
    other.get_by_role("heading", name="This link cannot be opened").wait_for()


def until_last_url(server: Server, short_id: str, url: str) -> None:
    """Wait until REST tells this address of the visitor."""

    def told() -> bool:
        return bool(server.rest("GET", f"visitors/{short_id}")[1]["visitor"]["last_url"] == url)

    flow.until(told, what=f"{url} in REST")


def stage_text(agent: Page, selector: str) -> str:
    """The words of a node on the stage."""
    words: str = agent.evaluate(
        f"(selector) => {flow.STAGE}?.contentDocument?.querySelector(selector)?.textContent ?? ''", selector
    )
    return words


def test_p1_demo_shows_a_foreign_site_and_its_agent_in_frames(chromium: Browser, tmp_path: Path) -> None:
    """The proxied site inside a page of another site, as integrators may embed it."""
    log = tmp_path / "log"
    command = [str(Path(sys.executable).with_name("twinpane")), "demo", "--port", "0"]
    with started(command, Server.fresh(tmp_path).environment(), log) as demo:
        url = flow.until(lambda: screens.demo_url(log, demo), what="the demo's address", wait_s=60)
        page = flow.visitor_context(chromium).new_page()
        page.goto(url)
        page.get_by_role("link", name="A site we do not control").click()
        visitor = screens.frame_at(page, ".px.localhost:")
        screens.press_in(page, visitor, "Allow")
        agent = screens.frame_at(page, "/watch/")
        visitor.fill("#search", "ferry")
        value = f"() => {flow.STAGE}?.contentDocument?.querySelector('#search')?.value"
        flow.until(lambda: agent.evaluate(value) == "ferry", what="the same words in both panes", page=page)
