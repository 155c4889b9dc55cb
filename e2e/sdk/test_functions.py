"""Every function of S2 that few pages call, as pages see it; what reaches agents and REST is in `test_served.py`."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import ConsoleMessage, Page, Request
from twinpane_protocol.visitor import (
    AgentRequestCancelled,
    AgentRequestChanged,
    AgentRequested,
    DisconnectExpected,
    HistorySaved,
    PageChanged,
    PublicLinkWanted,
)

from e2e.flow import short_id, until
from e2e.sdk.door import Door

Visit = Callable[..., Page]
WATCH_ERRORS = (
    "<script>window.errors = []; Upscope('on', 'error', (code) => errors.push(code)); Upscope('init')</script>"
)


@pytest.mark.parametrize(
    "calls", ["Upscope('init'); LATER", "LATER; Upscope('init')"], ids=["after init", "before init"]
)
def test_s2_a_function_that_is_fetched_when_called_gives_what_it_promises(visit: Visit, door: Door, calls: str) -> None:
    later = "Upscope('getWatchLink', (link) => { window.link = link })"
    tab = visit(html=f"<script>{calls.replace('LATER', later)}</script>")
    tab.wait_for_function("() => window.link")
    assert tab.evaluate("() => link") == f"{door.url}/w/{short_id(tab)}"


def test_s2_each_getter_calls_back_too(visit: Visit) -> None:
    tab = visit()
    short_id(tab)
    told = tab.evaluate("""() => Promise.all(["getConnectionId", "getLookupCode", "newLookupCode"].map(
      (name) => new Promise((done) => Upscope(name, done)),
    ))""")
    assert (told[0], set(told[1:]) <= {"1234", "4711"}) == ("connection-1", True)


def test_s2_reset_that_does_not_reopen_stays_away_until_the_page_connects(visit: Visit, door: Door) -> None:
    tab = visit()
    first = short_id(tab)
    tab.evaluate("() => Upscope('reset', false)")
    until(lambda: door.peers[0].left, what="the goodbye", page=tab)
    assert len(door.peers) == 1
    tab.evaluate("() => Upscope('connect')")
    assert short_id(tab) != first
    assert (len(door.peers), door.peer.hellos[0].visitor) == (2, None)


def test_s2_public_link_is_asked_for_the_named_agent(visit: Visit, door: Door) -> None:
    tab = visit()
    short_id(tab)
    links = tab.evaluate("""() => Promise.all([
      Upscope("getPublicLink", { agentId: 7, agentName: "Zoë" }),
      new Promise((done) => Upscope("getPublicLink", { agentId: "8", agentName: "Mika" }, done)),
    ])""")
    assert links == [f"{door.url}/join/Zoë", f"{door.url}/join/Mika"]
    assert [(wanted.agent_id, wanted.agent_name) for wanted in door.peer.of(PublicLinkWanted)] == [
        ("7", "Zoë"),
        ("8", "Mika"),
    ]


def test_s2_what_a_function_cannot_do_is_told_as_error_and_rejects_nothing(visit: Visit) -> None:
    tab = visit(html=WATCH_ERRORS)
    short_id(tab)
    assert tab.evaluate("() => Upscope('getPublicLink', { agentId: '7' })") is None
    tab.evaluate("() => { Upscope('fullTabStart'); Upscope('fullTabEnd'); Upscope('hasOwnProperty') }")
    tab.wait_for_function("() => errors.length === 4")
    assert tab.evaluate("() => errors") == ["bad_call", "full_tab_unavailable", "full_tab_unavailable", "bad_call"]


def test_s2_expect_disconnect_is_told_at_once_within_its_limits(visit: Visit, door: Door) -> None:
    tab = visit()
    short_id(tab)
    peer = door.peer
    tab.evaluate("""() => {
      Upscope("expectDisconnect", { returnTimeSeconds: 90, title: "At the bank", message: "x".repeat(900) });
      Upscope("expectDisconnect", { returnTimeSeconds: 1e9 });
      Upscope("expectDisconnect", {});
    }""")
    until(lambda: len(peer.of(DisconnectExpected)) == 3, what="the absence", page=tab)
    told = [(absence.return_s, absence.title, absence.message) for absence in peer.of(DisconnectExpected)]
    assert told == [(90, "At the bank", "x" * 500), (3600, None, None), (0, None, None)]


def test_s2_request_agent_and_its_two_ways_back(visit: Visit, door: Door) -> None:
    tab = visit(
        html="<script>window.heard = []; Upscope('on', 'agentRequestUpdate', (status) => heard.push(status));"
        "Upscope('init'); Upscope('requestAgent')</script>"
    )
    short_id(tab)
    tab.evaluate("() => { Upscope('cancelRequestAgent'); Upscope('requestAgent'); Upscope('cancelAgentRequest') }")
    until(lambda: len(door.peer.of(AgentRequestCancelled)) == 2, what="the end of it", page=tab)
    assert len(door.peer.of(AgentRequested)) == 2
    for status in ("requested", "cancelled", "accepted"):
        door.peer.send(AgentRequestChanged(status=status))
    tab.wait_for_function("() => heard.length === 3")
    assert tab.evaluate("() => heard") == ["requested", "cancelled", "accepted"]


def test_s9a_the_next_page_hears_that_the_visitor_waits(visit: Visit, door: Door) -> None:
    door.agent_requested = True
    tab = visit(
        html="<script>Upscope('on', 'agentRequestUpdate', (s) => { window.heard = s }); Upscope('init')</script>"
    )
    tab.wait_for_function("() => window.heard === 'requested'")


def test_s2_new_pageview_is_told_at_once(visit: Visit, door: Door) -> None:
    tab = visit()
    short_id(tab)
    # In one task: nothing that looks now and then can be first.
    order = tab.evaluate("""() => {
      const sent = [];
      const send = WebSocket.prototype.send;
      WebSocket.prototype.send = function (data) { sent.push(data); return send.call(this, data) };
      history.pushState(null, "", "/elsewhere");
      Upscope("newPageview");
      return sent.map((data) => JSON.parse(data).type);
    }""")
    assert order == ["page_changed"]
    until(lambda: door.peer.of(PageChanged), what="the new page", page=tab)
    assert door.peer.of(PageChanged)[-1].page.url == f"{door.url}/elsewhere"


def test_s2_prefetched_assets_are_there_before_a_session(visit: Visit) -> None:
    tab = visit()
    short_id(tab)
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url.rsplit("/", 1)[1])

    tab.on("request", note)
    tab.evaluate("() => Upscope('prefetchAssets')")
    until(lambda: {"core.js", "kinds.js", "hands.js", "guide.js"} <= set(asked), what="the bundles", page=tab)
    assert tab.locator("twinpane-cards").count() == 0


def test_r12_history_is_saved_from_the_page_that_asks_and_on_all_that_follow_in_the_tab(
    visit: Visit, door: Door
) -> None:
    tab = visit()
    short_id(tab)
    tab.evaluate("() => { Upscope('saveHistory'); Upscope('saveHistory') }")
    until(lambda: door.peer.of(HistorySaved), what="the page", page=tab)
    tab.evaluate("() => { history.pushState(null, '', '/search'); Upscope('newPageview') }")
    until(lambda: len(door.peer.of(HistorySaved)) == 2, what="the second", page=tab)
    tab.goto(door.url + "/two")
    until(lambda: len(door.peers) == 2 and door.peer.of(HistorySaved), what="the next page", page=tab)
    views = [view for peer in door.peers for saved in peer.of(HistorySaved) for view in saved.views]
    assert [view.url.removeprefix(door.url) for view in views] == ["/", "/search", "/two"]
    assert all(view.ago_s < 20 for view in views)
    other = visit("/two")
    short_id(other)
    assert door.peer.of(HistorySaved) == []


def test_s2_debug_shows_what_goes_and_comes_until_it_is_stopped(visit: Visit, door: Door) -> None:
    tab = visit()
    short_id(tab)
    lines: list[str] = []

    def note(line: ConsoleMessage) -> None:
        lines.append(line.text)

    tab.on("console", note)
    tab.evaluate("() => Upscope('startDebug')")
    tab.evaluate("() => Upscope('getLookupCode')")
    until(lambda: any("lookup_code_wanted" in line for line in lines), what="what goes", page=tab)
    until(lambda: any("1234" in line for line in lines), what="what comes", page=tab)
    tab.goto(door.url + "/two")
    short_id(tab)
    tab.evaluate("() => Upscope('newLookupCode')")
    until(lambda: any("4711" in line for line in lines), what="debugging on the next page", page=tab)
    tab.evaluate("() => Upscope('stopDebug')")
    tab.evaluate("() => Upscope('getWatchLink')")
    before = len(lines)
    tab.evaluate("() => Upscope('getLookupCode')")
    assert lines[before:] == []
