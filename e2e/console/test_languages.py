"""The console speaks the browser's language, or the one that its member chooses."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from e2e.console.desk import Desk
from e2e.console.test_access import AXE, RUN, TAGS, serious


@pytest.fixture
def arabic(chromium: Browser) -> Iterator[Page]:
    """A window of somebody whose browser speaks Arabic."""
    context = chromium.new_context(locale="ar-EG", viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    context.close()


def test_the_console_speaks_the_browsers_language_until_another_is_chosen(desk: Desk, arabic: Page) -> None:
    desk.reset()
    arabic.goto(f"{desk.url}/console")
    expect(arabic.get_by_role("heading", name="الزوار")).to_be_visible()
    expect(arabic.locator("html[lang=ar-EG][dir=rtl]")).to_have_count(1)
    # The rail stands where reading begins, and nothing sticks out.
    assert arabic.get_by_role("navigation").bounding_box()["x"] > 640  # type: ignore[index]
    assert arabic.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    arabic.evaluate(AXE)
    assert serious(arabic.evaluate(RUN, TAGS)) == []
    arabic.goto(f"{desk.url}/console/account")
    arabic.get_by_label("اللغة").select_option("de")
    expect(arabic.get_by_role("heading", name="Ihr Konto")).to_be_visible()
    arabic.reload()
    expect(arabic.get_by_label("Sprache")).to_have_value("de")
    expect(arabic.locator("html[lang=de][dir=ltr]")).to_have_count(1)
    arabic.get_by_label("Sprache").select_option("")
    expect(arabic.get_by_role("heading", name="حسابك")).to_be_visible()
