"""The loader in real pages: S1 to S6, S9."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from twinpane_protocol.visitor import (
    CustomMessageReceived,
    CustomMessageSent,
    Identified,
    PageChanged,
    SessionChanged,
)

from e2e.flow import short_id, until
from e2e.sdk.conftest import page
from e2e.sdk.door import KEY, Door, session_for

Visit = Callable[..., Page]
WATCH_EVENTS = """<script>
  window.events = [];
  for (const name of ["connection", "connectionReset", "error", "customMessage"])
    Upscope("on", name, (...args) => events.push([name, ...args]));
</script>"""


def test_s1_calls_made_before_load_are_replayed_in_order(visit: Visit, door: Door) -> None:
    visit(
        html="<script>Upscope('updateConnection', {uniqueId: '1'}); Upscope('updateConnection', {uniqueId: '2'});"
        "Upscope('init', {tags: ['vip']});</script>"
    )
    until(door.has_peers(1), what="the visitor")
    identity = door.peer.hellos[0].identity
    assert identity is not None
    assert (identity.unique_id, identity.tags, sorted(identity.set_fields)) == ("2", ["vip"], ["tags", "unique_id"])


def test_s1_a_kept_stub_still_works_after_load(visit: Visit, door: Door) -> None:
    tab = visit(html="<script>window.kept = Upscope; Upscope('init')</script>")
    short_id(tab)
    assert tab.evaluate("() => { kept('updateConnection', {uniqueId: 'late'}); return kept !== Upscope; }")
    until(lambda: door.peer.of(Identified), what="the identity")
    assert door.peer.of(Identified)[0].identity.unique_id == "late"


def test_s1_loading_twice_does_nothing_and_twinpane_is_the_same_function(visit: Visit, door: Door) -> None:
    tab = visit()
    short_id(tab)
    tab.evaluate("() => { window.first = Upscope; }")
    tab.add_script_tag(url=f"/{KEY}.js")
    assert tab.evaluate("() => first === Upscope && Upscope === Twinpane")
    assert len(door.peers) == 1


def test_s1_wrong_use_never_throws_into_the_page(visit: Visit) -> None:
    tab = visit(
        html=WATCH_EVENTS + "<script>Upscope('nonsense'); Upscope('constructor');"
        "Upscope('init', {metadata: 3, maskAll: 'x'});"
        "Upscope('on', 'connection'); Upscope('on', 'connection', () => { throw new Error('mine'); });"
        "Upscope('init'); Upscope('customMessage', undefined); Upscope();</script>"
    )
    short_id(tab)
    tab.wait_for_function("() => events.filter(([name]) => name === 'error').length === 7")
    codes = tab.evaluate("() => events.filter(([name]) => name === 'error').map(([, code]) => code)")
    assert sorted(codes) == ["bad_call"] * 6 + ["bad_setting"]


def test_s1_a_wrong_key_is_told_as_error_and_not_tried_again(visit: Visit, door: Door) -> None:
    html = WATCH_EVENTS + "<script>Upscope('init', {apiKey: 'WrongKey01'})</script>"
    tab = visit(html=html)
    tab.wait_for_function("() => events.length")
    assert tab.evaluate("() => events") == [["error", "unknown_key", "refused: unknown_key"]]
    assert door.peers == []


def test_s1_without_a_snippet_the_script_alone_is_enough(visit: Visit, door: Door) -> None:
    door.files["/bare"] = ("text/html", f"<!DOCTYPE html><script src='/{KEY}.js'></script>".encode())
    tab = visit("/bare")
    tab.evaluate("() => Twinpane('init')")
    short_id(tab)


def test_s1_a_frame_of_the_page_speaks_through_the_page(visit: Visit, door: Door) -> None:
    door.files["/frame"] = page("<script>Upscope('updateConnection', {uniqueId: 'from the frame'})</script>")
    tab = visit(html="<iframe src='/frame'></iframe><script>Upscope('init')</script>")
    short_id(tab)
    until(lambda: door.peer.of(Identified) or door.peer.hellos[0].identity, what="the identity", page=tab)
    assert len(door.peers) == 1


def test_s4_a_page_without_storage_connects_all_the_same(visit: Visit, door: Door) -> None:
    door.files["/bare"] = ("text/html", b"<!DOCTYPE html><iframe sandbox=allow-scripts src=/two></iframe>")
    visit("/bare")
    until(door.has_peers(1), what="the visitor")


def test_s2_getters_give_a_promise_and_call_back(visit: Visit, door: Door) -> None:
    tab = visit()
    short = short_id(tab)
    assert tab.evaluate("() => new Promise((done) => Upscope('getShortId', done))") == short
    assert tab.evaluate("() => Upscope('getWatchLink')") == f"{door.url}/w/{short}"
    assert tab.evaluate("() => Upscope('getConnectionId')") == "connection-1"
    assert tab.evaluate("() => Upscope('getLookupCode')") == "1234"
    assert tab.evaluate("() => Upscope('newLookupCode')") == "4711"


def test_s2_custom_messages_travel_both_ways(visit: Visit, door: Door) -> None:
    tab = visit(html=WATCH_EVENTS + "<script>Upscope('init')</script>")
    short_id(tab)
    tab.evaluate(
        "() => { Upscope('customMessage', {cart: '3\\ud800'}); Upscope('sendCustomMessage', 'x'.repeat(6000)); }"
    )
    until(lambda: door.peer.of(CustomMessageSent), what="the message")
    door.peer.send(CustomMessageReceived(agent="agent-1", message=["hello"]))
    tab.wait_for_function("() => events.some(([name]) => name === 'customMessage')")
    assert [message.message for message in door.peer.of(CustomMessageSent)] == [{"cart": "3\ufffd"}]
    assert tab.evaluate("() => events.map(([name, first]) => name + ' ' + JSON.stringify(first)).slice(1)") == [
        'error "bad_call"',
        'customMessage ["hello"]',
    ]


def test_s2_reset_makes_a_new_visitor(visit: Visit, door: Door) -> None:
    tab = visit(html=WATCH_EVENTS + "<script>Upscope('init', {uniqueId: 'ada'})</script>")
    first = short_id(tab)
    tab.evaluate("() => Upscope('reset')")
    assert short_id(tab) != first
    assert tab.evaluate("() => events.map(([name]) => name)") == ["connection", "connectionReset", "connection"]
    until(lambda: door.peers[0].left, what="the goodbye", page=tab)
    assert door.peer.hellos[0].identity is None


def test_s4_what_a_page_told_survives_loads_until_cleared(visit: Visit, door: Door) -> None:
    tab = visit(html="<script>Upscope('init', {uniqueId: 'ada', callName: 'Ada'})</script>")
    short_id(tab)
    tab.goto(door.url + "/two")
    short_id(tab)
    identity = door.peer.hellos[0].identity
    assert identity is not None
    assert (identity.unique_id, identity.call_name) == ("ada", "Ada")
    tab.evaluate("() => Upscope('updateConnection', {uniqueId: null, callName: undefined})")
    until(lambda: door.peer.of(Identified), what="the identity")
    identity = door.peer.of(Identified)[0].identity
    assert (identity.unique_id, identity.call_name) == (None, "Ada")
    assert "unique_id" in identity.set_fields


def test_s5_autoconnect_off_waits_for_connect(visit: Visit, door: Door) -> None:
    tab = visit(html="<script>Upscope('init', {autoconnect: false})</script>")
    tab.wait_for_function("() => window.Upscope && !Upscope.q")
    assert door.peers == []
    tab.evaluate("() => Upscope('connect')")
    until(door.has_peers(1), what="the visitor", page=tab)


CLOCK = b"""<script>
  window.later = 0;
  const [now, every, looks] = [Date.now, setInterval, []];
  Date.now = () => now() + later * 1000;
  setInterval = (look, ms) => { looks.push(look); return every(look, ms) };
  window.pass = (seconds) => { later += seconds; for (const look of looks) look() };
</script>"""


def test_s5_an_idle_visitor_disconnects_after_a_quarter_of_an_hour_and_is_back_at_a_sign(
    visit: Visit, door: Door
) -> None:
    names = "for (const name of ['sessionStart', 'sessionEnd']) Upscope('on', name, () => { window.happened = name })"
    kind, html = page(f"<script>{names}; Upscope('init')</script>")
    door.files["/"] = (kind, html.replace(b"<head>", b"<head>" + CLOCK))
    tab = visit()

    def is_there() -> bool:
        return bool(tab.evaluate("() => Upscope('getLookupCode')") == "1234") and not door.peer.left

    def goes() -> None:
        until(lambda: door.peer.left, what="the goodbye", page=tab)

    short_id(tab)
    signs = [
        lambda: tab.keyboard.press("a"),
        lambda: tab.mouse.move(30, 30),
        lambda: tab.mouse.click(40, 40),
        lambda: tab.evaluate("() => dispatchEvent(new Event('focus'))"),
    ]
    for sign in signs:
        tab.evaluate("() => pass(890)")
        assert is_there()
        tab.evaluate("() => pass(20)")
        goes()
        sign()
        until(door.has_peers(1), what="the visitor", page=tab)
        short_id(tab)
    tab.evaluate("() => { Upscope('init', { disconnectAfterSeconds: 0 }); pass(100000) }")
    assert is_there()
    tab.evaluate("() => { Upscope('init', { disconnectAfterSeconds: 60 }) }")
    door.peer.send(SessionChanged(session=session_for(door.peer, "live")))
    tab.wait_for_function("() => window.happened === 'sessionStart'")
    tab.evaluate("() => pass(100)")
    assert is_there()
    door.peer.send(SessionChanged(session=session_for(door.peer, "ended", end_reason="agent_stopped")))
    tab.wait_for_function("() => window.happened === 'sessionEnd'")
    tab.evaluate("() => pass(61)")
    goes()


def test_s6_the_code_stands_in_the_page_s_own_element(visit: Visit) -> None:
    tab = visit(html="<b id=code></b><script>Upscope('init', {lookupCodeElement: '#code'})</script>")
    expect(tab.locator("#code")).to_have_text("1234")


@pytest.mark.parametrize("way", ["key", "link"])
def test_s6_five_presses_or_a_link_show_the_code(visit: Visit, way: str) -> None:
    tab = visit(
        html="<a href='#upscope-lookup-code'>Help</a><script>Upscope('init', {enableLookupCodeOnKey: true})</script>"
    )
    short_id(tab)
    tab.evaluate("() => Upscope('getWatchLink')")  # by then the part that listens is there
    if way == "link":
        tab.get_by_text("Help").click()
    for _ in range(5 if way == "key" else 0):
        tab.keyboard.press("Control")
    tab.wait_for_selector("twinpane-cards", state="attached")
    assert tab.evaluate("() => location.hash") == ""


def test_s9_a_reload_keeps_visitor_and_tab(visit: Visit, door: Door) -> None:
    tab = visit()
    first = short_id(tab)
    tab.reload()
    assert short_id(tab) == first
    until(lambda: door.peers[0].left, what="the goodbye", page=tab)
    assert [peer.tab for peer in door.peers] == [door.peer.tab] * 2


def test_s9_a_second_tab_is_the_same_visitor_in_another_tab(visit: Visit, door: Door) -> None:
    first, second = short_id(visit()), short_id(visit())
    assert first == second
    assert door.peers[0].tab != door.peers[1].tab


def test_s9_a_tab_opened_with_a_copy_of_the_storage_gets_an_id_of_its_own(visit: Visit, door: Door) -> None:
    tab = visit()
    short_id(tab)
    with tab.context.expect_page() as opened:
        tab.evaluate("() => { window.open('/two'); }")
    short_id(opened.value)
    assert door.peers[0].tab != door.peers[1].tab
    assert not door.peers[0].left


def test_s9_going_back_reconnects_as_the_same_tab(visit: Visit, door: Door) -> None:
    tab = visit()
    first = short_id(tab)
    tab.goto(door.url + "/two")
    short_id(tab)
    tab.go_back()
    until(lambda: len(door.peers) == 3, what="the visitor", page=tab)
    assert short_id(tab) == first
    assert len({peer.tab for peer in door.peers}) == 1


def test_s9_the_server_hears_of_a_new_address_and_title(visit: Visit, door: Door) -> None:
    tab = visit()
    short_id(tab)
    tab.evaluate("() => { history.pushState(null, '', '/elsewhere'); document.title = 'Elsewhere'; }")
    until(lambda: door.peer.of(PageChanged), what="the new page", page=tab)
    now = door.peer.of(PageChanged)[-1].page
    assert (now.url, now.title) == (f"{door.url}/elsewhere", "Elsewhere")
