"""The page's console in the watch page (A2; SPEC C)."""

from __future__ import annotations

import msgspec
import pytest
from playwright.sync_api import BrowserContext, Page, expect
from twinpane_protocol.agent import AgentWish, AgentWishRefused, ReleaseConsole
from twinpane_protocol.shared import ConsoleEntry, ConsoleTold, Permissions, ReadConsole

from e2e.watch.desk import ME, Desk
from e2e.watch.scenes import may_read_console, read_console

pytestmark = pytest.mark.journey


@pytest.fixture
def watching(desk: Desk, window: Page) -> Page:
    may_read_console(desk)
    window.goto(f"{desk.url}/watch/one-time-token")
    window.get_by_text("You see Ada's page").wait_for(state="attached")
    return window


def asked(desk: Desk) -> int:
    while True:
        made = desk.expect(AgentWish)
        if isinstance(made.wish, ReadConsole):
            return made.id


def test_a2_the_console_is_asked_for_filtered_copied_and_given_up_by_keyboard(
    desk: Desk, watching: Page, context: BrowserContext
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    lines = watching.locator(".line .said")
    watching.keyboard.press("o")
    expect(watching.get_by_role("button", name="Ask Ada to show the console")).to_be_focused()
    watching.keyboard.press("Enter")
    asked(desk)
    expect(watching.get_by_role("status").filter(has_text="Waiting for Ada to allow the console")).to_be_visible()
    desk.change(agents=[msgspec.structs.replace(ME, reads_console=True)])
    watching.get_by_text("Nothing yet.").wait_for()
    told = [ConsoleEntry(level="log", text=f"kettle {number}") for number in range(3)]
    desk.tell(ConsoleTold(entries=[*told, ConsoleEntry(level="error", text="no such kettle")]))
    expect(lines).to_have_count(4)
    watching.get_by_role("searchbox", name="Filter").focus()
    watching.keyboard.type("KETTLE 1")
    expect(lines).to_have_count(1)
    watching.get_by_role("button", name="Copy").press("Enter")
    watching.get_by_text("Copied").wait_for()
    assert watching.evaluate("navigator.clipboard.readText()").endswith("info: kettle 1")
    watching.get_by_role("searchbox", name="Filter").fill("")
    watching.get_by_role("button", name="Messages").press("Enter")
    expect(lines).to_have_count(1)
    watching.get_by_role("button", name="Clear the list").press("Enter")
    watching.get_by_text("Nothing yet.").wait_for()
    watching.get_by_role("button", name="Stop reading").press("Enter")
    desk.expect(ReleaseConsole)
    watching.keyboard.press("Escape")
    expect(watching.get_by_role("button", name="Console", exact=True)).to_be_focused()


def test_c1_a_refusal_is_told_and_it_can_be_asked_again_or_taken_back(desk: Desk, watching: Page) -> None:
    watching.keyboard.press("o")
    ask = watching.get_by_role("button", name="Ask Ada to show the console")
    ask.click()
    desk.tell(AgentWishRefused(id=asked(desk), code="console_refused", message=""))
    watching.get_by_text("Ada did not let you read the console").wait_for()
    ask.click()
    watching.get_by_role("button", name="Cancel").click()
    desk.expect(ReleaseConsole)
    ask.wait_for()


def test_c2_what_was_read_stays_when_it_is_over_and_a_lost_right_takes_it_away(desk: Desk, watching: Page) -> None:
    read_console(desk, watching)
    watching.get_by_text("no such kettle").wait_for()
    desk.change(agents=[ME])
    watching.get_by_text("You no longer read Ada's console").wait_for()
    assert watching.get_by_text("no such kettle").is_visible()
    desk.change(permissions=Permissions())
    expect(watching.locator(".dock")).to_have_count(0)
    expect(watching.get_by_role("button", name="Console", exact=True)).to_have_count(0)
