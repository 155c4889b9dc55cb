"""Pages of real libraries keep what an agent does: React's controlled inputs, ProseMirror, Lexical (A2)."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

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


EDITORS = [("#prose >> .ProseMirror", "proseText"), ("#lexical", "lexicalText")]


@pytest.mark.parametrize(("node", "text"), EDITORS)
def test_a2_editors_with_a_model_take_text_lines_and_deletion(
    open_page: Callable[[str], Twin], node: str, text: str
) -> None:
    page = open_page("editors")
    page.until(f"'{text}' in window")

    def shows(expected: str) -> None:
        page.until(f"{text}().replace(/\\n+/g, '|') === '{expected}'")

    page.click(node)
    page.type("hello world")
    shows("hello world")
    for key in "!?":
        page.type(key)
    page.keys(".")
    shows("hello world!?.")
    page.keys("Enter")
    page.type("next")
    shows("hello world!?.|next")
    page.keys("Backspace")
    page.keys("Backspace")
    shows("hello world!?.|ne")
    page.type("xt\nlast")
    shows("hello world!?.|next|last")
    page.key("a", "ctrl")
    page.key("Backspace")
    shows("")
