"""The story of the integration guide: a page with the snippet, REST, a watch URL, one live picture. (Issue A, 2.)"""

from __future__ import annotations

import urllib.error
import urllib.request

import pytest
from playwright.sync_api import Browser

from e2e import flow
from e2e.flow import Server

pytestmark = pytest.mark.journey


def test_r15_from_unique_id_to_help_given_and_ended_by_the_visitor(
    server: Server, integrator: str, browser: Browser
) -> None:
    """The whole main job: find by unique ID, watch, allow, see, act, end."""
    visitor = flow.visitor_context(browser).new_page()
    visitor.goto(f"{integrator}/visitor?id=journey-{browser.browser_type.name}")
    short_id = flow.short_id(visitor)

    status, found = server.rest("GET", f"list?search=id:journey-{browser.browser_type.name}")
    assert status == 200
    assert found["visitors"][0]["short_id"] == short_id
    agent = flow.watch(browser, flow.watch_url(server, short_id))
    assert (
        agent.evaluate("() => document.querySelector('iframe')?.contentDocument?.body?.innerText || ''").strip() == ""
    )

    flow.press_card(visitor, "Allow")
    flow.until_same(visitor, agent)

    flow.take_control(agent)
    flow.click(visitor, agent, "#search")
    agent.keyboard.type("kettle")
    flow.until_value(visitor, "#search", "kettle")
    flow.until_same(visitor, agent)
    flow.click(visitor, agent, "[data-add=kettle]")
    visitor.wait_for_function("() => document.querySelector('#cart-count').textContent === '1'")

    flow.press_card(visitor, "End session")
    agent.get_by_text("ended the session").first.wait_for()
    flow.until(lambda: server.rest("GET", f"visitors/{short_id}")[1]["visitor"]["is_in_session"] is False, what="end")
    assert flow.value_of(visitor, "#search") == "kettle"


def test_integrators_agent_endpoint_leads_to_the_watch_page(server: Server, integrator: str, chromium: Browser) -> None:
    visitor = flow.visitor_context(chromium).new_page()
    visitor.goto(f"{integrator}/visitor?id=by-endpoint")
    agent = flow.watch(chromium, f"{integrator}/agent?id=by-endpoint&agent=Mika")
    assert agent.url.startswith(f"{server.url}/watch/")
    flow.press_card(visitor, "Allow")
    flow.until_same(visitor, agent)
    agent.reload()
    flow.until_same(visitor, agent)


def test_integrators_agent_endpoint_says_in_words_that_nobody_is_there(integrator: str, chromium: Browser) -> None:
    page = chromium.new_page()
    page.goto(f"{integrator}/agent?id=nobody-at-all", timeout=30_000)
    page.get_by_role("heading", name="Nobody to help yet").wait_for()
    assert page.get_by_role("link", name="Try again").get_attribute("href")


def test_r15a_watch_url_opens_once_and_is_in_no_log(server: Server, integrator: str, chromium: Browser) -> None:
    visitor = flow.visitor_context(chromium).new_page()
    visitor.goto(f"{integrator}/visitor?id=once")
    url = flow.watch_url(server, flow.short_id(visitor))
    with urllib.request.urlopen(url) as first:
        assert first.status == 200
    with pytest.raises(urllib.error.HTTPError) as second:
        urllib.request.urlopen(url)
    second.value.close()
    assert second.value.code == 410
    assert url.rsplit("/", 1)[1] not in server.log.read_text()


def test_r15b_agent_waits_in_words_for_an_offline_visitor(server: Server, integrator: str, chromium: Browser) -> None:
    context = flow.visitor_context(chromium)
    visitor = context.new_page()
    visitor.goto(f"{integrator}/visitor?id=later")
    short_id = flow.short_id(visitor)
    visitor.goto("about:blank")
    agent = flow.watch(chromium, flow.watch_url(server, short_id))
    agent.get_by_text("Waiting for").first.wait_for()
    visitor.goto(f"{integrator}/visitor?id=later")
    flow.press_card(visitor, "Allow")
    flow.until_same(visitor, agent)
