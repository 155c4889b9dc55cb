"""Frames of another site: shown when their owner lets the page around them, and honestly not shown when not. (F23)"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from bench.mirror.fidelity.site import Site, serving
from e2e import flow
from e2e.flow import Server

pytestmark = pytest.mark.journey
SNIPPET = """<script>
window.Upscope = window.Upscope || function () {{ (Upscope.q = Upscope.q || []).push(arguments); }};
Upscope("init", {{ requireAuthorizationForSession: false, {settings} }});
</script><script src="{server}/{key}.js"></script>"""
FORM = """<input id=i><input id=secret type=password value=hunter2>
<button id=b onclick="x.textContent = 'pressed'">Press</button>"""
INSIDE = "document.querySelector('iframe')?.contentDocument?.getElementById('{}')?.contentDocument"


@pytest.fixture
def site(server: Server) -> Iterator[tuple[Site, str, str]]:
    """A page with frames of another site: one that lets it, one that names another page, one that has no SDK."""
    site = Site()
    with serving(site) as (origin, other):
        mine = {"server": server.url, "key": server.public_key}
        site.embedded_head = SNIPPET.format(settings=f"parentOrigins: ['{origin}']", **mine) + FORM
        jealous = SNIPPET.format(settings="parentOrigins: ['https://elsewhere.example']", **mine)
        site.files["jealous.html"] = ("text/html", f"<!doctype html>{jealous}<p id=x>not for you</p>".encode())
        frames = "".join(
            f"<iframe id={name} src='{other}/files/{name}.html'></iframe>"
            for name in ("embedded", "jealous", "stranger")
        )
        head = SNIPPET.format(settings="", **mine)
        site.pages["/"] = f"<!doctype html>{head}<title>page</title>{frames}<p id=note>here</p>"
        yield site, origin, other


def text_in(agent: Page, frame: str) -> str:
    found: str = agent.evaluate(f"() => {INSIDE.format(frame)}?.body?.innerText ?? ''")
    return found


@pytest.mark.parametrize("late", [False, True])
def test_f23_a_frame_that_lets_the_page_is_shown_and_can_be_helped(
    browser: Browser, server: Server, site: tuple[Site, str, str], late: bool
) -> None:
    """Whichever of the two starts first. Its mask holds; the others say that they are not shown."""
    _, origin, _ = site
    visitor = flow.visitor_context(browser).new_page()
    told: list[str] = []
    visitor.on("console", lambda said: told.append(said.text) if said.type == "error" else None)
    visitor.goto(origin)
    if late:
        visitor.evaluate("() => { window.kept = embedded.src; embedded.remove() }")
    agent = flow.watch(browser, flow.watch_url(server, flow.short_id(visitor)))
    flow.until(lambda: "not shown" in text_in(agent, "stranger"), what="the stranger's placeholder", page=agent)
    if late:
        visitor.evaluate(
            "() => note.before(Object.assign(document.createElement('iframe'), {id: 'embedded', src: kept}))"
        )
    flow.until(lambda: "elsewhere" in text_in(agent, "embedded"), what="the frame", page=agent)
    assert "not for you" not in text_in(agent, "jealous")
    assert "not shown" in text_in(agent, "jealous")
    inside = INSIDE.format("embedded")
    assert agent.evaluate(f"() => {inside}.querySelector('[type=password]').value") == "•" * 7
    flow.take_control(agent)
    place = f"""() => {{
        const outer = document.querySelector("iframe"), frame = outer.contentDocument.getElementById("embedded");
        const scale = outer.getBoundingClientRect().width / outer.offsetWidth;
        const button = {inside}.getElementById("b").getBoundingClientRect(), box = frame.getBoundingClientRect();
        const at = outer.getBoundingClientRect();
        const inWindow = (start, ...offsets) => start + offsets.reduce((sum, offset) => sum + offset, 9) * scale;
        return [inWindow(at.x, box.x, frame.clientLeft, button.x), inWindow(at.y, box.y, frame.clientTop, button.y)];
    }}"""
    agent.mouse.click(*agent.evaluate(place))
    flow.until(lambda: "pressed" in text_in(agent, "embedded"), what="the click's effect", page=agent)
    assert next(frame for frame in visitor.frames if "embedded" in frame.url).evaluate("x.textContent") == "pressed"
    assert told == []
    for page in (visitor, agent):
        page.context.close()
