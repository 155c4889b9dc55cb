"""Tools besides control: what each is pressed by, and what it wishes. (A2; SPEC D1, D2, X11.)"""

from __future__ import annotations

from typing import Any, TypeVar

import pytest
from playwright.sync_api import Page, expect
from twinpane_protocol.agent import AgentWish, AgentWishRefused, ChooseColor, ReleaseControl
from twinpane_protocol.shared import ClearDrawings, Draw, OpenUrl, Permissions, Point, Travel

from e2e.ink import AT_AGENT, drag, until_drawn
from e2e.watch.desk import Desk
from e2e.watch.scenes import look_only, session, take_control

pytestmark = pytest.mark.journey
Kind = TypeVar("Kind")
TOOLS = {"l": "Laser pointer", "d": "Draw", "a": "Arrow", "r": "Rectangle", "h": "Highlight", "v": "Look"}


@pytest.fixture
def watching(desk: Desk, window: Page) -> Page:
    return opened(desk, window)


def opened(desk: Desk, window: Page) -> Page:
    window.goto(f"{desk.url}/watch/one-time-token")
    window.get_by_text("You see Ada's page").wait_for(state="attached")
    # The bundle of drawings is there.
    window.locator(".pointers > svg").wait_for(state="attached")
    return window


def wished(desk: Desk, kind: type[Kind]) -> tuple[int, Kind]:
    """Wait for a wish of that kind; its number and the wish."""
    while True:
        made = desk.expect(AgentWish)
        if isinstance(made.wish, kind):
            return made.id, made.wish


def finished(desk: Desk, **fields: Any) -> Draw:
    """Wait for a drawing that is told as a whole and has these fields."""
    while True:
        _, draw = wished(desk, Draw)
        if not draw.more and all(getattr(draw, name) == value for name, value in fields.items()):
            return draw


def test_a2_each_tool_has_its_key_and_one_is_pressed_in_at_a_time(watching: Page) -> None:
    for key, name in TOOLS.items():
        watching.keyboard.press(key)
        expect(watching.get_by_role("button", name=name, exact=True)).to_have_attribute("aria-pressed", "true")
        assert watching.locator(".modes > [aria-pressed=true], .with-menu > [aria-pressed=true]").count() == 1


def test_a2_only_what_the_agent_may_do_is_offered(desk: Desk, window: Page) -> None:
    look_only(desk)
    window.goto(f"{desk.url}/watch/one-time-token")
    window.get_by_role("button", name="Look").wait_for()
    for name in ("Laser pointer", "Draw", "Highlight", "Clear drawings", "Take control", "Back", "Load the page again"):
        assert window.get_by_role("button", name=name).count() == 0, name
    assert window.get_by_role("textbox", name="Address of").count() == 0
    for key in "ldarhxc":
        window.keyboard.press(key)
    expect(window.get_by_role("button", name="Look")).to_have_attribute("aria-pressed", "true")
    assert desk.sent_nothing_but(AgentWish)


def test_a2_a_right_that_is_withdrawn_takes_its_tool_away(desk: Desk, watching: Page) -> None:
    watching.keyboard.press("d")
    desk.change(permissions=Permissions(allow_draw=False))
    watching.get_by_role("button", name="Draw", exact=True).wait_for(state="detached")
    expect(watching.get_by_role("button", name="Look")).to_have_attribute("aria-pressed", "true")


def test_d2_a_line_is_told_as_it_is_drawn_and_then_as_a_whole(desk: Desk, watching: Page) -> None:
    watching.keyboard.press("d")
    drag(watching, (400, 200), (500, 300), (600, 200))
    first = finished(desk, shape="line")
    whole = finished(desk, mark=first.mark)
    while len(whole.points) < 6:
        whole = finished(desk, mark=first.mark)
    assert len(whole.points) == 6, "three corners are enough"
    assert watching.evaluate(AT_AGENT)


def test_d2_a_refused_drawing_is_gone_at_once(desk: Desk, watching: Page) -> None:
    watching.keyboard.press("r")
    drag(watching, (400, 200), (600, 300))
    until_drawn(watching, AT_AGENT, 1)
    number, _ = wished(desk, Draw)
    desk.tell(AgentWishRefused(id=number, code="unknown_node", message=""))
    watching.get_by_text("The page has just changed").wait_for()
    until_drawn(watching, AT_AGENT, 0)


def test_a2_a_click_without_a_drag_draws_no_arrow(desk: Desk, watching: Page) -> None:
    watching.keyboard.press("a")
    watching.mouse.click(400, 300)
    watching.keyboard.press("x")
    wished(desk, ClearDrawings)
    assert watching.evaluate(AT_AGENT) == []


def test_a2_the_laser_is_told_as_such(desk: Desk, watching: Page) -> None:
    watching.keyboard.press("l")
    watching.mouse.move(500, 300)
    _, point = wished(desk, Point)
    while not point.laser:
        _, point = wished(desk, Point)
    watching.keyboard.press("Escape")
    expect(watching.get_by_role("button", name="Look")).to_have_attribute("aria-pressed", "true")


def test_a2_who_takes_another_tool_gives_control_back(desk: Desk, watching: Page) -> None:
    take_control(desk, watching)
    watching.get_by_role("button", name="Highlight").click()
    desk.expect(ReleaseControl)


def test_a2_shapes_and_colours_are_chosen_from_menus(desk: Desk, watching: Page) -> None:
    watching.get_by_role("button", name="Draw", exact=True).click()
    watching.get_by_role("group", name="Shapes").get_by_role("button", name="Arrow").click()
    expect(watching.get_by_role("button", name="Arrow")).to_have_attribute("aria-pressed", "true")
    watching.get_by_role("button", name="Your colour").click()
    watching.get_by_role("button", name="Violet").click()
    assert desk.expect(ChooseColor).color == "#6d28d9"
    watching.get_by_role("button", name="Your colour").click()
    watching.keyboard.press("Escape")
    expect(watching.get_by_role("group", name="Colours")).to_have_count(0)


def test_x11_the_agent_goes_back_forward_and_loads_again(desk: Desk, watching: Page) -> None:
    for name, to in (("Back", "back"), ("Forward", "forward"), ("Load the page again", "reload")):
        watching.get_by_role("button", name=name).click()
        assert wished(desk, Travel)[1].to == to


def test_x11_an_address_is_typed_and_opened_and_escape_leaves_it(desk: Desk, watching: Page) -> None:
    field = watching.get_by_role("textbox", name="Address of Ada's page")
    expect(field).to_have_value("slowpour.example/kettles?sort=price")
    field.click()
    expect(field).to_have_value("https://slowpour.example/kettles?sort=price")
    field.fill("shop.example/cups")
    field.press("Escape")
    expect(field).to_have_value("slowpour.example/kettles?sort=price")
    field.fill("shop.example/cups")
    field.press("Enter")
    assert wished(desk, OpenUrl)[1].url == "https://shop.example/cups"


def test_a2_a_session_without_the_right_to_travel_shows_the_address_only(desk: Desk, window: Page) -> None:
    session("live", permissions=Permissions(allow_agent_redirect=False))(desk)
    opened(desk, window)
    window.get_by_text("slowpour.example/kettles").wait_for()
    assert window.get_by_role("button", name="Back").count() == 0
