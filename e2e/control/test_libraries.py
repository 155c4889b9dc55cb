"""Pages of real libraries keep what an agent does: React's controlled inputs, ProseMirror, Lexical (A2)."""

from __future__ import annotations

import json
from collections.abc import Callable

from e2e.control.twin import Twin


def test_a2_react_controlled_inputs_keep_what_is_typed(open_page: Callable[[str], Twin]) -> None:
    react = open_page("react")
    react.until("document.getElementById('send')")
    react.click("#name")
    react.type("zoë")
    assert react.get("#name") == "ZOË"
    react.keys("Backspace")
    react.click("#note")
    react.type("one\ntwo " + "x" * 200)
    react.click("#label", fx=0.9)
    assert react.get("#agree", "checked") is True
    react.wish("select_options", "#size", indexes=[1])
    react.wish("set_value", "#day", value="2026-11-22")
    react.wish("set_value", "#level", value="7")
    react.click("#send")
    react.until("document.getElementById('sent').textContent !== ''")
    assert json.loads(react.get("#sent", "textContent")) == {
        "name": "ZO",
        "note": "one\ntwo " + "x" * 200,
        "agreed": True,
        "size": "l",
        "day": "2026-11-22",
        "level": "7",
    }


def test_a2_react_hover_menus_open_under_the_agents_pointer(open_page: Callable[[str], Twin]) -> None:
    react = open_page("react")
    react.until("document.getElementById('menu')")
    react.wish("point", "#menu", fx=0.1, fy=0.5)
    react.until("document.getElementById('item')")
    react.wish("point", "#name", fx=0.5, fy=0.5)
    react.until("!document.getElementById('item')")


def test_a2_prosemirror_takes_text_lines_deletion_and_undo(open_page: Callable[[str], Twin]) -> None:
    page = open_page("editors")
    page.until("window.proseText")
    page.click("#prose >> .ProseMirror")
    page.type("hello world")
    page.until("proseText() === 'hello world'")
    page.keys("Enter")
    page.type("next")
    page.until("proseText() === 'hello world\\nnext'")
    page.keys("Backspace", "Backspace")
    page.until("proseText() === 'hello world\\nne'")
    page.key("a", "ctrl")
    page.type("z")
    page.until("proseText() === 'z'")


def test_a2_lexical_takes_text_lines_and_deletion(open_page: Callable[[str], Twin]) -> None:
    page = open_page("editors")
    page.until("window.lexicalText")
    page.click("#lexical")
    page.type("hello world")
    page.until("lexicalText() === 'hello world'")
    page.keys("Enter")
    page.type("next")
    page.until("lexicalText().replace(/\\n+/, '|') === 'hello world|next'")
    page.keys("Backspace", "Backspace")
    page.until("lexicalText().replace(/\\n+/, '|') === 'hello world|ne'")
