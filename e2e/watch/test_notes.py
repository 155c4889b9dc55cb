"""Notes in the watch page (A2; SPEC E1)."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from twinpane_protocol.agent import NoteAdded, NoteWritten
from twinpane_protocol.console_answers import Note
from twinpane_protocol.link import Error
from twinpane_protocol.shared import Permissions

from e2e.watch.desk import ME, OTHER, Desk
from e2e.watch.scenes import open_notes, session

pytestmark = pytest.mark.journey


def opened(desk: Desk, window: Page) -> None:
    window.goto(f"{desk.url}/watch/one-time-token")
    window.get_by_text("You see Ada's page").wait_for(state="attached")


def note(number: int, text: str) -> Note:
    return Note(id=number, author="Zoë Lind", text=text, written_at="2026-11-22T14:51:00Z")


def test_e1_notes_are_read_and_written_by_keyboard(desk: Desk, window: Page) -> None:
    opened(desk, window)
    open_notes(desk, window)
    texts = window.locator(".note-text")
    expect(texts).to_have_text(["Wants the blue one."])
    field = window.get_by_role("textbox", name="Write a note")
    expect(field).to_be_focused()
    window.keyboard.type("Vexed: no kettle")
    window.keyboard.press("Escape")
    expect(window.get_by_role("button", name="Notes", exact=True)).to_be_focused()
    window.keyboard.press("n")
    expect(field).to_have_value("Vexed: no kettle")
    window.keyboard.press("Control+Enter")
    written = desk.expect(NoteWritten)
    assert written.text == "Vexed: no kettle"
    desk.tell(Error(code="too_many_messages", message="", advice="retry"))
    expect(field).to_be_editable()
    expect(field).to_have_value("Vexed: no kettle")
    window.get_by_role("button", name="Add note").press("Enter")
    desk.tell(NoteAdded(note=note(2, "Vexed: no kettle"), seat=ME.id, wrote=desk.expect(NoteWritten).id))
    expect(field).to_have_value("")
    desk.tell(NoteAdded(note=note(3, "So am I"), seat=OTHER.id, wrote=1))
    expect(texts).to_have_text(["Wants the blue one.", "Vexed: no kettle", "So am I"])


def test_e1_who_may_not_see_notes_is_not_offered_them(desk: Desk, window: Page) -> None:
    session("live", permissions=Permissions(allow_notes=False))(desk)
    opened(desk, window)
    window.get_by_role("button", name="Look", exact=True).wait_for()
    window.keyboard.press("n")
    expect(window.get_by_role("button", name="Notes", exact=True)).to_have_count(0)
    expect(window.locator(".dock")).to_have_count(0)
