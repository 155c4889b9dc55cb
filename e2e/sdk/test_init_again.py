"""What a later `init` changes: `undefined` leaves, `null` brings back, limits hold at once (S4, S5, X14)."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from msgspec.structs import replace
from playwright.sync_api import Page, expect
from twinpane_protocol.shared import Asking
from twinpane_protocol.visitor import Answered, Ceiling, CustomMessageSent, Identified, LimitsChanged, Stopped

from e2e import flow
from e2e.bare_agent import BareAgent, bare_agent
from e2e.flow import CARD_BUTTON, Server, card_words, press_card, short_id, until
from e2e.sdk.door import Door
from e2e.sdk.test_core import go_live, now, snapshot

Visit = Callable[..., Page]


def init(tab: Page, options: str) -> None:
    tab.evaluate(f"() => Upscope('init', {options})")


def three_ways(tab: Page, given: str, looks: Callable[[], bool]) -> None:
    """An option is given, left by `undefined`, taken back by `null`; `looks` tells whether it has its effect."""
    name = given.partition(":")[0]
    init(tab, f"{{ {given} }}")
    until(looks, what=f"{given} to be seen", page=tab)
    init(tab, f"{{ {name}: undefined }}")
    assert looks()
    init(tab, f"{{ {name}: null }}")
    until(lambda: not looks(), what=f"{name} to be the default", page=tab)


def has_button(tab: Page, name: str) -> bool:
    return tab.evaluate(CARD_BUTTON, name) is not None


def camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.title() for word in rest)


def test_s4_in_init_undefined_leaves_and_null_clears_who_the_visitor_is(visit: Visit, door: Door) -> None:
    tab = visit(html="<script>Upscope('init', { uniqueId: 'ada', tags: ['vip'], callName: 'Ada' })</script>")
    short_id(tab)
    init(tab, "{ uniqueId: undefined, tags: null }")
    until(lambda: door.peer.of(Identified), what="the identity", page=tab)
    identity = door.peer.of(Identified)[0].identity
    assert (identity.unique_id, identity.tags, identity.call_name) == ("ada", None, "Ada")
    assert "tags" in identity.set_fields


def test_s5_null_brings_back_the_default_of_flags_numbers_and_functions(visit: Visit, door: Door) -> None:
    tab = visit(html="<b id=code></b><script>Upscope('init', { enableLookupCodeOnKey: true })</script>")
    short_id(tab)
    three_ways(tab, "injectLookupCodeButton: true", lambda: "Code for help" in card_words(tab))

    def shown_after(presses: int) -> bool:
        for _ in range(presses):
            tab.keyboard.press("Control")
        tab.evaluate("() => Upscope('getLookupCode')")
        shown = has_button(tab, "OK")
        if shown:
            press_card(tab, "OK")
        return shown

    for value, expected in (("3", True), ("undefined", True), ("null", False)):
        init(tab, f"{{ lookupCodeKeyRepetitions: {value} }}")
        assert shown_after(3) is expected
    assert shown_after(5)

    init(tab, "{ lookupCodeElement: '#code' }")
    expect(tab.locator("#code")).to_have_text("1234")
    init(tab, "{ lookupCodeElement: null }")
    tab.evaluate("() => Upscope('newLookupCode')")
    assert tab.locator("#code").inner_text() == "1234"

    def asks(agent: str) -> None:
        now(door, "asking", asking=Asking(kind="view", agent=agent, agent_name="Zoë"))

    init(tab, "{ onSessionRequest: (answer) => answer(false) }")
    init(tab, "{ onSessionRequest: undefined }")
    asks("agent-1")
    until(lambda: door.peer.of(Answered), what="the page's own answer", page=tab)
    now(door, "ended", end_reason="rejected")
    init(tab, "{ onSessionRequest: null }")
    asks("agent-2")
    press_card(tab, "Allow")
    until(lambda: len(door.peer.of(Answered)) == 2, what="the visitor's answer", page=tab)
    assert [(answer.agent, answer.allowed) for answer in door.peer.of(Answered)] == [
        ("agent-1", False),
        ("agent-2", True),
    ]


def test_s5_null_brings_back_the_default_while_live(visit: Visit, door: Door) -> None:
    tab = visit(html="<p class=ours>our secret</p><script>Upscope('init')</script>")
    short_id(tab)
    go_live(door, tab)
    epochs = iter(range(2, 9))

    def is_masked() -> bool:
        before = len(door.peer.frames)
        snapshot(door, next(epochs), tab)
        return b"our secret" not in b"".join(door.peer.frames[before:])

    for value, expected in (("'.ours'", True), ("undefined", True), ("null", False)):
        init(tab, f"{{ maskedElements: {value} }}")
        assert is_masked() is expected


def test_s5_the_button_that_ends_the_session_follows_a_later_init(visit: Visit, door: Door) -> None:
    tab = visit(html="<script>Upscope('init')</script>")
    short_id(tab)
    go_live(door, tab)
    until(lambda: has_button(tab, "End session"), what="the button", page=tab)
    three_ways(tab, "translationsStopSession: 'Leave me'", lambda: has_button(tab, "Leave me"))
    three_ways(tab, "showTerminateButton: false", lambda: not has_button(tab, "End session"))
    press_card(tab, "End session")
    until(lambda: door.peer.of(Stopped), what="the end", page=tab)


def test_x14_each_limit_is_told_when_it_changes_and_only_then(visit: Visit, door: Door) -> None:
    tab = visit()
    short_id(tab)
    expected = []
    for name in Ceiling.__struct_fields__:
        other = not getattr(Ceiling(), name)
        expected += [replace(Ceiling(), **{name: other}), Ceiling()]
        for value in (json.dumps(other), "undefined", "null"):
            init(tab, f"{{ {camel(name)}: {value} }}")
    tab.evaluate("() => Upscope('customMessage', 'the end')")
    until(lambda: door.peer.of(CustomMessageSent), what="the end", page=tab)
    assert [message.ceiling for message in door.peer.of(LimitsChanged)] == expected


# ---- with the real server ------------------------------------------------------------------------


@pytest.fixture
def tab(served: Callable[..., Page], server: Server) -> Page:
    tab = served("<h1>A shop</h1><script>Upscope('init', { requireAuthorizationForSession: false })</script>")
    short_id(tab)
    return tab


def tell(tab: Page, agent: BareAgent, options: str) -> None:
    """Change options; returns when the agent has what the page said after that."""
    tab.evaluate(f"() => {{ Upscope('init', {options}); Upscope('customMessage', 'changed') }}")
    agent.until(lambda message: message["type"] == "custom_message_received")


def test_x14_a_page_that_wants_to_be_asked_from_now_on_is_asked(tab: Page, server: Server) -> None:
    init(tab, "{ requireAuthorizationForSession: null, uniqueId: 'asked from now on' }")
    until(
        lambda: server.rest("GET", f"visitors/{short_id(tab)}")[1]["visitor"]["unique_id"] == "asked from now on",
        what="the change",
        page=tab,
    )
    with bare_agent(flow.watch_url(server, short_id(tab)), server.url) as agent:
        agent.until_session(phase="asking")
        press_card(tab, "Allow")
        agent.until_session(phase="live")


def test_s5_the_visitor_is_asked_for_control_while_the_page_wants_it_and_consoles_need_its_leave(
    tab: Page, server: Server
) -> None:
    url = flow.watch_url(server, short_id(tab), permissions={"allow_console": True})
    with bare_agent(url, server.url) as agent:
        agent.until_session(phase="live")
        assert not agent.session["permissions"]["allow_console"]
        tell(tab, agent, "{ requireControlRequest: true, allowRemoteConsole: true }")
        assert agent.session["permissions"]["allow_console"]
        agent.say("request_control")
        until(lambda: "click and type" in card_words(tab), what="the question", page=tab)
        assert agent.session["control"] is None
        press_card(tab, "Allow")
        agent.until_session(control=agent.me)
        agent.say("release_control")
        agent.until_session(control=None)
        tell(tab, agent, "{ requireControlRequest: undefined }")
        agent.say("request_control")
        press_card(tab, "Deny")
        agent.until(lambda message: message["type"] == "control_refused")
        tell(tab, agent, "{ requireControlRequest: null }")
        agent.say("request_control")
        agent.until_session(control=agent.me)
        assert not has_button(tab, "Deny")
