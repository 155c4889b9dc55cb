"""A visitor on a real page and an agent who watches it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from e2e import flow
from e2e.flow import Server
from e2e.pages import site

Open = Callable[[str], tuple[Page, Page]]


@pytest.fixture(scope="session")
def pages(server: Server, page_packages: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of all real pages."""
    folders = {"": page_packages, "mako": site.documentation(tmp_path_factory.mktemp("packages"))}
    with site.serve(folders, server.url, server.public_key) as url:
        yield url


@pytest.fixture
def open_page(server: Server, chromium: Browser, pages: str) -> Iterator[Open]:
    """Open a page as a visitor and watch it; gives both pages once their trees are equal."""
    contexts = []

    def open_both(path: str) -> tuple[Page, Page]:
        context = flow.visitor_context(chromium)
        contexts.append(context)
        # Fonts and banners from other hosts would make the run depend on them.
        context.route(lambda url: "localhost" not in url and "127.0.0.1" not in url, lambda route: route.abort())
        visitor = context.new_page()
        visitor.goto(f"{pages}/{path}", wait_until="load")
        agent = flow.watch(chromium, flow.watch_url(server, flow.short_id(visitor)))
        contexts.append(agent.context)
        flow.until_same(visitor, agent)
        return visitor, agent

    yield open_both
    for context in contexts:
        context.close()
