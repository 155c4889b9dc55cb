"""Sites whose host does not fit a label, and so has an alias: long names, and addresses of IPv6."""

from __future__ import annotations

from typing import Any

import pytest

from e2e.proxy.conformance.case import TOOLS
from e2e.proxy.conformance.sites import tell
from e2e.proxy.conformance.story import LOOK, compare, put
from e2e.proxy.conformance.table import Results
from e2e.proxy.conformance.visit import Pair, Visit, start

SITES = {"a long name": "{{LONG}}", "IPv6": "{{SIX}}"}
FROM_OUTSIDE = """
  const there = await echo(THERE + '/echo', {credentials: 'include'}), image = make('img', {src: THERE + '/a.png'});
  const shown = await loaded(image), told = await framed(serve(THERE, say('[origin, location.href.slice(0, 30)]')));
  const s = new WebSocket(THERE.replace('http', 'ws') + '/ws'); await new Promise((go) => { s.onopen = go });
  const from = new Promise((go) => { s.onmessage = (e) => go([e.data, e.origin]) }); s.send('x');
  return [there.headers.host, there.headers.origin, shown, image.src, told, await from, s.url]"""
FROM_INSIDE = """
  document.cookie = 'here=1; path=/'; const own = await echo('/echo'), away = await echo(API + '/echo');
  return [location.href, origin, document.domain, document.URL, document.referrer, document.cookie, own.headers,
    away.headers.origin, away.headers.referer, new Request('x').url,
    performance.getEntriesByType('navigation')[0].name]"""


def page_with(code: str, there: str) -> str:
    """A page with the tools of cases; what it finds is `window.seen`."""
    return f"<script>{TOOLS} const THERE = '{there}'; window.seen = (async () => {{ {code} }})()</script>"


@pytest.mark.parametrize("kind", SITES)
def test_y1_a_site_with_an_alias_is_reached_from_a_page(pair: Pair, results: Results, kind: str) -> None:
    path = put(pair, "outside", page_with(FROM_OUTSIDE, SITES[kind]))
    compare(pair, results, 1, f"{kind}: from another site's page", lambda visit: visit.open(path).evaluate(SEEN))


@pytest.mark.parametrize("kind", SITES)
def test_y1_a_page_of_a_site_with_an_alias_knows_its_address(pair: Pair, results: Results, kind: str) -> None:
    on = f"<script>window.seen.then((seen) => {tell('seen')}).then(() => {{ {put_back(pair)} }})</script>"
    path = put(pair, "inside", page_with(FROM_INSIDE, SITES[kind]) + on)
    link = put(pair, "leading", f"<a href='{SITES[kind]}{path}?a#b'>go</a>")

    def story(visit: Visit) -> Any:
        page = visit.open(link)
        page.get_by_text("go").click()
        return [visit.sites.heard(), visit.sites.heard()]

    compare(pair, results, 1, f"{kind}: a page of its own", story)


@pytest.mark.parametrize("kind", SITES)
def test_y1_a_session_begins_at_a_site_with_an_alias(pair: Pair, results: Results, kind: str) -> None:
    url = pair.sites.filled(f"{SITES[kind]}/page/landed?x#y")

    def story(visit: Visit) -> Any:
        page = visit.page()
        page.goto(start(pair.proxy, url) if visit.is_proxied else url)
        return page.evaluate(LOOK)

    compare(pair, results, 1, f"{kind}: a session begins there", story)


SEEN = "async () => JSON.parse(JSON.stringify(await window.seen))"


def put_back(pair: Pair) -> str:
    """A link back to a site that fits."""
    return f"const a = document.createElement('a'); a.href = '{pair.sites.url('/page/landed')}'; a.click()"
