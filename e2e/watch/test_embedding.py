"""The watch page in an integrator's frame: what it tells and what it does when asked. (A4.)"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from twinpane_protocol.agent import (
    AgentCustomMessage,
    AgentWish,
    AgentWishRefused,
    Branding,
    ChooseColor,
    ControlRefused,
    EndSession,
    PageCustomMessage,
    ReleaseControl,
    RequestControl,
)
from twinpane_protocol.shared import ClearDrawings, OpenUrl, Permissions, ScrollTo, Travel

from e2e.embedder import Embedder, ask, ask_as_stranger, state, statuses, told, until_told, viewer
from e2e.flow import until
from e2e.watch.desk import ME, Desk
from e2e.watch.scenes import refused_with, session, without_grant

pytestmark = pytest.mark.journey
READY = {"sessionStatus": "viewerReady"}

WISHES: list[tuple[dict[str, Any], Any]] = [
    ({"action": "clearDrawings"}, ClearDrawings()),
    ({"action": "scrollTo", "x": 0, "y": 240}, ScrollTo(node=0, x=0, y=240)),
    ({"action": "redirect", "url": "https://slowpour.example/cups"}, OpenUrl(url="https://slowpour.example/cups")),
    ({"action": "reload"}, Travel(to="reload")),
    ({"action": "goBack"}, Travel(to="back")),
    ({"action": "goForward"}, Travel(to="forward")),
]
MESSAGES: list[tuple[dict[str, Any], Any]] = [
    ({"action": "terminateSession"}, EndSession()),
    ({"action": "setColor", "color": "#6d28d9"}, ChooseColor(color="#6d28d9")),
    ({"action": "requestControl"}, RequestControl()),
    ({"action": "setTool", "tool": "control"}, RequestControl()),
    ({"action": "releaseControl"}, ReleaseControl()),
    ({"action": "customMessage", "message": {"hello": 1}}, AgentCustomMessage(message={"hello": 1})),
]
NONSENSE: list[tuple[dict[str, Any], str]] = [
    ({"action": "dance"}, "bad_message"),
    ({"action": "setTool", "tool": "toString"}, "bad_message"),
    ({"action": "setColor", "color": "red"}, "bad_message"),
    ({"action": "setZoom", "zoom": -1}, "bad_message"),
    ({"action": "scrollTo", "x": "far"}, "bad_message"),
    ({"action": "redirect"}, "bad_message"),
    ({"action": "startCall"}, "not_possible"),
    ({"action": "endCall"}, "not_possible"),
]


Show = Callable[[], None]


@pytest.fixture
def page_only(desk: Desk, embedder: Embedder) -> Desk:
    desk.embedders = (embedder.origin,)
    desk.branding = Branding(naked="page_only")
    return desk


@pytest.fixture
def show(page_only: Desk, window: Page, embedder: Embedder) -> Show:
    """Open the integrator's page with the viewer in it."""
    return lambda: embedder.embed(window, f"{page_only.url}/watch/one-time-token")


@pytest.fixture
def embedded(window: Page, show: Show) -> Page:
    show()
    until_told(window, "sessionStatusUpdate", **READY)
    return window


def test_a4_page_only_is_nothing_but_the_page(embedded: Page) -> None:
    frame = viewer(embedded)
    assert frame.get_by_role("button").count() == 0
    assert frame.get_by_role("banner").count() == 0
    expect(frame.get_by_role("region", name="Ada's page, live")).to_be_visible()


def test_a4_a_logo_is_left_out_and_all_else_stays(page_only: Desk, window: Page, show: Show) -> None:
    page_only.branding = Branding(naked="true")
    show()
    viewer(window).get_by_role("toolbar", name="Agent tools").wait_for()
    assert viewer(window).locator(".mark, .logo").count() == 0
    until_told(window, "sessionStatusUpdate", **READY)


def test_a4_each_status_is_told_once_and_in_order(page_only: Desk, window: Page, show: Show) -> None:
    session("waiting", tabs=[])(page_only)
    show()
    until_told(window, "sessionStatusUpdate", sessionStatus="waiting")
    page_only.change(phase="asking")
    until_told(window, "sessionStatusUpdate", sessionStatus="pendingRequest")
    page_only.change(phase="live")
    page_only.show_page()
    until_told(window, "sessionStatusUpdate", **READY)
    page_only.change(phase="ended", end_reason="visitor_stopped")
    assert until_told(window, "sessionEnded")["reason"] == "visitor_stopped"
    live = ["active", "snapshotReceived", "viewerReady"]
    assert statuses(window) == ["waiting", "pendingRequest", *live, "terminated"]


def test_a4_who_comes_late_is_told_the_statuses_that_were_passed(embedded: Page) -> None:
    assert statuses(embedded)[-3:] == ["active", "snapshotReceived", "viewerReady"]


def test_a4_state_and_colour_are_told(page_only: Desk, embedded: Page) -> None:
    assert until_told(embedded, "currentColor")["color"] == ME.color
    page_only.change(control=ME.id)
    until(lambda: state(embedded)["hasControl"], what="control in the state", page=embedded)
    now = state(embedded)
    assert (now["visitor"], now["situation"], now["me"], now["control"]) == ("Ada", "live", ME.id, ME.id)
    assert now["page"]["title"] == "Kettles - Slow Pour"
    assert now["agents"][0]["name"] == ME.name


@pytest.mark.parametrize(("asked", "wish"), WISHES, ids=[asked["action"] for asked, _ in WISHES])
def test_a4_what_concerns_the_page_becomes_a_wish(page_only: Desk, embedded: Page, asked: Any, wish: Any) -> None:
    ask(embedded, **asked)
    assert page_only.expect(AgentWish).wish == wish


@pytest.mark.parametrize(("asked", "message"), MESSAGES, ids=[str(asked) for asked, _ in MESSAGES])
def test_a4_what_concerns_the_session_is_passed_on(
    page_only: Desk, embedded: Page, asked: dict[str, Any], message: Any
) -> None:
    ask(embedded, **asked)
    assert page_only.expect(type(message)) == message


def test_a4_tools_and_zoom_are_set(embedded: Page) -> None:
    for name, tool in (("laser", "laser"), ("draw", "line"), ("highlight", "outline"), ("look", "look")):
        ask(embedded, "setTool", tool=name)
        viewer(embedded).locator(f".surface[data-tool={tool}]").wait_for()
        assert state(embedded)["tool"] == name
    ask(embedded, "setZoom", zoom=0.5)
    expect(viewer(embedded).locator(".sheet")).to_have_css("width", "640px")
    ask(embedded, "setZoom", zoom="fit")
    expect(viewer(embedded).locator(".sheet")).to_have_css("width", "1280px")


@pytest.mark.parametrize(("asked", "code"), NONSENSE, ids=[str(asked) for asked, _ in NONSENSE])
def test_a4_what_cannot_be_done_is_answered_by_a_code_and_a_sentence(embedded: Page, asked: Any, code: str) -> None:
    ask(embedded, **asked)
    assert until_told(embedded, "error", code=code)["message"]


def test_a4_what_is_no_instruction_is_ignored(page_only: Desk, embedded: Page) -> None:
    for data in ("null", "'reload'", "{ type: 'x' }", "[1]", "{ action: 3 }"):
        embedded.evaluate(f"viewer.contentWindow.postMessage({data}, '*')")
    ask(embedded, "reload")
    page_only.expect(AgentWish)
    assert told(embedded, "error") == []


def test_a4_refusals_and_the_pages_messages_are_told(page_only: Desk, embedded: Page) -> None:
    ask(embedded, "reload")
    page_only.tell(AgentWishRefused(id=page_only.expect(AgentWish).id, code="no_control", message=""))
    page_only.tell(ControlRefused(code="control_refused", message=""))
    page_only.tell(PageCustomMessage(message=["from", "the page"]))
    assert until_told(embedded, "error", code="no_control")["message"] == "Take control first"
    until_told(embedded, "error", code="control_refused")
    assert until_told(embedded, "customMessage")["message"] == ["from", "the page"]


def test_a4_a_tool_that_the_agent_may_not_use_is_refused(page_only: Desk, window: Page, show: Show) -> None:
    session("live", permissions=Permissions(allow_draw=False))(page_only)
    show()
    until_told(window, "sessionStatusUpdate", **READY)
    ask(window, "setTool", tool="draw")
    until_told(window, "error", code="not_allowed")


@pytest.mark.parametrize(("prepare", "code"), [(without_grant, "session_over"), (refused_with("internal"), "internal")])
def test_a4_a_window_that_cannot_watch_says_so(
    page_only: Desk, window: Page, show: Show, prepare: Any, code: str
) -> None:
    prepare(page_only)
    show()
    until_told(window, "error", code=code)
    until_told(window, "sessionEnded", reason="error")
    assert statuses(window)[-1] == "terminated"


def test_a4_another_frame_of_the_page_is_not_listened_to(page_only: Desk, embedded: Page, embedder: Embedder) -> None:
    ask_as_stranger(embedder, embedded, "terminateSession")
    ask(embedded, "reload")
    page_only.expect(AgentWish)
    assert page_only.sent_nothing_but(AgentWish)


def test_a4_a_parent_that_may_not_embed_is_not_listened_to(page_only: Desk, window: Page, show: Show) -> None:
    page_only.known_embedders = ("https://desk.example", "'self'")
    show()
    until_told(window, "sessionStatusUpdate", **READY)
    ask(window, "terminateSession")
    ask(window, "dance")
    # Messages come in order: what came before this one was not acted on.
    viewer(window).evaluate(
        "() => new Promise((done) => { addEventListener('message', done, { once: true }); postMessage('', '*'); })"
    )
    assert told(window, "error") == []
    assert page_only.sent_nothing_but()


def test_a4_who_is_not_among_the_frame_ancestors_does_not_even_get_the_page(
    page_only: Desk, window: Page, show: Show
) -> None:
    page_only.embedders = ("https://desk.example",)
    with window.expect_console_message(lambda message: "frame-ancestors" in message.text):
        show()
    assert page_only.hellos == []
