"""What takes more than one page: links, redirects, forms, history, a log-in."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from e2e import flow
from e2e.proxy.conformance.table import Results
from e2e.proxy.conformance.visit import Pair, Visit, start

# Not `location`: what the driver runs is no script of the page, and sees where the page really is.
WHERE = "() => [document.URL, document.referrer, document.title]"
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


def landed(page: Page) -> Any:
    page.wait_for_function("() => document.title === 'landed'")
    return page.evaluate(WHERE)


def put(pair: Pair, name: str, body: str, headers: dict[str, str] | None = None) -> str:
    pair.sites.pages[name] = (f"<title>{name}</title><body>{body}", headers or {})
    return f"/page/{name}"


def compare(pair: Pair, results: Results, item: int, title: str, story: Callable[[Visit], Any]) -> None:
    direct, proxied = pair.both(story)
    results.compare(pair.name, item, title, direct, proxied)


@pytest.mark.parametrize("kind", LINKS)
def test_p3_a_link_leads_where_it_leads(pair: Pair, results: Results, kind: str) -> None:
    path = put(pair, "links", f"<a href='{LINKS[kind]}'>go</a>")

    def story(visit: Visit) -> Any:
        page = visit.open(path)
        href = page.evaluate("() => document.links[0].href")
        page.get_by_text("go").click()
        return [href, landed(page)]

    compare(pair, results, 8, f"a link: {kind}", story)


@pytest.mark.parametrize("kind", MOVES)
def test_p3_a_script_goes_where_it_goes(pair: Pair, results: Results, kind: str) -> None:
    path = put(
        pair, "moves", f"<script>if (!location.search) onload = () => setTimeout(() => {{ {MOVES[kind]} }})</script>"
    )

    def story(visit: Visit) -> Any:
        page = visit.open(path)
        return landed(page)

    compare(pair, results, 10, f"a script goes on: {kind}", story)


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
    compare(pair, results, 13, f"refresh by {way}", lambda visit: landed(visit.open(path)))


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
        first = page.evaluate(WHERE)
        page.locator("input[name=who]").fill("zoe")
        page.get_by_role("button", name="Go on").click()
        page.get_by_role("heading", name="Hello Zoë").wait_for()
        second = page.evaluate(WHERE)
        page.get_by_role("button", name="Log out").click()
        out = landed(page)
        page.goto(visit.address(visit.sites.url("/account")))
        return [first, second, out, page.title()]

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


def test_p1_the_fragment_of_the_first_address_is_kept(pair: Pair) -> None:
    link = start(pair.proxy, pair.sites.url("/page/landed?x=1#part-2"))
    page = pair.proxied.page()
    page.goto(link)
    try:
        assert page.evaluate("() => document.URL") == pair.sites.url("/page/landed?x=1#part-2")
        page.goto(link.replace("#", "&again#"))
        assert "cannot be opened" in page.inner_text("body")
    finally:
        page.close()


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
