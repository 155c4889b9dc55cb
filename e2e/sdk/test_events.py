"""Events of S3 that need an agent's window; the others are in `test_core.py` and `test_loader.py`."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace
from playwright.sync_api import Page
from twinpane_protocol.shared import Window
from twinpane_protocol.visitor import CustomMessageReceived, SessionChanged

from e2e.flow import short_id
from e2e.sdk.door import Door, session_for

Visit = Callable[..., Page]
NAMES = "newObserver observerUpdate observerGone observerContentVisible observersCount"
HTML = f"""<script>
  window.events = [];
  for (const name of "{NAMES}".split(" ")) Upscope("on", name, (...args) => events.push([name, ...args]));
  Upscope("init", OPTIONS);
</script>"""
WINDOW = Window(screen_width=1920, screen_height=1080, window_width=1200, window_height=800, has_focus=True)


@pytest.fixture
def tab(visit: Visit) -> Page:
    tab = visit(html=HTML.replace("OPTIONS", "{}"))
    short_id(tab)
    return tab


def test_s3_an_observer_s_window_is_told_and_each_change_of_it(tab: Page, door: Door) -> None:
    live = session_for(door.peer, "live")
    agent = replace(live.agents[0], window=WINDOW)
    smaller = replace(WINDOW, window_width=900, has_focus=False)
    for each in (agent, replace(agent, window=smaller), replace(agent, window=smaller, sees_page=True)):
        door.peer.send(SessionChanged(session=replace(live, agents=[each])))
    door.peer.send(SessionChanged(session=replace(live, agents=[replace(agent, connected=False)])))
    tab.wait_for_function("() => events.some(([name]) => name === 'observerGone')")
    data = {"screenWidth": 1920, "screenHeight": 1080, "windowWidth": 1200, "windowHeight": 800, "hasFocus": True}
    assert tab.evaluate("() => events") == [
        ["newObserver", "agent-1", {"name": "Zoë", **data}],
        ["observersCount", 1],
        ["observerUpdate", "agent-1", {"windowWidth": 900, "hasFocus": False}],
        ["observerContentVisible", "agent-1"],
        ["observerGone", "agent-1"],
        ["observersCount", 0],
    ]


@pytest.mark.parametrize("name", ["SessionStart", "SessionContinue", "SessionEnd", "Connection"])
def test_s5_events_are_options_too(visit: Visit, door: Door, name: str) -> None:
    tab = visit(html=HTML.replace("OPTIONS", f"{{ on{name}: (...args) => {{ window.told = args }} }}"))
    short = short_id(tab)
    door.session = session_for(door.peer, "live")
    if name == "SessionContinue":
        tab.reload()
    else:
        door.peer.send(SessionChanged(session=door.session))
        door.peer.send(SessionChanged(session=replace(door.session, phase="ended", end_reason="agent_stopped")))
    tab.wait_for_function("() => window.told")
    expected = {"SessionEnd": ["agent_stopped"], "Connection": [short]}
    assert tab.evaluate("() => told") == expected.get(name, [])


def test_s2_a_listener_that_was_taken_back_hears_nothing(tab: Page, door: Door) -> None:
    tab.evaluate("""() => {
      window.heard = [];
      const stop = Upscope("on", "observersCount", "newObserver", (...args) => heard.push(args));
      stop();
    }""")
    door.peer.send(SessionChanged(session=session_for(door.peer, "live")))
    tab.wait_for_function("() => events.some(([name]) => name === 'observersCount')")
    assert tab.evaluate("() => heard") == []


def test_s2_one_listener_hears_several_events_and_from_whom_a_message_is(tab: Page, door: Door) -> None:
    tab.evaluate("""() => {
      window.heard = [];
      Upscope("on", "customMessage", "observersCount", (...args) => heard.push(args));
    }""")
    door.peer.send(SessionChanged(session=session_for(door.peer, "live")))
    tab.wait_for_function("() => heard.length === 1")
    door.peer.send(CustomMessageReceived(agent="agent-1", message={"text": "hello"}))
    tab.wait_for_function("() => heard.length === 2")
    assert tab.evaluate("() => heard") == [[1], [{"text": "hello"}, "agent-1"]]


def test_s3_a_session_that_ended_while_the_page_was_away_has_no_reason(tab: Page, door: Door) -> None:
    tab.evaluate("() => { Upscope('on', 'sessionEnd', (...args) => { window.ended = args }) }")
    door.peer.send(SessionChanged(session=session_for(door.peer, "live")))
    tab.wait_for_function("() => events.some(([name]) => name === 'newObserver')")
    door.forgets = True
    door.peer.cut()
    tab.wait_for_function("() => window.ended")
    assert tab.evaluate("() => ended") == [None]
