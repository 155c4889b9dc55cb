"""What a page uses reaches the agent through the asset door, and by no other way. (Issue C; F11, F12.)"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from e2e import flow
from e2e.flow import STAGE, Server
from e2e.journeys.assets_site import PAGE, Site, font, png, serving

pytestmark = pytest.mark.journey

WAIT_S = 60.0
# Elements, and the properties of theirs that hold an address.
PLACES = {
    "b1": ["background-image", "list-style-image"],
    "b2": ["background-image"],
    "b3": ["cursor", "mask-image", "list-style-image"],
    "b4": ["border-image-source", "shape-outside", "filter"],
    "b6": ["background-image"],
}
PICTURES = ("relative", "cookie", "blob", "data", "set", "picture", "lazy")


@pytest.fixture
def site(server: Server) -> Iterator[tuple[Site, str]]:
    site = Site("")
    with serving(site) as (origin, stranger):
        page = PAGE.replace("SDK", f"{server.url}/{server.public_key}.js").replace("STRANGER", stranger)
        site.page = page.replace("DATA", b64encode(png()).decode())
        yield site, origin


class Watching:
    """An agent's browser and all that it asked of the network."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.context: BrowserContext = browser.new_context(viewport={"width": 1100, "height": 900})
        self.page: Page = self.context.new_page()
        self.requests: list[str] = []
        self.context.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(url)

    def until(self, expression: str) -> None:
        """Wait until it is true of the stage: `get` finds by id, `style` gives what is computed."""
        look = f"""() => {{
          const doc = {STAGE}?.contentDocument;
          const get = (id) => doc?.getElementById(id);
          const style = (id) => doc.defaultView.getComputedStyle(get(id));
          return Boolean(get('css') && {expression});
        }}"""
        flow.until(lambda: self.page.evaluate(look), what=expression, page=self.page, wait_s=WAIT_S)

    def strays(self, server: Server) -> list[str]:
        """Requests to anybody but the server."""
        return [url for url in self.requests if not url.startswith((f"{server.url}/", "data:", "blob:", "about:"))]


def visiting(browser: Browser, origin: str) -> Page:
    visitor = flow.visitor_context(browser).new_page()
    visitor.goto(origin)
    visitor.wait_for_function("() => document.body.dataset.ready === ''")
    return visitor


def test_f11_every_address_of_a_page_leads_to_the_door_and_nowhere_else(
    browser: Browser, server: Server, site: tuple[Site, str]
) -> None:
    house, origin = site
    visitor = visiting(browser, origin)
    # The visitor's browser has them; their server has them no more.
    house.removed |= {"/files/a.css", "/files/b.css"}
    agent = Watching(browser, flow.watch_url(server, flow.short_id(visitor)))
    agent.until(
        "style('css').width === '111px' && style('imported').width === '112px' && style('own').width === '113px'"
    )
    for name in PICTURES:
        agent.until(f"get('{name}').naturalWidth === 3")
    for name, properties in PLACES.items():
        for place in properties:
            agent.until(f"style('{name}').getPropertyValue('{place}').includes('{server.url}/assets/')")
    agent.until("style('canvas').content.startsWith('url(\"blob:')")
    agent.until("get('use').getBBox().width === 7")
    agent.until("get('audio').duration === 10 && get('audio').muted")
    # The script that added it ran before the session.
    agent.until("[...doc.fonts].some(({ family }) => family.replaceAll('\"', '') === 'G')")
    if font():
        agent.until("[...doc.fonts].filter(({ status }) => status === 'loaded').length >= 1")
    agent.until("get('audio').seekable.length && get('audio').seekable.end(0) === 10")
    visitor.evaluate(
        """() => {
          relative.src = "/files/i60.png";
          const link = document.createElement("link");
          document.head.append(Object.assign(link, { rel: "stylesheet", href: "/files/c.css?2" }));
          for (const id of ["b2", "b3"]) document.getElementById(id).style.background = "url(/files/i61.png)";
        }"""
    )
    agent.until("get('relative').currentSrc.includes('i60') && get('relative').naturalWidth === 3")
    agent.page.mouse.move(300, 300)
    assert agent.strays(server) == []
    assert any("/assets/" in url for url in agent.requests)
    for context in (agent.context, visitor.context):
        context.close()


def test_f12_an_asset_is_there_though_the_visitor_is_gone(
    chromium: Browser, server: Server, site: tuple[Site, str]
) -> None:
    _, origin = site
    visitor = visiting(chromium, origin)
    first, second = (flow.watch_url(server, flow.short_id(visitor), name) for name in ("Zoë", "Mika"))
    early = Watching(chromium, first)
    for name in PICTURES:
        early.until(f"get('{name}').naturalWidth === 3")
    visitor.context.close()
    late = Watching(chromium, second)
    for name in PICTURES:
        late.until(f"get('{name}').naturalWidth === 3")
    late.until("style('css').width === '111px'")
    assert late.strays(server) == []
    for watching in (early, late):
        watching.context.close()
