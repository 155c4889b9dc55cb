"""The team console through the real server: from the one-time link to a visitor's page, and what a reader may not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from e2e import flow
from e2e.conftest import shop
from e2e.flow import Server

pytestmark = pytest.mark.journey

PASSWORD = "correct horse battery staple"


def first_link(house: Server) -> str:
    """The link that the server printed when it started."""
    found = flow.until(
        lambda: re.search(r"https?://\S+/console/join#\S+", house.log.read_text()), what="the one-time link"
    )
    return found[0]


def joined(browser: Browser, link: str, name: str, email: str) -> Page:
    """Use a one-time link in a browser of its own."""
    page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.goto(link)
    page.get_by_label("Name").fill(name)
    if page.get_by_label("E-mail address").is_editable():
        page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Join and open the console").click()
    expect(page.get_by_role("heading", name="Visitors")).to_be_visible()
    return page


def started_session(console: Page, visitor: Page) -> Page:
    """Start a session from the list by the keyboard; gives the watch page, live."""
    expect(console.get_by_role("row", name="Ada Lind")).to_be_visible()
    console.keyboard.press("/")
    expect(console.get_by_role("searchbox")).to_be_focused()
    console.keyboard.type("nobody of that name")
    expect(console.get_by_text("Nobody online matches")).to_be_visible()
    console.get_by_role("searchbox").fill("ada")
    expect(console.get_by_role("row", name="Ada Lind")).to_be_visible()
    console.keyboard.press("ArrowDown")
    console.keyboard.press("ArrowDown")
    expect(console.locator("[aria-selected=true]")).to_contain_text("Ada Lind")
    with console.context.expect_page() as opened:
        console.keyboard.press("Shift+Enter")
    flow.press_card(visitor, "Allow")
    flow.until_same(visitor, opened.value)
    return opened.value


def find_by_code(console: Page, visitor: Page) -> None:
    """Type the digits that the visitor's page shows; their own page opens, ready to start."""
    code: str = visitor.evaluate("() => Upscope('getLookupCode')")
    console.get_by_role("link", name="Enter code").click()
    expect(console.get_by_label("Digit 1")).to_be_focused()
    console.keyboard.type(code)
    expect(console.get_by_role("heading", name="Ada Lind")).to_be_visible()
    expect(console.get_by_role("button", name="Start session")).to_be_focused()
    console.get_by_role("link", name="Visitors").click()


def look_in(console: Page) -> None:
    """See the session's picture on the wall."""
    console.get_by_role("link", name="Live now").click()
    console.get_by_label("Live pictures").check()
    small = console.frame_locator("iframe[title*='Ada Lind']")
    expect(small.frame_locator("iframe").locator("#products")).to_be_visible()


def write_note(console: Page) -> str:
    """Write a note about the first session of the list; gives the session's address."""
    console.get_by_role("link", name="Sessions").click()
    console.get_by_role("table").get_by_role("link").first.click()
    console.get_by_label("Write a note").fill("The card works again.")
    console.get_by_role("button", name="Add note").click()
    expect(console.get_by_text("The card works again.")).to_be_visible()
    return console.url


def invited(console: Page, email: str, role: str) -> str:
    """Invite somebody; gives the one-time link."""
    console.get_by_role("link", name="Members").click()
    console.get_by_role("button", name="Invite").click()
    console.get_by_role("dialog").get_by_label("E-mail address").fill(email)
    console.get_by_role("dialog").get_by_label("Role").select_option(role)
    console.get_by_role("button", name="Make invitation").click()
    link: str = (
        console.get_by_label("One-time link")
        .get_by_role("textbox")
        .or_(console.get_by_role("textbox", name="One-time link"))
        .input_value()
    )
    console.get_by_role("button", name="Done").click()
    return link


def test_a_team_logs_in_finds_its_visitor_helps_and_writes_it_down(
    house: Server, browser: Browser, tmp_path: Path
) -> None:
    with shop(house, house.url, tmp_path / "shop") as address:
        visitor = flow.visitor_context(browser).new_page()
        visitor.goto(f"{address}/visitor?id=console&name=Ada%20Lind")
        console = joined(browser, first_link(house), "Zoë", "zoe@example.com")
        find_by_code(console, visitor)
        agent = started_session(console, visitor)
        look_in(console)
        session = write_note(console)
        reader = joined(browser, invited(console, "ines@example.com", "read-only"), "Ines", "")
        expect(reader.get_by_role("row", name="Ada Lind")).to_be_visible()
        reader.get_by_role("row", name="Ada Lind").hover()
        for name in ("Start session", "Join session"):
            expect(reader.get_by_role("button", name=name)).to_have_count(0)
        for name in ("Enter code", "API keys", "Webhooks", "Audit"):
            expect(reader.get_by_role("link", name=name)).to_have_count(0)
        reader.goto(session)
        expect(reader.get_by_text("The card works again.")).to_be_visible()
        for name in ("Add note", "End session", "Join session"):
            expect(reader.get_by_role("button", name=name)).to_have_count(0)
        for page in (visitor, agent, console, reader):
            context: BrowserContext = page.context
            context.close()


def test_r20_a_recorded_session_is_announced_replayed_and_deleted(
    house: Server, browser: Browser, tmp_path: Path
) -> None:
    status, _ = house.rest("PATCH", "settings", {"settings": {"recordSessions": True}})
    assert status == 200
    with shop(house, house.url, tmp_path / "shop") as address:
        visitor = flow.visitor_context(browser).new_page()
        visitor.goto(f"{address}/visitor?id=console&name=Ada%20Lind")
        console = joined(browser, first_link(house), "Zoë", "zoe@example.com")
        row = console.get_by_role("row", name="Ada Lind")
        row.hover()
        with console.context.expect_page() as opened:
            row.get_by_role("button", name="Start session").click()
        flow.until(lambda: "The session is recorded." in flow.card_words(visitor), what="the word of it", page=visitor)
        flow.press_card(visitor, "Allow")
        flow.until_same(visitor, opened.value)
        flow.until(lambda: "recorded" in flow.card_words(visitor), what="the badge's word of it", page=visitor)
        flow.press_card(visitor, "End session")
        console.get_by_role("link", name="Sessions").click()
        console.get_by_role("table").get_by_role("link").first.click()
        flow.until(lambda: console.get_by_role("button", name="Replay").count() == 1 or console.reload(), what="Replay")
        with console.context.expect_page() as replay:
            console.get_by_role("button", name="Replay").click()
        stage = replay.value.frame_locator("iframe")
        expect(stage.locator("#products")).to_be_visible()
        console.get_by_role("button", name="Delete recording").click()
        console.get_by_role("dialog").get_by_role("button", name="Delete recording").click()
        expect(console.get_by_role("button", name="Replay")).to_have_count(0)
        replay.value.reload()
        expect(replay.value.get_by_role("heading")).to_be_visible()
        expect(stage.locator("#products")).to_have_count(0)
        for page in (visitor, console):
            page.context.close()
