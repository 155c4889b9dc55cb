"""However a page leads elsewhere, the visitor stays with the proxy."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from e2e.proxy.shim.site import HOSTS, Sites

OTHER = HOSTS[1]


@pytest.fixture
def page(browser: Browser, sites: Sites) -> Iterator[Page]:
    context = browser.new_context()
    page = context.new_page()
    # Whatever leaves the proxy's hosts would reach the same server.
    page.route(lambda url: ".px.localhost" not in url and "localhost" in url, lambda route: route.abort())
    page.goto(sites.proxied("/dir/page"))
    yield page
    context.close()


def arrive(page: Page, sites: Sites, script: str, path: str = "/echo?x#f") -> None:
    """Run a script that names the other site; wait until the visitor is there."""
    expected = sites.proxied(path, OTHER)
    with page.expect_navigation(url=expected, timeout=60_000):
        page.evaluate("([code, to]) => void new Function('TO', code)(to)", [script, sites.direct(path, OTHER)])


WAYS = {
    "location": "location = TO",
    "window.location": "window.location = TO",
    "href": "window.location.href = TO",
    "assign": "document.location.assign(TO)",
    "replace": "location.replace(TO)",
    "host": "location.pathname; const u = new URL(TO); location.hash = ''; location.assign(u)",
    "computed": "window['loc' + 'ation'] = TO",
    "computed href": "window['loc' + 'ation']['hr' + 'ef'] = TO",
    "destructured": "const {location} = window; location.href = TO",
    "in a timer": "setTimeout('location.href = ' + JSON.stringify(TO), 1)",
    "link": "document.body.innerHTML = `<a href='${TO}'><b>go</b></a>`; document.querySelector('b').click()",
    "link that is nowhere": "const a = document.createElement('a'); a.href = TO; a.click()",
    "link in a shadow": "const s = document.body.attachShadow({mode: 'closed'});"
    " s.innerHTML = `<a href='${TO}'>go</a>`; s.querySelector('a').click()",
    "dispatched click": "const a = document.createElement('a'); a.href = TO; a.dispatchEvent(new MouseEvent('click'))",
    "javascript: link": "const a = document.createElement('a');"
    " a.setAttribute('href', `javascript:void(location='${TO}')`); document.body.append(a); a.click()",
    "window.open here": "window.open(TO, '_self')",
    "navigation.navigate": "navigation.navigate(TO)",
    "a child's parent.location": "const f = document.createElement('iframe');"
    " f.srcdoc = `<script>parent.location = '${TO}'</scr` + 'ipt>'; document.body.append(f)",
    "meta refresh": "const m = document.createElement('meta'); m.httpEquiv = 'refresh';"
    " m.content = '0;url=' + TO; document.head.append(m)",
}


@pytest.mark.parametrize("way", list(WAYS))
def test_y8_scripts_and_links_to_another_site_stay_with_the_proxy(page: Page, sites: Sites, way: str) -> None:
    arrive(page, sites, WAYS[way])


def test_y8_the_mouse_on_a_link_goes_to_the_proxied_site(page: Page, sites: Sites) -> None:
    to = sites.direct("/child", OTHER)
    page.evaluate("(to) => { document.body.innerHTML = `<a href='${to}'>go</a>` }", to)
    assert page.evaluate("() => document.querySelector('a').outerHTML") == f'<a href="{to}">go</a>'
    page.click("a")
    page.wait_for_url(sites.proxied("/child", OTHER))


def test_y8_a_link_for_a_new_tab_opens_the_proxied_site(page: Page, sites: Sites) -> None:
    page.evaluate(
        "(to) => { document.body.innerHTML = `<a href='${to}' target=_blank>go</a>` }", sites.direct("/child", OTHER)
    )
    with page.expect_popup() as popup:
        page.click("a")
    popup.value.wait_for_url(sites.proxied("/child", OTHER))


def test_y8_window_open_gives_a_window_that_can_be_led_on(page: Page, sites: Sites) -> None:
    with page.expect_popup() as popup:
        page.evaluate(
            "(to) => void new Function('TO', 'const w = open(); w.location = TO')(to)", sites.direct("/child", OTHER)
        )
    popup.value.wait_for_url(sites.proxied("/child", OTHER))


@pytest.mark.parametrize("how", ["click", "submit()", "net"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_y8_forms_arrive_with_their_fields(page: Page, sites: Sites, how: str, method: str) -> None:
    page.evaluate(
        "([to, method]) => { document.body.innerHTML = `<form method=${method} action='${to}'>"
        "<input name=action value='ä b'><textarea name=t>x</textarea><button name=b value=1>go</button></form>` }",
        [sites.direct("/echo", OTHER), method],
    )
    with page.expect_navigation(url=lambda url: url.startswith(sites.proxied("/echo", OTHER))):
        if how == "click":
            page.click("button")
        elif how == "submit()":
            page.evaluate("() => HTMLFormElement.prototype.submit.call(document.querySelector('form'))")
        else:
            # A listener of the page that comes before ours changes where the form goes.
            page.evaluate(
                "(to) => { const f = document.querySelector('form'); f.addEventListener('submit', () => {"
                " f.attributes.removeNamedItem('action'); const a = document.createAttribute('action'); a.value = to;"
                " f.attributes.setNamedItem(a) }); }",
                sites.direct("/echo", OTHER),
            )
            page.click("button")
    seen = page.evaluate("() => JSON.parse(document.body.textContent)")
    assert seen["method"] == method.upper()
    assert "action=%C3%A4+b&t=x" in (seen["body"] or seen["target"])


def test_y8_a_file_survives_the_net(page: Page, sites: Sites, tmp_path: Path) -> None:
    file = tmp_path / "note.txt"
    file.write_text("words")
    page.evaluate(
        "(to) => { document.body.innerHTML = `<form method=post enctype='multipart/form-data' action='/x'>"
        "<input type=file name=f><button>go</button></form>`; const f = document.querySelector('form');"
        " f.addEventListener('submit', () => { const a = document.createAttribute('action'); a.value = to;"
        " f.attributes.setNamedItem(a) }) }",
        sites.direct("/echo", OTHER),
    )
    page.set_input_files("input", file)
    with page.expect_navigation(url=sites.proxied("/echo", OTHER)):
        page.click("button")
    seen = page.evaluate("() => JSON.parse(document.body.textContent)")
    assert (seen["method"], seen["has_file"], seen["type"]) == ("POST", True, "multipart/form-data")


EMBEDDED = """() => new Function(`return [top === window, parent === window, window.top === self, frameElement,
  document.referrer, location.ancestorOrigins.length]`)()"""


def test_y8_an_embedded_page_takes_itself_for_the_top(browser: Browser, sites: Sites) -> None:
    context = browser.new_context()
    page = context.new_page()
    sites.pages["/embed"] = f"<iframe src='{sites.proxied('/dir/page')}'></iframe>"
    page.goto(sites.direct("/embed", "embedder.localhost"))
    page.frame_locator("iframe").locator("h1").wait_for()
    frame = page.frames[1]
    assert frame.evaluate(EMBEDDED) == [True, True, True, None, "", 0]
    # What it sends to the top goes to its own frame, and the embedder stays.
    to = sites.direct("/empty", OTHER)
    frame.evaluate("(to) => { document.body.innerHTML = `<a href='${to}' target=_top>go</a>` }", to)
    frame.evaluate("() => document.querySelector('a').click()")
    frame.wait_for_url(sites.proxied("/empty", OTHER))
    assert page.url == sites.direct("/embed", "embedder.localhost")
    context.close()


def test_y8_a_frame_in_a_proxied_page_sees_its_real_parents(browser: Browser, sites: Sites) -> None:
    context = browser.new_context()
    page = context.new_page()
    sites.pages["/outer"] = f"<iframe src='{sites.proxied('/dir/page', OTHER)}'></iframe>"
    sites.pages["/embed"] = f"<iframe src='{sites.proxied('/outer')}'></iframe>"
    page.goto(sites.direct("/embed", "embedder.localhost"))
    page.frame_locator("iframe").frame_locator("iframe").locator("h1").wait_for()
    code = "return [top === window, top === parent, parent.parent === top, [...location.ancestorOrigins]]"
    seen = page.frames[2].evaluate("(code) => new Function(code)()", code)
    assert seen[:2] == [False, True]
    assert seen[3] == [sites.direct("")]
    context.close()
