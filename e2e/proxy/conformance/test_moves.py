"""Where links, scripts and first addresses lead: parts of addresses, other schemes, computed names."""

from __future__ import annotations

from typing import Any

import pytest

from e2e.proxy.conformance.story import LOOK, compare, put
from e2e.proxy.conformance.table import Results
from e2e.proxy.conformance.visit import TELL_WHERE, Pair, Visit, start

LINKS = {
    "without a scheme": "//{{IDP_HOST}}/page/landed?x",
    "from https to http": "{{PLAIN}}/page/landed",
    "to a part of the page": "#there",
    "of the query alone": "?landed",
}
# What each leaves of the page's own address: the page lands wherever it is not where it began.
SETTERS = {
    "host": "location.host = '{{IDP_HOST}}'",
    "hostname": "location.hostname = 'idp.test'",
    "protocol": "location.protocol = 'https:'; location.pathname = '/page/landed'",
    "pathname": "location.pathname = '/page/landed'",
    "search": "location.search = '?a=%20&landed'",
    "hash": "location.hash = 'part 2'; landed()",
    "a part of window.location": "window.location.host = '{{IDP_HOST}}'",
    "a part of document.location": "document.location.pathname = '/page/landed'",
    "added to": "location.href += '?more'",
}
COMPUTED = {
    "window[…]": "window[['loc', 'ation'].join('')] = '{{API}}/page/landed'",
    "document[…]": "document[['loc', 'ation'].join('')] = '{{API}}/page/landed'",
    "self[…].href": "self['loc' + 'ation'].href = '{{API}}/page/landed'",
    "location[…]": "location['hr' + 'ef'] = '{{API}}/page/landed'",
    "location[…]()": "location['ass' + 'ign']('{{API}}/page/landed')",
    "destructured": "const {location: where} = window; where.href = '{{API}}/page/landed'",
    "destructured method": "const {document: {location: where}} = window; where.replace('{{API}}/page/landed')",
    "Reflect.set": "Reflect.set(window, 'location', '{{API}}/page/landed')",
    "Object.assign": "Object.assign(location, {href: '{{API}}/page/landed'})",
    "a setter taken out": "Object.getOwnPropertyDescriptor(location, 'href').set.call(location, '{{API}}/page/landed')",
    "eval": "eval('loc' + \"ation = '{{API}}/page/landed'\")",
    "new Function": "new Function('to', 'loc' + 'ation.assign(to)')('{{API}}/page/landed')",
}

LANDED = f"const landed = () => {{ document.title = 'landed'; {TELL_WHERE} }}"


def filled(pair: Pair, text: str) -> str:
    """Put in hosts with their ports."""
    host = pair.sites.url(host="idp.test").removeprefix("https://")
    return text.replace("{{IDP_HOST}}", host)


def moving(pair: Pair, script: str) -> str:
    """A page that runs a script once, and is the last one wherever else it is opened."""
    begun = pair.sites.url("/page/moving")
    code = f"{LANDED}; if (document.URL !== '{begun}') landed();"
    code += f" else onload = () => setTimeout(() => {{ {filled(pair, script)} }})"
    return put(pair, "moving", f"<script>{code}</script>")


@pytest.mark.parametrize("kind", LINKS)
def test_y8_a_link_of_any_form_leads_where_it_leads(pair: Pair, results: Results, kind: str) -> None:
    link = f"<a href='{filled(pair, LINKS[kind])}'>go</a><p id=there>"
    script = f"<script>{LANDED}; if (document.URL.includes('?landed')) landed(); onhashchange = landed</script>"
    path = put(pair, "forms of links", link + script)

    def story(visit: Visit) -> Any:
        page = visit.open(path.replace(" ", "%20"))
        href = page.evaluate("() => document.links[0].href")
        page.get_by_text("go").click()
        return [href, visit.sites.heard()]

    compare(pair, results, 8, f"a link: {kind}", story)


def test_y8_a_link_from_http_to_https_leads_there(pair: Pair, results: Results) -> None:
    path = put(pair, "plain", "<a href='{{OWN}}/page/landed'>go</a>")

    def story(visit: Visit) -> Any:
        page = visit.page()
        page.goto(visit.address(pair.sites.filled("{{PLAIN}}") + path))
        first = page.evaluate("() => [document.URL, origin, document.links[0].href]")
        page.get_by_text("go").click()
        return [first, visit.sites.heard()]

    compare(pair, results, 8, "a link: from http to https", story)


@pytest.mark.parametrize("kind", SETTERS)
def test_y7_a_part_of_the_address_is_set(pair: Pair, results: Results, kind: str) -> None:
    path = moving(pair, SETTERS[kind])
    compare(pair, results, 10, f"a part is set: {kind}", lambda visit: visit.arrive(path))


@pytest.mark.parametrize("kind", COMPUTED)
def test_y8_a_name_that_is_computed_leads_there_as_well(pair: Pair, results: Results, kind: str) -> None:
    path = moving(pair, COMPUTED[kind])
    compare(pair, results, 10, f"a computed name: {kind}", lambda visit: visit.arrive(path))


def test_p1_the_fragment_of_the_first_address_is_kept(pair: Pair, results: Results) -> None:
    script = "<script>window.seen = [location.hash, location.href, document.querySelector(':target')?.id]</script>"
    put(pair, "part", f"<div style='height: 3000px'></div><p id=part-2>here{script}")
    url = pair.sites.url("/page/part?x=1#part-2")

    def story(visit: Visit) -> Any:
        page = visit.page()
        page.goto(start(pair.proxy, url) if visit.is_proxied else url)
        return page.evaluate("() => [window.seen, document.URL, scrollY > 0]")

    compare(pair, results, 7, "the fragment of the first address", story)


def test_y2_a_start_link_with_a_fragment_opens_once(pair: Pair) -> None:
    link = start(pair.proxy, pair.sites.url("/page/landed?x=1#part-2"))
    page = pair.proxied.page()
    try:
        page.goto(link)
        assert page.evaluate(LOOK)[0] == pair.sites.url("/page/landed?x=1#part-2")
        page.goto(link.replace("#", "&again#"))
        assert "cannot be opened" in page.inner_text("body")
    finally:
        page.close()
