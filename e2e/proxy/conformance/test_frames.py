"""Pages that will not be framed, framed; and what an embedded proxied page takes itself for."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from e2e.proxy.conformance.sites import tell
from e2e.proxy.conformance.story import compare, put
from e2e.proxy.conformance.table import Results
from e2e.proxy.conformance.visit import TELL_WHERE, Pair, Visit, start

BUSTERS = {
    "top.location": "if (top !== self) top.location = self.location",
    "top.location.href": "if (window.top != window.self) { window.top.location.href = window.location.href }",
    "parent": "if (parent.frames.length) parent.location.replace(document.location)",
    "frameElement": "if (frameElement || self.parent !== self) top.location = document.URL",
    "style": "if (self === top) document.documentElement.style.display = 'block'; else top.location = location",
    "ancestors": "if (location.ancestorOrigins?.length) top.location = location.href",
}
SEEN = """[document.URL, top === self, parent === self, frameElement, document.referrer, document.title,
  location.ancestorOrigins?.length ?? 0, getComputedStyle(document.documentElement).display]"""
AT_TOP = f"if (top === self) {{ document.title = 'landed'; {TELL_WHERE} }} else document.title = 'framed'"


def embedded(visit: Visit, pair: Pair, url: str) -> Page:
    """A page of another site's that embeds a proxied page, as an integrator may (P1)."""
    link = start(pair.proxy, url)
    pair.sites.pages["embedder"] = (f"<title>embedder</title><iframe src='{link}'></iframe>", {})
    page = visit.page()
    page.goto(f"http://embedder.localhost:{pair.sites.plain_port}/page/embedder")
    return page


@pytest.mark.parametrize("way", BUSTERS)
def test_y7_a_page_that_will_not_be_framed_is_at_the_top_when_embedded(pair: Pair, results: Results, way: str) -> None:
    """Embedded by somebody else's page, the proxied one sees what it sees directly in a tab of its own."""
    path = put(pair, "buster", f"<script>{BUSTERS[way]}; {tell(SEEN)}</script>")
    url = pair.sites.url(path)

    def story(visit: Visit) -> Any:
        if not visit.is_proxied:
            return visit.arrive(path)
        page = embedded(visit, pair, url)
        seen = visit.sites.heard()
        assert page.title() == "embedder"
        return seen

    compare(pair, results, 24, f"a page that will not be framed, embedded: {way}", story)


@pytest.mark.parametrize("way", BUSTERS)
def test_y8_a_page_breaks_out_of_a_frame_of_its_own_site(pair: Pair, results: Results, way: str) -> None:
    """A framed page takes the tab over, with the proxy as without."""
    put(pair, "breaking", f"<script>{AT_TOP}; {BUSTERS[way]}</script>")
    path = put(pair, "framing", "<iframe src='{{API}}/page/breaking'></iframe>")
    compare(pair, results, 24, f"a page that breaks out of a frame: {way}", lambda visit: visit.arrive(path))


def test_y8_a_page_of_another_site_breaks_out_of_its_frame_at_a_click(pair: Pair, results: Results) -> None:
    put(pair, "breaking", f"<p>go<script>{AT_TOP}; onclick = () => {{ top.location = self.location }}</script>")
    path = put(pair, "framing", "<iframe src='{{IDP}}/page/breaking'></iframe>")

    def story(visit: Visit) -> Any:
        page = visit.open(path)
        page.frame_locator("iframe").get_by_text("go").click()
        return visit.sites.heard()

    compare(pair, results, 24, "a page that breaks out of a frame: another site's, at a click", story)


def test_y8_links_of_an_embedded_page_stay_in_its_frame(pair: Pair) -> None:
    for target in ("_top", "_parent", "_self"):
        path = put(pair, "leading", f"<a href='{{{{IDP}}}}/page/landed' target={target}>go</a>")
        pair.sites.begin()
        page = embedded(pair.proxied, pair, pair.sites.url(path))
        page.frame_locator("iframe").get_by_text("go").click()
        url, _, title, _, is_at_top = pair.sites.heard()
        assert (url, title, is_at_top) == (pair.sites.url("/page/landed", "idp.test"), "landed", True)
        assert page.title() == "embedder"
        page.close()
