"""The visitor's tabs at the agent's, and how far behind the picture is. (A1; SPEC X7, L8, W4.)"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from e2e import flow
from e2e.flow import Server

pytestmark = pytest.mark.journey
CHANGES = """() => new Promise((resolve) => {
  let left = 20;
  const tick = setInterval(() => {
    document.title = `Order ${left}`;
    document.body.dataset.tick = left;
    if (left-- === 0) resolve(clearInterval(tick));
  }, 50);
})"""


def shows(agent: Page, visitor: Page) -> None:
    flow.until_same(visitor, agent)


def test_x7_an_agent_sees_the_tab_they_choose_and_follows_again(
    server: Server, chromium: Browser, integrator: str
) -> None:
    context = flow.visitor_context(chromium)
    shop = context.new_page()
    shop.goto(f"{integrator}/visitor?id=tabs")
    agent = flow.begin(server, chromium, shop)
    other = context.new_page()
    other.goto(f"{integrator}/visitor?id=tabs")
    other.evaluate("() => { document.title = 'Second'; document.body.append('the second tab') }")
    shows(agent, other)

    agent.get_by_role("button", name="Tabs: 2").click()
    expect(agent.get_by_role("checkbox")).to_be_checked()
    first = agent.get_by_role("list").get_by_role("button").nth(0)
    expect(first).to_have_attribute("aria-pressed", "false")
    first.click()
    shows(agent, shop)
    expect(agent.get_by_role("checkbox")).not_to_be_checked()
    other.evaluate("() => document.body.append('goes on alone')")
    other.bring_to_front()
    shows(agent, shop)

    agent.get_by_role("checkbox").check()
    shows(agent, other)
    agent.keyboard.press("[")
    shows(agent, shop)
    shop.close()
    shows(agent, other)
    agent.context.close()
    context.close()


def test_a1_the_agent_sees_how_far_behind_the_picture_is(server: Server, chromium: Browser, integrator: str) -> None:
    context = flow.visitor_context(chromium)
    visitor = context.new_page()
    visitor.goto(f"{integrator}/visitor?id=delay")
    agent = flow.begin(server, chromium, visitor)
    agent.get_by_role("button", name="Connection:").click()
    visitor.evaluate(CHANGES)
    expect(agent.get_by_text(re.compile(r"^\d+ ms behind \S"))).to_be_visible()
    expect(agent.get_by_text(re.compile(r"^95 times in 100 within \d+ ms$"))).to_be_visible()
    agent.context.close()
    context.close()
