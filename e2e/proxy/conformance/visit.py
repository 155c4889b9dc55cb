"""The same page twice: direct, and through the proxy."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page
from twinpane.rewrite.address import ProxyBase, decode_url, encode_url

from e2e.flow import Server
from e2e.proxy.conformance.sites import Sites, tell

Story = Callable[["Visit"], Any]
WHERE = "[document.URL, document.referrer, document.title, location.href, top === self]"
TELL_WHERE = tell(WHERE)
SEEN = "async () => { const seen = await window.seen; return seen }"


class Visit:
    """One of the two visitors, with a browser of their own."""

    def __init__(self, context: BrowserContext, sites: Sites, base: ProxyBase | None, sid: str = "") -> None:
        self.context = context
        self.sites = sites
        self._base = base
        self._sid = sid

    @property
    def is_proxied(self) -> bool:
        return self._base is not None

    def address(self, url: str) -> str:
        """What to type for a site's address."""
        return encode_url(self._base, self._sid, url, {}) if self._base else url

    def real(self, url: str) -> str:
        """What the site calls an address."""
        return (self._base and decode_url(self._base, url, {})) or url

    def page(self) -> Page:
        page = self.context.new_page()
        page.set_default_timeout(30_000)
        return page

    def open(self, path: str) -> Page:
        """A page of the first site."""
        page = self.page()
        page.goto(self.address(self.sites.url(path)))
        return page

    def arrive(self, path: str) -> Any:
        """Open a page that leads on by itself; what the page tells where that ends."""
        self.page().goto(self.address(self.sites.url(path)), wait_until="commit")
        return self.sites.heard()


class Pair:
    """Both visitors of a browser; the proxied one is in one proxy session all along."""

    def __init__(self, browser: Browser, sites: Sites, proxy: Server) -> None:
        self.name = browser.browser_type.name
        self.sites = sites
        self.proxy = proxy
        self.direct = Visit(browser.new_context(ignore_https_errors=True), sites, None)
        context = browser.new_context(ignore_https_errors=True)
        sites.pages["landed"] = (f"<title>landed</title><h1>Here you are</h1><script>{TELL_WHERE}</script>", {})
        link = start(proxy, sites.url("/page/landed"))
        page = context.new_page()
        answer = page.goto(link)
        assert answer is not None
        assert answer.status == 200, page.content()
        page.close()
        self.proxied = Visit(context, sites, *session_of(link))
        self._tabs = [(visit, visit.page()) for visit in (self.direct, self.proxied)]

    def both(self, story: Story) -> tuple[Any, Any]:
        """What each of the two lives to see."""
        found = []
        for visit in (self.direct, self.proxied):
            before = set(visit.context.pages)
            self.sites.begin()
            try:
                found.append(story(visit))
            except Exception as problem:  # A miss of one is to be compared, too.
                found.append(f"{type(problem).__name__}: {str(problem).partition(chr(10))[0]}")
            finally:
                for page in set(visit.context.pages) - before:
                    page.close()
        return found[0], found[1]

    def both_pages(self, path: str) -> tuple[Any, Any]:
        """What a page says, opened by both at once. Tabs are used again: opening one takes longer than a page."""
        for visit, page in self._tabs:
            page.goto(visit.address(self.sites.url(path)), wait_until="commit")
        direct, proxied = (_said(page) for _, page in self._tabs)
        return direct, proxied

    def close(self) -> None:
        self.direct.context.close()
        self.proxied.context.close()


def start(proxy: Server, url: str, **body: Any) -> str:
    """A proxy session's start link (R18)."""
    status, told = proxy.rest("POST", "proxy_sessions", {"initial_url": url, **body})
    assert status == 200, told
    return str(told["url"])


def session_of(link: str) -> tuple[ProxyBase, str]:
    """The base and the session that a start link names."""
    parts = urlsplit(link)
    label, _, base = (parts.hostname or "").partition(".")
    return ProxyBase(parts.scheme, base, parts.port or 80), label[:12]


def _said(page: Page) -> Any:
    page.wait_for_function("() => 'seen' in window", timeout=30_000)
    seen = page.evaluate(SEEN)
    return json.loads(seen) if seen[:1] in ("[", "{", '"') else seen
