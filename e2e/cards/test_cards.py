"""What the visitor sees and can do about it (S8, M5, X5)."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from e2e.cards.states import ADA, ZOE, asking, session

ALLOW, DENY, OK = ".card .primary", ".card button:not(.primary)", ".card .primary"


def show(page: Page, state: dict[str, Any] | None) -> None:
    page.evaluate("state => twin.show(state)", state)


def press(page: Page, selector: str) -> None:
    spot = page.evaluate("selector => twin.spot(selector)", selector)
    page.mouse.click(spot["x"], spot["y"])


def until(page: Page, condition: str) -> None:
    """Wait at most 5 s for a condition; Playwright's own waiting needs `eval`, which the page forbids."""
    page.evaluate(
        f"""new Promise((done, fail) => {{
            const start = performance.now();
            const look = () => {{
                if ({condition}) done();
                else if (performance.now() - start > 5000) fail(new Error("not within 5 s"));
                else requestAnimationFrame(look);
            }};
            look();
        }})"""
    )


def told(page: Page) -> list[str]:
    return page.evaluate("twin.told.splice(0)")


def test_s8_consent_card_names_the_agent_and_gives_the_answer_once(page: Page) -> None:
    state = session("asking", asking=asking("view"))
    show(page, state)
    text = page.evaluate("twin.text()")
    assert "Zoë Lindqvist" in text
    assert "127.0.0.1" in text
    assert page.evaluate("twin.spot('[role=alertdialog]')") is not None
    assert "Zoë Lindqvist" in page.evaluate("twin.spoken()")
    press(page, ALLOW)
    assert told(page) == ["view a1 true"]
    show(page, state)
    assert page.evaluate("twin.spot('.card')") is None
    show(page, session("asking"))
    show(page, state)
    press(page, DENY)
    assert told(page) == ["view a1 false"]


def test_s8_card_does_not_take_the_focus_and_escape_answers_nothing(page: Page) -> None:
    page.locator("#name").click()
    show(page, session("asking", asking=asking("view")))
    page.keyboard.type("Ines")
    page.keyboard.press("Escape")
    assert page.input_value("#name") == "Ines"
    assert told(page) == []
    assert page.evaluate("twin.spot('.card')") is not None


def test_s8_card_is_reached_and_answered_by_keyboard(page: Page) -> None:
    show(page, session("asking", asking=asking("view")))
    page.locator("#buy").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("twin.focused()") == "Deny"
    page.keyboard.press("Tab")
    assert page.evaluate("twin.focused()") == "Allow"
    page.keyboard.press("Enter")
    assert told(page) == ["view a1 true"]


def test_m5_scripts_cannot_answer_for_the_visitor(page: Page) -> None:
    show(page, session("asking", asking=asking("view")))
    page.evaluate("selector => twin.pressByScript(selector)", ALLOW)
    assert told(page) == []
    assert page.evaluate("[twin.isHostOurs(), twin.isPageOurs()]") == [True, False]


def test_x10_control_has_a_card_of_its_own_while_live(page: Page) -> None:
    show(page, session("live", ZOE, ADA, asking=asking("control", ADA)))
    text = page.evaluate("twin.text()")
    assert "Let Ada click and type?" in text
    assert "Zoë Lindqvist and Ada can see this page" in text
    press(page, ALLOW)
    assert told(page) == ["control a2 true"]
    show(page, session("live", ZOE, ADA, control="a2"))
    assert "Ada can use this page, Zoë Lindqvist can see it" in page.evaluate("twin.text()")


def test_x5_live_state_names_all_who_see_and_ends_at_a_press(page: Page) -> None:
    show(page, session("live"))
    assert "Zoë Lindqvist can see this page" in page.evaluate("twin.text()")
    show(page, session("live", ZOE, ADA))
    assert "Zoë Lindqvist and Ada" in page.evaluate("twin.text()")
    show(page, session("live", ZOE, {**ADA, "connected": False}))
    assert "Ada" not in page.evaluate("twin.text()")
    press(page, ".end")
    assert told(page) == ["stopped"]


def test_s8_pill_folds_out_of_the_way(page: Page) -> None:
    show(page, session("live"))
    wide = page.evaluate("twin.box('.pill').width")
    press(page, ".fold")
    assert page.evaluate("twin.box('.pill').width") < 60
    press(page, ".fold")
    assert page.evaluate("twin.box('.pill').width") == wide


def test_s5_terminate_button_can_be_left_out_and_words_be_the_pages_own(page: Page) -> None:
    page.evaluate(
        """twin.stop(); window.twin = startTwin({showTerminateButton: false, translationsYes: 'Oui',
        translationsNo: 'Non', authorizationPromptTitle: '{%agentName%|Personne} ?',
        authorizationPromptMessage: 'Code {%lookupCode%}'})"""
    )
    show(page, session("asking", asking=asking("view")))
    text = page.evaluate("twin.text()")
    for words in ("Zoë Lindqvist ?", "Code 4821", "Oui", "Non"):
        assert words in text
    show(page, session("live"))
    assert page.evaluate("twin.spot('.end')") is None


def test_s5_page_may_ask_in_its_own_way(page: Page) -> None:
    page.evaluate("twin.stop(); window.twin = startTwin({}, true)")
    show(page, session("asking", asking=asking("view")))
    assert told(page) == ["asked by Zoë Lindqvist", "view a1 true"]
    assert page.evaluate("twin.spot('.card')") is None


def test_s10_end_is_told_with_its_reason_and_goes_away_by_itself(page: Page) -> None:
    page.clock.install()
    show(page, session("live"))
    show(page, session("ended", end_reason="agent_stopped"))
    assert "ended by the person helping you" in page.evaluate("twin.text()")
    assert page.evaluate("twin.spot('.pill')") is None
    page.clock.run_for(6100)
    assert page.evaluate("twin.spot('.card')") is None


def test_s10_refused_session_ends_without_more_words(page: Page) -> None:
    show(page, session("asking", asking=asking("view")))
    press(page, DENY)
    show(page, session("ended", end_reason="rejected"))
    assert page.evaluate("twin.spot('.card')") is None


def test_s6_lookup_code_is_shown_large_until_dismissed(page: Page) -> None:
    page.evaluate("twin.showLookupCode('0917')")
    assert "0917" in page.evaluate("twin.text()")
    press(page, OK)
    assert page.evaluate("twin.spot('.card')") is None


def test_s8_cards_stay_usable_over_modal_dialogs_and_popovers(page: Page) -> None:
    show(page, session("live"))
    page.evaluate("document.getElementById('dialog').showModal()")
    until(page, "dialog.querySelector('twinpane-cards')")
    press(page, ".end")
    assert told(page) == ["stopped"]
    page.evaluate("document.getElementById('dialog').remove()")
    until(page, "document.documentElement.lastElementChild.localName === 'twinpane-cards'")
    press(page, ".end")
    assert told(page) == ["stopped"]
    page.evaluate("document.getElementById('bubble').showPopover()")
    until(page, "document.querySelector('twinpane-cards').matches(':popover-open')")
    press(page, ".end")
    assert told(page) == ["stopped"]


def test_s8_cards_come_back_when_the_page_throws_them_out(page: Page) -> None:
    show(page, session("live"))
    page.evaluate("document.querySelector('twinpane-cards').remove()")
    until(page, "document.querySelector('twinpane-cards')?.matches(':popover-open')")


def test_s8_nothing_breaks_under_a_strict_content_policy(page: Page) -> None:
    show(page, session("live", ZOE, ADA, asking=asking("control")))
    page.evaluate("twin.pointAt('a1', {x: 200, y: 300}, true)")
    page.evaluate("twin.showLookupCode('0917')")
    assert page.evaluate("violations") == []


def test_s8_clicks_on_cards_are_not_the_pages_and_all_else_is(page: Page) -> None:
    page.evaluate("window.heard = []; onclick = (event) => { heard.push(event.target.localName) }; null")
    show(page, session("live"))
    page.evaluate("twin.pointAt('a1', {x: 100, y: 100}, false)")
    press(page, ".fold")
    assert page.evaluate("heard") == []
    page.mouse.click(500, 400)
    assert page.evaluate("heard.length") == 1


def test_s8_agents_cursors_follow_and_go(page: Page) -> None:
    show(page, session("live", ZOE, ADA))
    # The arrow's tip is 3 px inside its box.
    page.evaluate("twin.pointAt('a1', {x: 120, y: 80}, false)")
    until(page, "Math.round(twin.box('.cursor').x) === 117")
    page.evaluate("twin.pointAt('a1', {x: 320, y: 280}, false)")
    until(page, "Math.round(twin.box('.cursor').x) === 317")
    page.evaluate("twin.pointAt('a1', null, false)")
    assert page.evaluate("twin.box('.cursor')") is None
    page.evaluate("twin.pointAt('a2', {x: 5, y: 5}, false)")
    show(page, session("live", ZOE))
    assert page.evaluate("twin.box('.cursor')") is None


def test_s8_stopping_leaves_no_trace(page: Page) -> None:
    show(page, session("live"))
    page.evaluate("twin.stop()")
    assert page.evaluate("document.querySelector('twinpane-cards')") is None
