"""Clicks and hovering, as a real pointer makes them (A2)."""

from __future__ import annotations

from e2e.control.twin import Twin


def test_a2_click_fires_what_a_mouse_fires_in_its_order(plain: Twin) -> None:
    plain.log()
    assert plain.click("#plain") is None
    heard = [line for line in plain.log() if line.endswith("plain") and "enter" not in line]
    expected = "pointerover mouseover pointermove mousemove pointerdown mousedown focus pointerup mouseup click"
    assert heard == [f"{name} plain" for name in expected.split()]


def test_a2_double_click_counts_and_a_right_click_asks_for_the_menu(plain: Twin) -> None:
    plain.click("#plain", count=1)
    plain.log()
    plain.click("#plain", count=2)
    heard = plain.log()
    assert "click plain 2" in heard
    assert "dblclick plain 2" in heard
    assert "click plain" not in heard
    plain.click("#link", count=2)
    assert [line for line in plain.log() if "click" in line] == ["click link", "click link 2", "dblclick link 2"]
    plain.click("#plain", button="right")
    assert [line for line in plain.log() if "click" in line or "menu" in line] == [
        "auxclick plain",
        "contextmenu plain",
    ]


def test_a2_click_activates_boxes_labels_links_details_and_submits(plain: Twin) -> None:
    plain.click("#agree")
    assert plain.get("#agree", "checked") is True
    plain.click("#label", fx=0.1)
    assert plain.get("#agree", "checked") is False
    plain.click("#green")
    assert plain.get("#red", "checked") is False
    plain.click("#summary", fx=0.02)
    assert plain.get("#details", "open") is True
    plain.click("#link")
    plain.until("location.hash === '#gone'")
    plain.log()
    plain.click("#send")
    assert "submit form" in plain.log()


def test_a2_a_file_can_be_chosen_by_the_visitor_alone_and_the_agent_is_told(plain: Twin) -> None:
    label = '<label id="attach">Attach <input id="file" type="file"></label>'
    plain.page.evaluate("(label) => document.querySelector('#plain').insertAdjacentHTML('beforebegin', label)", label)
    plain.log()
    for node in ("#file", "#attach"):
        assert plain.click(node, fx=0.1) == "only_visitor"
    assert not [line for line in plain.log() if "click" in line], "the page hears of no click that leads nowhere"


def test_a2_prevented_mousedown_keeps_the_focus_where_it_is(plain: Twin) -> None:
    plain.click("#name")
    plain.click("#moody")
    assert plain.page.evaluate("document.activeElement.id") == "name"
    plain.click("#words")
    assert plain.page.evaluate("document.activeElement.localName") == "body"


def test_a2_click_places_the_caret_and_a_double_click_takes_the_word(plain: Twin) -> None:
    plain.click("#name", fx=0.0)
    assert plain.get("#name", "selectionStart") == 0
    plain.click("#name", fx=1.0)
    assert plain.get("#name", "selectionStart") == len("hello brave world")
    plain.click("#name", fx=0.2, count=2)
    start, end = plain.get("#name", "selectionStart"), plain.get("#name", "selectionEnd")
    assert "hello brave world"[start:end] in ("hello", "brave")
    plain.click("#rich", fx=0.02, count=2)
    assert plain.page.evaluate("getSelection().toString().trim()") == "abc"
    plain.click("#rich", fx=1.0)
    plain.type("!")
    assert plain.get("#rich", "textContent") == "abc def!"


def test_a2_click_goes_to_what_lies_on_top(plain: Twin) -> None:
    plain.log()
    assert plain.click("#under") is None
    assert "click cover" in plain.log()
    plain.page.evaluate("cover.className = 'no-upscope'")
    assert plain.click("#under") == "masked"
    plain.page.evaluate("cover.className = 'no-upscope-remote'")
    assert plain.click("#under") == "no_remote"


def test_a2_click_reaches_into_shadow_roots_and_frames(plain: Twin) -> None:
    for path in ("#openhost >> #b", "#closedhost >> #c", "#frame >> #press"):
        plain.page.evaluate("p => twin.find(p).addEventListener('click', e => log.push('hit ' + e.clientX))", path)
        plain.log()
        assert plain.click(path) is None
        assert any(line.startswith("hit ") for line in plain.log()), path
    for path in ("#openhost >> #a", "#closedhost >> #b", "#frame >> #inner"):
        assert plain.click(path) is None
        assert plain.type("xy") is None
        assert plain.get(path) == "xy", path


def test_a2_disabled_button_cannot_be_clicked(plain: Twin) -> None:
    assert plain.click("#off") == "not_possible"


def test_a2_pointing_with_control_opens_hover_menus(plain: Twin) -> None:
    plain.wish("point", "#menu", fx=0.1, fy=0.5)
    plain.until("menu.classList.contains('open')")
    plain.wish("point", "#item", fx=0.1, fy=0.5)
    plain.wish("point", "#plain", fx=0.5, fy=0.5)
    plain.until("!menu.classList.contains('open')")
    plain.log()
    assert plain.wish("point", "#menu", fx=0.1, fy=0.5, control=False) is None
    plain.page.evaluate("new Promise(requestAnimationFrame)")
    assert not any("menu" in line for line in plain.log())


def test_a2_scroll_of_boxes_documents_and_frames(plain: Twin) -> None:
    assert plain.wish("scroll_to", "#pane", x=0, y=50) is None
    assert plain.get("#pane", "scrollTop") == 50
    assert plain.wish("scroll_to", "document", x=0, y=300) is None
    assert plain.page.evaluate("scrollY") == 300
    assert plain.wish("scroll_to", "#frame >> document", x=0, y=120) is None
    assert plain.page.evaluate("frames[0].scrollY") == 120


def test_a2_options_and_picked_values_are_told_to_the_page(plain: Twin) -> None:
    plain.log()
    assert plain.wish("select_options", "#one", indexes=[1]) is None
    assert plain.get("#one") == "beta"
    assert plain.log() == ["input one", "change one"]
    assert plain.wish("select_options", "#one", indexes=[2]) == "not_possible"
    assert plain.wish("select_options", "#one", indexes=[9]) == "not_possible"
    assert plain.wish("select_options", "#many", indexes=[0, 2]) is None
    assert plain.page.evaluate("[...many.selectedOptions].map(o => o.text)") == ["x", "z"]
    values = {"#day": "2024-02-29", "#clock": "13:45", "#colour": "#ff8800", "#level": "9"}
    for path, value in values.items():
        plain.log()
        assert plain.wish("set_value", path, value=value) is None
        assert plain.get(path) == value
        assert plain.log() == [f"input {path[1:]}", f"change {path[1:]}"]
    assert plain.wish("set_value", "#day", value="never") == "not_possible"
    assert plain.get("#day") == "2024-02-29"
    assert plain.wish("set_value", "#name", value="x") == "not_possible"


def test_a2_focus_moves_and_says_when_it_cannot(plain: Twin) -> None:
    assert plain.wish("focus", "#note") is None
    assert plain.page.evaluate("document.activeElement.id") == "note"
    assert plain.wish("focus", "#words") == "not_possible"


def test_a2_what_a_listener_puts_off_comes_before_the_focus(plain: Twin) -> None:
    plain.page.evaluate(
        """() => {
          const cell = document.body.appendChild(document.createElement('div'));
          cell.innerHTML = '<div id="editor" contenteditable>text</div>';
          cell.tabIndex = -1;
          cell.addEventListener('mousedown', () => Promise.resolve().then(() => 0).then(() => cell.focus()));
        }"""
    )
    assert plain.click("#editor") is None
    assert plain.page.evaluate("document.activeElement.id") == "editor"
