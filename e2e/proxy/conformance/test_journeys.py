"""What takes more than one page: links, redirects, forms, history, a log-in."""

from __future__ import annotations

import json
from typing import Any

import pytest

from e2e import flow
from e2e.proxy.conformance.story import LOOK, compare, put
from e2e.proxy.conformance.table import Results
from e2e.proxy.conformance.visit import Pair, Visit

LINKS = {
    "relative": "landed?relative",
    "from the root": "/page/landed#part",
    "absolute": "{{OWN}}/page/landed",
    "another origin": "{{API}}/page/landed?q=%20",
    "another site": "{{IDP}}/page/landed",
}
MOVES = {
    "location = x": "location = '{{API}}/page/landed'",
    "location.href": "location.href = '/page/landed?1'",
    "window.location": "window.location = '{{IDP}}/page/landed'",
    "document.location": "document.location = 'landed'",
    "assign": "location.assign('{{API}}/page/landed')",
    "replace": "location.replace('{{API}}/page/landed')",
}


@pytest.mark.parametrize("kind", LINKS)
def test_p3_a_link_leads_where_it_leads(pair: Pair, results: Results, kind: str) -> None:
    path = put(pair, "links", f"<a href='{LINKS[kind]}'>go</a>")

    def story(visit: Visit) -> Any:
        page = visit.open(path)
        href = page.evaluate("() => document.links[0].href")
        page.get_by_text("go").click()
        return [href, visit.sites.heard()]

    compare(pair, results, 8, f"a link: {kind}", story)


@pytest.mark.parametrize("kind", MOVES)
def test_p3_a_script_goes_where_it_goes(pair: Pair, results: Results, kind: str) -> None:
    path = put(
        pair, "moves", f"<script>if (!location.search) onload = () => setTimeout(() => {{ {MOVES[kind]} }})</script>"
    )
    compare(pair, results, 10, f"a script goes on: {kind}", lambda visit: visit.arrive(path))


@pytest.mark.parametrize("status", [302, 303, 307])
def test_p3_a_form_is_redirected(pair: Pair, results: Results, status: int) -> None:
    action = f"{{{{OWN}}}}/redirect?status={status}&to={{{{API}}}}/shown"
    path = put(
        pair, "form", f"<form method=post action='{action}'><input name=a value='ä&amp;'><button>go</button></form>"
    )

    def story(visit: Visit) -> Any:
        page = visit.open(path)
        page.get_by_role("button").click()
        return json.loads(page.locator("#told").inner_text())

    compare(pair, results, 12, f"a form through a redirect with {status}", story)


@pytest.mark.parametrize("way", ["header", "element"])
def test_p3_a_page_refreshes_to_another(pair: Pair, results: Results, way: str) -> None:
    to = "0; url={{API}}/page/landed"
    path = (
        put(pair, "refresh", "", {"Refresh": to})
        if way == "header"
        else put(pair, "refresh", f'<meta http-equiv=refresh content="{to}">')
    )
    compare(pair, results, 13, f"refresh by {way}", lambda visit: visit.arrive(path))


def test_p3_back_and_reload_keep_the_address(pair: Pair, results: Results) -> None:
    def story(visit: Visit) -> Any:
        page = visit.open("/page/landed?one")
        page.evaluate("() => history.pushState({n: 1}, '', '/page/landed?deep#x')")
        page.reload()
        deep = page.evaluate("() => [document.URL, history.state]")
        page.go_back()
        page.wait_for_function("() => document.URL.endsWith('?one')")
        return [deep, page.evaluate("() => [document.URL, history.state]")]

    compare(pair, results, 14, "reload of a pushed address, back", story)


def test_p3_a_log_in_at_another_site_and_out_again(pair: Pair, results: Results) -> None:
    def story(visit: Visit) -> Any:
        page = visit.open("/account")
        first = page.evaluate(LOOK)
        page.locator("input[name=who]").fill("zoe")
        page.get_by_role("button", name="Go on").click()
        page.get_by_role("heading", name="Hello Zoë").wait_for()
        second = page.evaluate(LOOK)
        page.get_by_role("button", name="Log out").click()
        return [first, second, visit.sites.heard(), visit.open("/account").title()]

    compare(pair, results, 38, "log-in by an identity provider, log-out", story)


CHARSETS = [
    ("shift_jis", "日本語テスト", "header"),
    ("gbk", "中文测试", "meta"),
    ("euc-kr", "한국어 시험", "header"),
    ("koi8-r", "Привет", "meta"),
    ("windows-1252", "Grüße “x” €", "header"),
    ("utf-8", "ünï", "bom"),
]


@pytest.mark.parametrize(("name", "text", "way"), CHARSETS)
def test_p3_letters_are_what_they_are(pair: Pair, results: Results, name: str, text: str, way: str) -> None:
    def story(visit: Visit) -> Any:
        page = visit.open(f"/charset?name={name}&text={text}&way={way}")
        return page.evaluate("() => [document.title, document.querySelector('p').textContent]")

    compare(pair, results, 53, f"{name} by {way}", story)


def test_p3_every_page_carries_the_sdk_once_for_one_visitor(pair: Pair) -> None:
    page = pair.proxied.open("/page/landed")
    try:
        first = flow.short_id(page)
        page.goto(pair.proxied.address(pair.sites.url("/page/landed", "idp.test")))
        assert flow.short_id(page) == first
        scripts = (
            "() => performance.getEntriesByType('resource').filter((e) => e.name.endsWith('/E2ePublic1.js')).length"
        )
        assert page.evaluate(scripts) <= 1
    finally:
        page.close()
