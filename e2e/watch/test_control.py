"""Control: asked for, given, refused, given back; by pointer and by keyboard."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.sync_api import Page, expect
from twinpane_protocol.agent import (
    AgentPointed,
    AgentWish,
    AgentWishRefused,
    ControlRefused,
    EndSession,
    Leave,
    ReleaseControl,
    RequestControl,
)
from twinpane_protocol.shared import Asking, Click, Permissions, Point, PressKey, RefusalCode, TypeText

from e2e.watch.desk import ME, OTHER, Desk
from e2e.watch.scenes import last_wish, session, take_control

pytestmark = pytest.mark.journey


@pytest.fixture
def watching(desk: Desk, window: Page) -> Page:
    window.goto(f"{desk.url}/watch/one-time-token")
    window.get_by_text("You see Ada's page").wait_for(state="attached")
    return window


def test_x3_control_is_asked_for_and_given_back_by_one_button(desk: Desk, watching: Page) -> None:
    watching.get_by_role("button", name="Take control").click()
    desk.expect(RequestControl)
    desk.change(control=ME.id)
    watching.get_by_text("Keyboard goes to Ada").wait_for()
    watching.get_by_role("button", name="Release control").click()
    desk.expect(ReleaseControl)
    expect(watching.get_by_text("Keyboard goes to Ada")).to_have_count(0)


def test_x10_while_the_visitor_is_asked_the_request_can_be_withdrawn(desk: Desk, watching: Page) -> None:
    watching.get_by_role("button", name="Take control").click()
    desk.change(asking=Asking(kind="control", agent=ME.id, agent_name=ME.name))
    watching.get_by_role("button", name="Waiting… for Ada to allow control").click()
    desk.expect(ReleaseControl)
    watching.get_by_role("button", name="Take control").wait_for()


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("control_refused", "Ada did not allow control"),
        ("not_allowed", "Not allowed in this session"),
        ("not_live", "Ada's page is not there right now"),
        ("too_many_messages", "Too fast"),
        ("internal", "The server could not do that"),
    ],
)
def test_x3_a_refused_request_says_why(desk: Desk, watching: Page, code: RefusalCode, words: str) -> None:
    watching.get_by_role("button", name="Take control").click()
    desk.tell(ControlRefused(code=code, message=""))
    watching.get_by_text(words).wait_for()
    watching.get_by_role("button", name="Dismiss").click()
    expect(watching.get_by_text(words)).to_have_count(0)


def test_x3_a_refused_request_names_who_is_in_control(desk: Desk, window: Page) -> None:
    session("live", agents=[ME, OTHER], control=OTHER.id)(desk)
    window.goto(f"{desk.url}/watch/one-time-token")
    expect(window.get_by_role("list", name="Agents")).to_contain_text("Grace Osei, in control")
    window.get_by_role("button", name="Take control").click()
    desk.tell(ControlRefused(code="control_busy", message=""))
    window.get_by_text("Grace Osei is in control").wait_for()


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("visitor_active", "Ada is using the page"),
        ("masked", "This part is hidden from agents"),
        ("no_remote", "Agents cannot act on this part"),
        ("not_possible", "That cannot be done here"),
        ("unknown_node", "The page has just changed"),
        ("stale_page", "The page has just changed"),
    ],
)
def test_x4_a_refused_wish_says_why_beside_the_pointer(
    desk: Desk, watching: Page, code: RefusalCode, words: str
) -> None:
    take_control(desk, watching)
    watching.mouse.click(400, 300)
    desk.tell(AgentWishRefused(id=last_wish(desk), code=code, message=""))
    box = watching.get_by_text(words).bounding_box()
    assert box
    assert abs(box["x"] - 414) < 3
    assert abs(box["y"] - 318) < 6


def test_x4_without_control_the_pointer_points_and_nothing_more(desk: Desk, watching: Page) -> None:
    watching.mouse.click(400, 300)
    watching.keyboard.press("a")
    assert isinstance(desk.expect(AgentWish).wish, Point)
    take_control(desk, watching)
    watching.mouse.click(500, 400)
    while not isinstance(wish := desk.expect(AgentWish).wish, Click):
        assert isinstance(wish, Point), f"{wish} was sent without control"


def test_a2_keys_go_to_the_visitor_while_controlling_and_escape_only_leaves_control(desk: Desk, watching: Page) -> None:
    watching.keyboard.press("c")
    desk.expect(RequestControl)
    desk.change(control=ME.id)
    watching.get_by_text("Keyboard goes to Ada").wait_for()
    watching.keyboard.press("f")
    assert isinstance(desk.expect(AgentWish).wish, TypeText)
    watching.keyboard.press("Enter")
    assert isinstance(desk.expect(AgentWish).wish, PressKey)
    watching.keyboard.press("Escape")
    desk.expect(ReleaseControl)
    watching.keyboard.press("Escape")
    desk.change(control=None)
    watching.get_by_role("button", name="Take control").wait_for()
    watching.keyboard.press("f")
    watching.get_by_role("button", name="100%. Fit to the window").wait_for()
    assert desk.sent_nothing_but(AgentWish)


def test_a2_the_page_can_be_worked_by_keyboard_alone(desk: Desk, watching: Page) -> None:
    watching.keyboard.press("f")
    watching.get_by_role("button", name="100%. Fit to the window").wait_for()
    watching.keyboard.press("+")
    watching.get_by_role("button", name="125%").wait_for()
    watching.keyboard.press("?")
    watching.get_by_role("dialog", name="Keyboard shortcuts").wait_for()
    watching.keyboard.press("Escape")
    expect(watching.get_by_role("dialog")).to_have_count(0)
    watching.keyboard.press("Control+Shift+E")
    watching.get_by_text("End the session?", exact=True).wait_for()
    expect(watching.get_by_role("button", name="Keep going")).to_be_focused()
    watching.keyboard.press("Escape")
    expect(watching.get_by_role("button", name="End session")).to_be_focused()
    watching.keyboard.press("ArrowLeft")
    expect(watching.get_by_role("button", name="Keyboard shortcuts")).to_be_focused()
    assert desk.sent_nothing_but()


SCROLLED = "() => ((view) => [view.scrollLeft, view.scrollTop])(document.querySelector('.view'))"


def test_a1_the_enlarged_picture_is_moved_by_space_and_drag_or_a_finger_and_the_visitor_hears_nothing(
    desk: Desk, watching: Page
) -> None:
    watching.keyboard.press("Space")
    assert watching.evaluate(SCROLLED) == [0, 0]
    watching.keyboard.press("f")
    for _ in range(3):
        watching.keyboard.press("+")
    watching.get_by_role("button", name="200%").wait_for()
    before = watching.evaluate(SCROLLED)
    watching.mouse.move(600, 400)
    watching.keyboard.down("Space")
    watching.mouse.down()
    watching.mouse.move(500, 340)
    watching.mouse.up()
    watching.keyboard.up("Space")
    moved = watching.evaluate(SCROLLED)
    assert [moved[0] - before[0], moved[1] - before[1]] == [100, 60]
    watching.mouse.move(700, 300)
    assert watching.evaluate(SCROLLED) == moved, "not without Space"
    touch = watching.context.new_cdp_session(watching)
    for kind, points in (("touchStart", [(600, 400)]), ("touchMove", [(630, 420)]), ("touchEnd", [])):
        at = [{"x": x, "y": y} for x, y in points]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": at})
    watching.wait_for_function(f"([x, y]) => String(({SCROLLED})()) === String([x - 30, y - 20])", arg=moved)
    take_control(desk, watching)
    watching.wait_for_function("() => document.querySelector('.surface').contains(document.activeElement)")
    watching.keyboard.press("Space")
    while not isinstance(wish := desk.expect(AgentWish).wish, TypeText):
        assert isinstance(wish, Point)


def test_a1_w_fills_the_screen_and_gives_it_back(watching: Page) -> None:
    button = watching.get_by_role("button", name="Full screen")
    watching.keyboard.press("w")
    watching.wait_for_function("() => document.fullscreenElement === document.documentElement")
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    watching.wait_for_function("() => document.fullscreenElement === null")
    expect(button).to_have_attribute("aria-pressed", "false")


def test_a2_focus_goes_from_the_bar_through_the_page_to_the_tools(watching: Page) -> None:
    def reach(role: Literal["button", "textbox", "region"], *names: str) -> None:
        for name in names:
            watching.keyboard.press("Tab")
            expect(watching.get_by_role(role, name=name, exact=name == "Draw")).to_be_focused()

    reach("button", "Back", "Forward", "Load the page again")
    reach("textbox", "Address of Ada's page")
    reach("button", "Notes", "Full screen", "Connection: Good")
    reach("region", "Ada's page, live")
    reach("button", "Look", "Laser pointer", "Draw", "Highlight", "Your colour", "Clear drawings", "Take control")
    reach("button", "Smaller", "Fits the window", "Larger", "Keyboard shortcuts", "End session")


def test_a2_ending_is_asked_once_in_place(desk: Desk, watching: Page) -> None:
    watching.get_by_role("button", name="End session").click()
    watching.get_by_role("button", name="Keep going").click()
    assert desk.sent_nothing_but(AgentWish)
    watching.get_by_role("button", name="End session").click()
    watching.get_by_role("button", name="End session").click()
    desk.expect(EndSession)
    desk.change(phase="ended", end_reason="agent_stopped")
    watching.get_by_role("heading", name="You ended the session").wait_for()


def test_x1_one_of_several_agents_can_just_leave(desk: Desk, window: Page) -> None:
    session("live", agents=[ME, OTHER])(desk)
    window.goto(f"{desk.url}/watch/one-time-token")
    window.get_by_role("button", name="End session").click()
    window.get_by_role("button", name="Just leave").click()
    desk.expect(Leave)
    window.get_by_role("heading", name="You left the session").wait_for()


def test_a2_control_is_not_offered_when_nothing_may_be_done(desk: Desk, window: Page) -> None:
    session("live", permissions=Permissions(allow_click=False, allow_scroll=False, allow_type=False))(desk)
    window.goto(f"{desk.url}/watch/one-time-token")
    window.get_by_role("button", name="Look").wait_for()
    assert window.get_by_role("button", name="Take control").count() == 0


def test_a3_another_agents_pointer_is_shown_until_they_are_gone(desk: Desk, window: Page) -> None:
    session("live", agents=[ME, OTHER])(desk)
    window.add_init_script(
        "const attach = Element.prototype.attachShadow;"
        "Element.prototype.attachShadow = function (init) { return attach.call(this, { ...init, mode: 'open' }); };"
    )
    window.goto(f"{desk.url}/watch/one-time-token")
    window.get_by_text("You see Ada's page").wait_for(state="attached")
    desk.tell(AgentPointed(agent=OTHER.id, wish=Point(node=1, fx=0.5, fy=0.2)))
    window.get_by_text("Grace Osei", exact=True).first.wait_for()
    away = type(OTHER)(id=OTHER.id, name=OTHER.name, color=OTHER.color, connected=False)
    desk.change(agents=[ME, away])
    window.locator(".pointers").get_by_text("Grace Osei").wait_for(state="detached")
