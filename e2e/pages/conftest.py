"""A visitor on a real page and an agent who watches it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from e2e import flow
from e2e.flow import Server
from e2e.pages import site

Open = Callable[[str], tuple[Page, Page, list[str]]]


@pytest.fixture(scope="session")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the source packages."""
    return site.sources(tmp_path_factory.mktemp("packages"))


@pytest.fixture(scope="session")
def pages(server: Server, page_packages: Path, sources: Path) -> Iterator[str]:
    """The address of all real pages."""
    documentation = next(sources.glob("[Mm]ako-*/doc"))
    folders = {"": page_packages, "mako": documentation, "hosts": site.HERE / "hosts", **site.at_root(page_packages)}
    with site.serve(folders, server.url, server.public_key) as url:
        yield url


@pytest.fixture
def open_page(server: Server, browser: Browser, pages: str) -> Iterator[Open]:
    """Open a page (a path of ours, or an address) and watch it; gives both once equal, and their consoles' errors."""
    contexts = []

    def open_both(path: str) -> tuple[Page, Page, list[str]]:
        errors: list[str] = []
        context = flow.visitor_context(browser)
        contexts.append(context)
        listen(context, "visitor", errors)
        visitor = context.new_page()
        visitor.goto(path if "://" in path else f"{pages}/{path}", wait_until="load")
        agent = flow.watch(browser, flow.watch_url(server, flow.short_id(visitor)))
        contexts.append(agent.context)
        listen(agent.context, "agent", errors)
        flow.until_same(visitor, agent)
        return visitor, agent, errors

    yield open_both
    for context in contexts:
        context.close()


def listen(context: BrowserContext, who: str, errors: list[str]) -> None:
    """Note every error that a console shows."""

    def note(kind: str, words: str, where: str) -> None:
        if kind == "error":
            errors.append(f"{who}: {words} {where}")

    context.on("console", lambda message: note(message.type, message.text, message.location["url"]))
    context.on("weberror", lambda problem: note("error", str(problem.error), ""))
