"""The visitor sees who sees what, what is hidden, and the agents' picture; a key ends it. (Issue F, 3; S8, M6, M7.)"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from bench.mirror.fidelity.site import Site, serving
from e2e import flow
from e2e.flow import Server

pytestmark = pytest.mark.journey
OUT = flow.ROOT / "e2e/out/insight"
PAGE = """<!doctype html><title>Pay</title><head>{snippet}</head><body style="height: 2000px; font: 16px sans-serif">
<h1>Pay here</h1><p id=open>Open words</p><p id=secret class=no-upscope>hidden words</p>
<p><label>Password <input id=pass type=password value=hush></label></p>
<iframe srcdoc="<p class='no-upscope'>in a frame</p>" height=80></iframe><p><input id=note></p></body>"""
SNIPPET = """<script>
window.Upscope = window.Upscope || function () {{ (Upscope.q = Upscope.q || []).push(arguments); }};
Upscope("init", {{}});</script><script src="{url}/{key}.js"></script>"""
INSIDE = """(selector) => (window.__roots ?? []).filter(({ host, mode }) => host.isConnected && mode === 'closed')
  .flatMap((root) => [...root.querySelectorAll(selector)])"""


@pytest.fixture(scope="module")
def sites() -> Iterator[tuple[Site, str]]:
    site = Site()
    with serving(site) as (origin, _):
        yield site, origin


Open = Callable[..., tuple[Page, Page]]


@pytest.fixture
def open_session(server: Server, browser: Browser, sites: tuple[Site, str]) -> Iterator[Open]:
    """Share a page with an agent; gives both pages."""
    site, origin = sites
    contexts: list[BrowserContext] = []

    def open_page(*, policy: str = "", size: dict[str, int] | None = None, **body: Any) -> tuple[Page, Page]:
        meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">' if policy else ""
        site.pages["/pay"] = PAGE.format(snippet=meta + SNIPPET.format(url=server.url, key=server.public_key))
        context = flow.visitor_context(browser)
        visitor = context.new_page()
        if size:
            visitor.set_viewport_size(size)  # type: ignore[arg-type]
        visitor.goto(f"{origin}/pay")
        agent = flow.watch(browser, flow.watch_url(server, flow.short_id(visitor), **body))
        contexts.extend((context, agent.context))
        flow.press_card(visitor, "Allow")
        agent.frame_locator("iframe").get_by_text("Open words").wait_for()
        return visitor, agent

    yield open_page
    for context in contexts:
        context.close()


def ours(page: Page, selector: str, what: str = "found.length") -> Any:
    return page.evaluate(f"(selector) => {{ const found = ({INSIDE})(selector); return {what}; }}", selector)


def press(page: Page, selector: str) -> None:
    """Press something of ours with the real mouse."""
    box = "found[0] && (({ x, y, width, height }) => [x + width / 2, y + height / 2])(found[0].getBoundingClientRect())"
    x, y = flow.until(lambda: ours(page, selector, box), what=selector, page=page)
    page.mouse.click(x, y)


def open_panel(visitor: Page) -> None:
    press(visitor, ".details")
    flow.until(lambda: ours(visitor, ".panel"), what="the panel", page=visitor)


def text_of(visitor: Page, selector: str) -> str:
    return str(ours(visitor, selector, "found.map((one) => one.innerText).join('|')"))


@contextmanager
def picture(visitor: Page) -> Iterator[Any]:
    """The frame in which our page plays, and its stage."""
    seen = flow.until(
        lambda: next((each for each in visitor.frames if each.url.endswith("/seen")), None), what="seen", page=visitor
    )
    yield flow.until(
        lambda: next((each for each in seen.child_frames if "Open words" in words_in(each)), None),
        what="the picture",
        page=visitor,
    )


def words_in(frame: Any) -> str:
    # Nothing runs in the stage: it is read from the page around it.
    return str(frame.frame_element().evaluate("(stage) => stage.contentDocument?.documentElement?.outerHTML ?? ''"))


def test_m6_the_panel_tells_who_may_do_what_and_all_that_is_hidden(open_session: Open) -> None:
    visitor, _ = open_session(permissions={"allow_type": False, "allow_agent_redirect": False})
    open_panel(visitor)
    assert text_of(visitor, ".people li") == "Zoë may see this page, draw on it, click and scroll"
    press(visitor, ".switch")
    flow.until(lambda: ours(visitor, ".veiled:not([hidden])") == 3, what="three marks", page=visitor)
    assert "Hidden parts of this page: 3" in text_of(visitor, ".panel .note")
    box = "(({ x, y, width }) => [x, y, width].map(Math.round))"
    boxes = f"found.map((one) => {box}(one.getBoundingClientRect()))"
    field = visitor.evaluate(f"() => {box}(document.getElementById('pass').getBoundingClientRect())")
    flow.until(lambda: field in ours(visitor, ".veiled", boxes), what="a mark on the field", page=visitor)
    visitor.evaluate("() => document.getElementById('open').classList.add('no-upscope')")
    flow.until(lambda: ours(visitor, ".veiled:not([hidden])") == 4, what="a late mask's mark", page=visitor)
    visitor.screenshot(path=OUT / "veil.png")
    press(visitor, ".switch")
    flow.until(lambda: ours(visitor, ".veiled") == 0, what="no marks", page=visitor)


def test_m7_the_visitor_sees_the_very_picture_that_agents_see(open_session: Open) -> None:
    visitor, agent = open_session()
    open_panel(visitor)
    press(visitor, ".rows > button:not([role])")
    with picture(visitor) as stage:
        assert "hidden words" not in words_in(stage)
        assert "hush" not in words_in(stage)
        visitor.evaluate("() => document.getElementById('open').append(' and new ones')")
        flow.until(lambda: "and new ones" in words_in(stage), what="what happens meanwhile", page=visitor)
        same = "(each) => [...each.querySelectorAll('body *')].map(({ localName }) => localName).join(' ')"
        theirs = agent.evaluate(f"() => ({same})(document.querySelector('iframe').contentDocument)")
        mine = stage.frame_element().evaluate(f"(frame) => ({same})(frame.contentDocument)")
        assert mine == theirs
        assert "End session" not in words_in(stage), "nothing of ours is in the picture (M5)"
    visitor.screenshot(path=OUT / "picture.png")
    press(visitor, ".panel .close")
    flow.until(lambda: not ours(visitor, ".panel iframe"), what="the picture to go", page=visitor)
    assert agent.frame_locator("iframe").get_by_text("and new ones").count() == 1


def test_m7_where_the_page_forbids_frames_a_window_shows_it(open_session: Open, server: Server) -> None:
    policy = f"frame-src 'self'; script-src 'unsafe-inline' 'unsafe-eval' {server.url}"
    visitor, _ = open_session(policy=policy)
    open_panel(visitor)
    press(visitor, ".rows > button:not([role])")
    flow.until(
        lambda: "does not allow it here" in text_of(visitor, ".panel .note"), what="why there is none", page=visitor
    )
    with visitor.context.expect_page() as opened:
        press(visitor, ".rows > button:last-child")
    window = opened.value
    window.wait_for_url("**/seen")
    html = "() => document.querySelector('iframe')?.contentDocument?.documentElement?.outerHTML ?? ''"
    flow.until(lambda: "Open words" in window.evaluate(html), what="the picture in a window", page=window)
    assert "hidden words" not in window.evaluate(html)


def test_m6_holding_escape_ends_the_session_and_a_press_does_not(open_session: Open) -> None:
    visitor, agent = open_session()
    visitor.focus("#note")
    visitor.keyboard.press("Escape")
    visitor.evaluate("() => window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }))")
    visitor.keyboard.type("still here")
    flow.until(
        lambda: (
            "still here"
            in agent.evaluate("() => document.querySelector('iframe').contentDocument.querySelector('#note').value")
        ),
        what="the session to go on",
        page=agent,
    )
    visitor.keyboard.down("Escape")
    flow.until(lambda: "Keep holding Esc" in flow.card_words(visitor), what="the warning", page=visitor)
    flow.until(lambda: "You ended the session" in flow.card_words(visitor), what="the end", page=visitor)
    visitor.keyboard.up("Escape")


def test_m6_letting_go_of_escape_in_time_keeps_the_session(open_session: Open) -> None:
    visitor, _ = open_session()
    visitor.focus("#note")
    visitor.keyboard.down("Escape")
    flow.until(lambda: "Keep holding Esc" in flow.card_words(visitor), what="the warning", page=visitor)
    visitor.keyboard.up("Escape")
    flow.until(lambda: "can see this page" in flow.card_words(visitor), what="the pill as it was", page=visitor)


def test_m6_the_panel_works_by_keyboard_and_says_what_it_is(open_session: Open) -> None:
    visitor, _ = open_session()
    visitor.bring_to_front()
    visitor.focus("#note")
    focused = "() => (window.__roots ?? []).map((root) => root.activeElement).find(Boolean)?.className ?? null"
    visitor.keyboard.press("Tab")
    flow.until(lambda: visitor.evaluate(focused) == "details", what="the button by Tab", page=visitor)
    visitor.keyboard.press("Enter")
    flow.until(lambda: visitor.evaluate(focused) == "panel", what="the focus in the panel", page=visitor)
    said = ours(
        visitor,
        ".panel",
        "[found[0].role, found[0].querySelector('#' + found[0].getAttribute('aria-labelledby')).innerText]",
    )
    assert said == ["dialog", "Zoë can see this page"]
    for name in ("close", "switch"):
        visitor.keyboard.press("Tab")
        assert visitor.evaluate(focused) == name
    visitor.keyboard.press("Space")
    assert ours(visitor, ".switch", "found[0].getAttribute('aria-checked')") == "true"
    visitor.keyboard.press("Escape")
    flow.until(lambda: visitor.evaluate(focused) == "details", what="the focus back on the button", page=visitor)


def test_m6_the_panel_fits_a_small_screen(open_session: Open) -> None:
    visitor, _ = open_session(size={"width": 320, "height": 568})
    open_panel(visitor)
    press(visitor, ".rows > button:not([role])")
    with picture(visitor):
        box = ours(visitor, ".panel", "found[0].getBoundingClientRect().toJSON()")
        assert box["left"] >= 0
        assert box["right"] <= 320
        assert box["top"] >= 0
        visitor.screenshot(path=OUT / "small.png")
