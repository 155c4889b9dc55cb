"""Agents draw over the visitor's page, and everybody sees it where it belongs. (Issue E, 4; SPEC D1 to D4.)"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from e2e import flow, ink
from e2e.flow import Server

pytestmark = pytest.mark.journey
TARGET = "#place-order"
GROW = """() => {
  for (let i = 0; i < 3; i++) {
    const row = Object.assign(document.createElement("p"), { textContent: `news ${i}`, className: "news" });
    row.style.cssText = "margin: 0; height: 31px";
    document.querySelector("#gear").after(row);
  }
}"""
BOTH = ["chromium", "firefox"]
STAYS = "() => Upscope('init', { drawingsTtlMs: 0 })"


@pytest.fixture
def browser(request: pytest.FixtureRequest) -> Browser:
    """Chromium, unless a test asks for both."""
    found: Browser = request.getfixturevalue(getattr(request, "param", "chromium"))
    return found


@pytest.fixture
def visitor(browser: Browser, integrator: str) -> Iterator[Page]:
    context: BrowserContext = flow.visitor_context(browser)
    page = context.new_page()
    page.goto(f"{integrator}/visitor?id=drawn")
    page.wait_for_function("() => window.Upscope && !window.Upscope.q")
    page.evaluate(STAYS)
    yield page
    context.close()


@pytest.fixture
def agent(server: Server, browser: Browser, visitor: Page) -> Iterator[Page]:
    agent = flow.begin(server, browser, visitor)
    yield agent
    agent.context.close()


def until_on(read: Callable[[], list[ink.Seen]], parts: tuple[float, ...], what: str, page: Page) -> None:
    """Wait until the one drawing lies where it did, in parts of its element; a pixel more or less."""
    seen: list[ink.Seen] = []

    def on() -> bool:
        seen[:] = read()
        if len(seen) != 1:
            return False
        width, height = seen[0].element[2:]
        sizes = (width, height, width, height)
        return all(abs(a - b) * size <= 1.6 for a, b, size in zip(seen[0].parts(), parts, sizes, strict=True))

    try:
        flow.until(on, what=what, page=page)
    except AssertionError as problem:
        raise AssertionError(f"{problem}: {parts} expected of {[one.parts() for one in seen]} {seen}") from None


@pytest.mark.parametrize(
    ("browser", "tool"),
    [(browser, tool) for browser in ("chromium", "firefox") for tool in ("Draw", "Arrow", "Rectangle", "Highlight")],
    indirect=["browser"],
)
def test_d1_a_drawing_stays_on_its_element_when_the_page_scrolls_resizes_and_grows(
    tool: str, server: Server, browser: Browser, visitor: Page, agent: Page
) -> None:
    other = flow.watch(browser, flow.watch_url(server, flow.short_id(visitor), "Mika"))
    flow.until_same(visitor, other)
    flow.bring_into_view(visitor, agent, TARGET)
    ink.draw_on(agent, tool, TARGET)
    ink.until_drawn(visitor, ink.AT_VISITOR, 1)
    parts = ink.at_visitor(visitor, TARGET)[0].parts()

    def everywhere(when: str) -> None:
        until_on(lambda: ink.at_visitor(visitor, TARGET), parts, f"the drawing at the visitor's, {when}", visitor)
        for page in (agent, other):
            until_on(lambda page=page: ink.at_agent(page, TARGET), parts, f"the drawing at an agent's, {when}", page)  # type: ignore[misc]

    everywhere("as drawn")
    visitor.mouse.wheel(0, -120)
    everywhere("scrolled")
    visitor.evaluate(GROW)
    everywhere("with a longer list above")
    visitor.set_viewport_size({"width": 700, "height": 560})
    visitor.locator(TARGET).scroll_into_view_if_needed()
    flow.until_same(visitor, agent)
    everywhere("resized")
    other.context.close()


@pytest.mark.parametrize("browser", BOTH, indirect=True)
def test_d3_an_agent_who_comes_late_or_starts_anew_sees_what_stands(
    server: Server, browser: Browser, visitor: Page, agent: Page
) -> None:
    flow.bring_into_view(visitor, agent, TARGET)
    ink.draw_on(agent, "Highlight", TARGET)
    ink.draw_on(agent, "Rectangle", TARGET)
    ink.until_drawn(visitor, ink.AT_VISITOR, 2)
    late = flow.watch(browser, flow.watch_url(server, flow.short_id(visitor), "Mika"))
    ink.until_drawn(late, ink.AT_AGENT, 2)
    agent.reload()
    ink.until_drawn(agent, ink.AT_AGENT, 2)
    late.context.close()


def test_d3_a_new_epoch_of_the_same_page_has_the_drawings(visitor: Page, agent: Page) -> None:
    """A page that says it cannot go on is told anew; what stands on it stays."""
    flow.bring_into_view(visitor, agent, TARGET)
    ink.draw_on(agent, "Highlight", TARGET)
    ink.until_drawn(visitor, ink.AT_VISITOR, 1)
    # Behind another tab that is closed again: the agents follow there and come back.
    other = visitor.context.new_page()
    other.goto(visitor.url)
    flow.until_same(other, agent)
    ink.until_drawn(agent, ink.AT_AGENT, 0)
    other.close()
    visitor.bring_to_front()
    ink.until_drawn(agent, ink.AT_AGENT, 1)
    ink.until_drawn(visitor, ink.AT_VISITOR, 1)


def test_d3_drawings_vanish_by_themselves_and_with_their_element(visitor: Page, agent: Page) -> None:
    flow.bring_into_view(visitor, agent, TARGET)
    ink.draw_on(agent, "Highlight", TARGET)
    ink.until_drawn(visitor, ink.AT_VISITOR, 1)
    ink.until_drawn(agent, ink.AT_AGENT, 1)
    visitor.evaluate("document.querySelector('#place-order').remove()")
    ink.until_drawn(visitor, ink.AT_VISITOR, 0)
    ink.until_drawn(agent, ink.AT_AGENT, 0)


def test_s5_drawings_last_as_long_as_the_page_says(server: Server, browser: Browser, integrator: str) -> None:
    context = flow.visitor_context(browser)
    visitor = context.new_page()
    visitor.goto(f"{integrator}/visitor?id=vanishing")
    visitor.wait_for_function("() => window.Upscope && !window.Upscope.q")
    visitor.evaluate("() => Upscope('init', { drawingsTtlMs: 1500, cursorColor: '#aa00aa' })")
    agent = flow.begin(server, browser, visitor)
    flow.bring_into_view(visitor, agent, TARGET)
    ink.draw_on(agent, "Highlight", TARGET)
    ink.until_drawn(visitor, ink.AT_VISITOR, 1)
    assert ink.at_visitor(visitor, TARGET)[0].color == "#aa00aa"
    ink.until_drawn(visitor, ink.AT_VISITOR, 0)
    ink.until_drawn(agent, ink.AT_AGENT, 0)
    context.close()


def test_d3_clearing_takes_away_ones_own_drawings_only(
    server: Server, browser: Browser, visitor: Page, agent: Page
) -> None:
    other = flow.watch(browser, flow.watch_url(server, flow.short_id(visitor), "Mika"))
    flow.until_same(visitor, other)
    flow.bring_into_view(visitor, agent, TARGET)
    flow.bring_into_view(visitor, other, TARGET)
    for page in (agent, other):
        ink.draw_on(page, "Highlight", TARGET)
    ink.until_drawn(visitor, ink.AT_VISITOR, 2)
    assert len({one.color for one in ink.at_visitor(visitor, TARGET)}) == 2
    agent.keyboard.press("x")
    for page, read in ((visitor, ink.AT_VISITOR), (agent, ink.AT_AGENT), (other, ink.AT_AGENT)):
        ink.until_drawn(page, read, 1)
    other.get_by_role("button", name="End session").click()
    other.get_by_role("button", name="Just leave").click()
    ink.until_drawn(visitor, ink.AT_VISITOR, 0)
    other.context.close()


def test_d4_drawings_are_not_mirrored_take_no_clicks_and_say_nothing(visitor: Page, agent: Page) -> None:
    flow.bring_into_view(visitor, agent, TARGET)
    ink.draw_on(agent, "Rectangle", TARGET)
    ink.until_drawn(visitor, ink.AT_VISITOR, 1)
    flow.until_same(visitor, agent)
    hidden = "(window.__roots).flatMap((r) => [...r.querySelectorAll('.root > svg')]).map((s) => s.ariaHidden)"
    assert visitor.evaluate(hidden) == ["true"]
    x, y, w, h = visitor.evaluate(ink.BOX_AT_VISITOR, TARGET)
    assert visitor.evaluate("([x, y]) => document.elementFromPoint(x, y).id", [x + w / 2, y + h / 2]) == TARGET[1:]


def test_d2_a_masked_field_is_drawn_on_as_a_block_and_tells_nothing(visitor: Page, agent: Page) -> None:
    secret = "input[type=password]"
    visitor.fill(secret, "Sesame-opens-4711")
    flow.bring_into_view(visitor, agent, secret)
    ink.draw_on(agent, "Highlight", secret)
    ink.until_drawn(visitor, ink.AT_VISITOR, 1)
    ink.until_drawn(agent, ink.AT_AGENT, 1)
    assert "Sesame" not in agent.evaluate(f"() => {flow.STAGE}.contentDocument.documentElement.outerHTML")


@pytest.mark.parametrize("browser", BOTH, indirect=True)
def test_a2_the_laser_is_seen_with_its_name_by_the_visitor_and_the_other_agents(
    server: Server, browser: Browser, visitor: Page, agent: Page
) -> None:
    other = flow.watch(browser, flow.watch_url(server, flow.short_id(visitor), "Mika"))
    flow.until_same(visitor, other)
    flow.bring_into_view(visitor, agent, TARGET)
    ink.take_tool(agent, "Laser pointer")
    agent.mouse.move(*flow.place(agent, TARGET))
    x, y, w, h = visitor.evaluate(ink.BOX_AT_VISITOR, TARGET)
    for page, read in ((visitor, ink.DOTS_AT_VISITOR), (other, ink.DOTS_AT_AGENT)):
        flow.until(lambda page=page, read=read: page.evaluate(read), what="a laser's dot", page=page)  # type: ignore[misc]
    dot = visitor.evaluate(ink.DOTS_AT_VISITOR)[0]
    assert abs(dot[0] - (x + w / 2)) < 2
    assert abs(dot[1] - (y + h / 2)) < 2
    assert dot[2] == "Zoë"
    agent.keyboard.press("v")
    agent.mouse.move(*flow.place(agent, TARGET, 0.4, 0.5))
    flow.until(lambda: not visitor.evaluate(ink.DOTS_AT_VISITOR), what="no laser any more", page=visitor)
    other.context.close()


def test_a2_an_agent_changes_their_colour_and_draws_in_it(visitor: Page, agent: Page) -> None:
    agent.get_by_role("button", name="Your colour").click()
    agent.get_by_role("button", name="Pink").click()
    agent.get_by_role("button", name="Your colour: Pink").wait_for()
    flow.bring_into_view(visitor, agent, TARGET)
    ink.draw_on(agent, "Highlight", TARGET)
    ink.until_drawn(visitor, ink.AT_VISITOR, 1)
    assert ink.at_visitor(visitor, TARGET)[0].color == "#be185d"
