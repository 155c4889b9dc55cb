"""Keys and typing do what a keyboard does (A2)."""

from __future__ import annotations

from e2e.control.twin import Twin


def test_a2_typing_fires_key_and_input_events_for_each_character(plain: Twin) -> None:
    plain.click("#mail")
    plain.log()
    assert plain.type("ab") is None
    one = ["keydown mail", "keypress mail", "beforeinput mail", "input mail", "keyup mail"]
    assert plain.log() == one * 2
    assert plain.get("#mail") == "ab"
    plain.click("#name")
    assert "change mail" in plain.log()


def test_a2_every_kind_of_field_takes_text(plain: Twin) -> None:
    plain.click("#amount", fx=0.3)
    plain.key("a", "ctrl")
    plain.type("42.5")
    assert plain.get("#amount") == "42.5"
    plain.click("#short")
    plain.type("abcdef")
    assert plain.get("#short") == "abc"
    plain.click("#locked")
    plain.type("x")
    assert plain.get("#locked") == "fixed"
    plain.click("#note", fx=0.9, fy=0.9)
    plain.key("a", "ctrl")
    plain.type("first\nsecond")
    assert plain.get("#note") == "first\nsecond"
    long = "0123456789" * 200
    plain.key("a", "ctrl")
    assert plain.type(long) is None
    assert plain.get("#note") == long


def test_a2_line_break_typed_into_a_field_does_not_submit(plain: Twin) -> None:
    plain.click("#name")
    plain.log()
    plain.key("a", "ctrl")
    plain.type("a\nb")
    assert plain.get("#name") == "ab"
    assert "submit form" not in plain.log()


def test_a2_caret_keys_and_deleting_by_character_and_word(plain: Twin) -> None:
    plain.click("#name")
    plain.keys("End", "ArrowLeft", "Backspace", "Delete")
    assert plain.get("#name") == "hello brave wor"
    plain.key("Backspace", "ctrl")
    assert plain.get("#name") == "hello brave "
    plain.keys("Home")
    plain.key("Delete", "ctrl")
    assert plain.get("#name").strip() == "brave"
    plain.keys("End")
    plain.key("ArrowLeft", "shift", "ctrl")
    plain.type("new")
    assert plain.get("#name").strip() == "new"
    plain.key("z", "ctrl")
    assert plain.get("#name").strip() != "new"
    plain.click("#note")
    plain.key("End", "ctrl")
    plain.keys("ArrowUp")
    plain.type("X")
    assert plain.get("#note") == "oneX\ntwo"


def test_a2_select_all_and_typing_replaces_rich_text(plain: Twin) -> None:
    plain.click("#rich")
    plain.key("a", "ctrl")
    plain.type("new words")
    assert plain.get("#rich", "textContent") == "new words"
    plain.key("Backspace", "ctrl")
    assert plain.get("#rich", "textContent").strip() == "new"
    plain.keys("Enter")
    plain.type("line")
    assert plain.get("#rich", "innerText").split() == ["new", "line"]


def test_a2_tab_follows_the_order_through_frames_and_shadow_roots(plain: Twin) -> None:
    plain.click("#plain")
    focused = "(() => { let e = document.activeElement; return e.id })()"
    seen = []
    for _ in range(40):
        plain.keys("Tab")
        seen.append(plain.page.evaluate(focused))
    order = ["moody", "link", "agree", "summary", "name", "mail", "amount", "short", "locked", "red", "day", "clock"]
    order += ["colour", "level", "one", "many", "note", "send", "open", "rich", "under"]
    order += ["openhost", "openhost", "closedhost", "closedhost", "closedhost", "frame", "frame", "pane", "plain"]
    # A closed root is entered only from within, so its host counts once at most.
    reached = [name for name in seen if name != "closedhost"]
    assert reached[: len(order) - 3] == [name for name in order if name != "closedhost"]
    plain.click("#closedhost >> #a")
    plain.keys("Tab")
    plain.type("q")
    assert plain.get("#closedhost >> #b") == "q"
    plain.click("#name")
    plain.key("Tab", "shift")
    assert plain.page.evaluate(focused) == "summary"


def test_a2_enter_submits_and_enter_and_space_press_buttons(plain: Twin) -> None:
    plain.click("#name")
    plain.log()
    plain.keys("Enter")
    heard = plain.log()
    assert "submit form" in heard
    assert "click send" in heard
    plain.wish("focus", "#plain")
    plain.log()
    plain.keys("Enter", " ")
    assert plain.log().count("click plain") == 2
    plain.wish("focus", "#agree")
    plain.keys(" ")
    assert plain.get("#agree", "checked") is True


def test_a2_arrows_choose_options_radios_and_values(plain: Twin) -> None:
    plain.wish("focus", "#one")
    plain.keys("ArrowDown")
    assert plain.get("#one") == "beta"
    plain.keys("ArrowDown", "a")
    assert plain.get("#one") == "alpha"
    plain.wish("focus", "#red")
    plain.keys("ArrowDown")
    assert plain.get("#green", "checked") is True
    plain.keys("ArrowDown")
    assert plain.get("#red", "checked") is True
    plain.wish("focus", "#level")
    plain.keys("ArrowRight", "ArrowRight", "ArrowDown")
    assert plain.get("#level") == "6"
    plain.keys("End")
    assert plain.get("#level") == "10"
    plain.wish("focus", "#amount")
    plain.keys("ArrowUp")
    assert plain.get("#amount") == "4"


def test_a2_page_keys_scroll_and_escape_closes_dialogs(plain: Twin) -> None:
    plain.click("#words")
    plain.keys("PageDown")
    assert plain.page.evaluate("scrollY") > 300
    plain.keys("Home")
    assert plain.page.evaluate("scrollY") == 0
    plain.wish("focus", "#pane")
    plain.keys("ArrowDown")
    assert plain.get("#pane", "scrollTop") == 40
    plain.page.evaluate("dialog.showModal()")
    plain.keys("Escape")
    assert plain.get("#dialog", "open") is False


def test_a2_prevented_keys_do_nothing(plain: Twin) -> None:
    plain.click("#mail")
    plain.page.evaluate("mail.onkeydown = (event) => { if (event.key === 'b') event.preventDefault() }, null")
    plain.page.evaluate("mail.onbeforeinput = (event) => { if (event.data === 'd') event.preventDefault() }, null")
    plain.type("abcde")
    assert plain.get("#mail") == "ace"


def test_a2_keys_carry_the_legacy_codes(plain: Twin) -> None:
    plain.page.evaluate(
        "onkeydown = (e) => log.push(`key ${e.key} ${e.code} ${e.keyCode} ${e.which} ${e.ctrlKey}`), null"
    )
    plain.click("#name")
    plain.log()
    plain.key("k", "ctrl")
    plain.keys("F2", "ArrowUp", "?")
    told = [line for line in plain.log() if line.startswith("key ")]
    assert told == [
        "key k KeyK 75 75 true",
        "key F2 F2 113 113 false",
        "key ArrowUp ArrowUp 38 38 false",
        "key ? Slash 191 191 false",
    ]


def test_a2_page_in_a_frame_does_not_take_the_keyboard_from_where_someone_types(plain: Twin) -> None:
    address = plain.page.url
    plain.page.set_content(f"<input id=outside><iframe src='{address}' width=900 height=800></iframe>")
    inner = plain.page.frame_locator("iframe").locator("#name")
    inner.wait_for()
    plain.page.locator("#outside").click()
    framed = Twin(plain.page.frames[1])
    framed.log()
    for wish in (lambda: framed.click("#name"), lambda: framed.key("a", "ctrl"), lambda: framed.type("from afar")):
        assert wish() is None
    assert framed.get("#name") == "from afar"
    assert "focus name" in framed.log()
    framed.keys("Backspace", "Tab")
    assert framed.log()[-4:-1] == ["blur name", "change name", "focus mail"]
    framed.type("z@x")
    assert framed.get("#mail") == "z@x"
    framed.click("#rich", fx=1.0)
    framed.type("!")
    assert framed.get("#rich", "textContent") == "abc def!"
    plain.page.keyboard.type("mine")
    assert plain.page.input_value("#outside") == "mine"
