"""Applications of other people work through the proxy as without it, and can be helped with."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Error

from e2e import flow
from e2e.apps.app import App
from e2e.apps.help import be_helped
from e2e.apps.table import Results
from e2e.apps.visitor import Visitor
from e2e.flow import Server
from e2e.proxy.conformance.visit import session_of, start

pytestmark = pytest.mark.journey
OUT = flow.ROOT / "e2e/out/apps"
BROWSERS = ("chromium", "firefox")
ALL = "TWINPANE_APPS_IN_ALL_BROWSERS"
"""Set: try each application also where it is not known to pass."""


@pytest.mark.parametrize("browser", BROWSERS)
def test_p3_application_is_as_without_the_proxy_and_can_be_helped_with(
    application: tuple[App, str], browser: str, proxy: Server, results: Results, request: pytest.FixtureRequest
) -> None:
    app, origin = application
    if browser not in app.browsers and not os.environ.get(ALL):
        pytest.skip(f"{app.name} is tried in {', '.join(app.browsers)}")
    opened: Browser = request.getfixturevalue(browser)
    why = app.misses.get(browser)
    if not why:
        results.note(app, browser, *tried(app, origin, opened, browser, proxy))
        return
    with pytest.raises((AssertionError, Error)):
        tried(app, origin, opened, browser, proxy)
    results.note_miss(app, browser)
    pytest.xfail(why)


def tried(app: App, origin: str, opened: Browser, browser: str, proxy: Server) -> tuple[int, int]:
    """Use it both ways and help with it; gives how many errors there were directly and through the proxy."""
    letter = "abcd"[2 * BROWSERS.index(browser) :]

    direct = Visitor(flow.visitor_context(opened, **app.context), origin, f"mark{letter[0]}")
    with pictured(direct, f"{app.slug}-{browser}-direct"):
        direct.open("/")
        app.use(direct)
        direct.see_icon()
    app.leave(direct)
    direct.context.close()

    link = start(proxy, f"{origin}/", unique_id=f"{app.slug}-{browser}")
    proxied = Visitor(flow.visitor_context(opened, **app.context), origin, f"mark{letter[1]}", *session_of(link))
    with pictured(proxied, f"{app.slug}-{browser}-proxied"):
        proxied.page.goto(link)
        app.use(proxied)
        proxied.see_icon()
    errors = list(proxied.errors)
    be_helped(app, proxied, proxy, opened)
    assert proxied.errors == errors, "errors while helped"
    app.leave(proxied)
    proxied.context.close()
    assert proxied.seen == direct.seen
    assert sorted(proxied.errors) == sorted(direct.errors)
    assert proxied.failed <= direct.failed
    return len(direct.errors), len(proxied.errors)


@contextmanager
def pictured(visitor: Visitor, name: str) -> Iterator[None]:
    """Keep a picture of where the visitor came to."""
    try:
        yield
    except Exception as problem:
        problem.add_note(f"seen {visitor.seen}\nerrors {visitor.errors}\nfailed {visitor.failed}")
        raise
    finally:
        OUT.mkdir(parents=True, exist_ok=True)
        visitor.page.screenshot(path=OUT / f"{name}.png")
