"""A visitor of an application: what they see, and what their browser complains of."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response
from twinpane.rewrite.address import ProxyBase, decode_url, encode_url

# A page that goes on to the next gives up what it was loading; so it does without the proxy.
GIVEN_UP = ("ERR_ABORTED", "BINDING_ABORTED", "NS_ERROR_ABORT")
NOT_LOADED = "Failed to load resource"
ICON = "/favicon.ico"


@dataclass
class Visitor:
    """One run of the story, direct or through the proxy."""

    context: BrowserContext
    origin: str
    """The application's address as its visitors know it."""
    mark: str
    """A word for what this run leaves behind; it reads MARK in what was seen."""
    base: ProxyBase | None = None
    sid: str = ""
    seen: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    failed: set[str] = field(default_factory=set)
    page: Page = field(init=False)

    def __post_init__(self) -> None:
        self.context.set_default_timeout(30_000)
        self.page = self.context.new_page()
        self.context.on("console", self._on_console)
        self.context.on("weberror", lambda problem: self.errors.append(self.real(str(problem.error).splitlines()[0])))
        self.context.on("requestfailed", self._on_failure)
        self.context.on("response", self._on_response)

    def open(self, path: str, page: Page | None = None) -> Page:
        """Go to a path of the application."""
        page = page or self.page
        page.goto(self.address(path))
        return page

    def address(self, path: str) -> str:
        """What to type for a path."""
        url = self.origin + path
        return encode_url(self.base, self.sid, url, {}) if self.base else url

    def see(self, *selectors: str, page: Page | None = None) -> None:
        """Remember the words of what is shown, once it is there."""
        for selector in selectors:
            words = (page or self.page).locator(selector).first.inner_text()
            self.say(selector, " ".join(words.split()))

    def see_icon(self) -> None:
        """Ask for the icon that the browser asks for on its own."""
        ask = "(path) => fetch(path).then((answer) => answer.status, String)"
        self.say("icon", self.page.evaluate(ask, ICON))

    def say(self, name: str, value: object) -> None:
        """Remember a value."""
        self.seen.append(self.real(f"{name}: {value}"))

    def real(self, words: str) -> str:
        """Words as they would be without the proxy, the same for every run."""
        if self.base:
            base = self.base

            def decoded(found: re.Match[str]) -> str:
                return decode_url(base, found[0], {}) or found[0]

            words = re.sub(rf"(?:https?|wss?)://{self.sid}-[a-z0-9.-]+:\d+", decoded, words)
        return words.replace(self.mark, "MARK")

    def _on_console(self, message: ConsoleMessage) -> None:
        where = self.real(urlsplit(message.location["url"])._replace(query="", fragment="").geturl())
        # A browser asks for the site's icon on its own, at a time of its own, and once only for several visitors.
        if message.type == "error" and where != self.origin + ICON:
            # HTTP/2 has no reason phrases, nor has the server's interface: the browser puts in the usual one.
            words = re.sub(r"(with a status of \d+) \(.*\)", r"\1", self.real(message.text))
            self.errors.append(f"{words} {where}" if words.startswith(NOT_LOADED) else words)

    def _on_failure(self, request: Request) -> None:
        if not any(word in (request.failure or "") for word in GIVEN_UP):
            self.failed.add(f"{request.failure} {self._what(request)}")

    def _on_response(self, response: Response) -> None:
        if response.status >= 400:
            self.failed.add(f"{response.status} {self._what(response.request)}")

    def _what(self, request: Request) -> str:
        parts = urlsplit(self.real(request.url))
        return f"{request.method} {parts.scheme}://{parts.netloc}{parts.path}"
