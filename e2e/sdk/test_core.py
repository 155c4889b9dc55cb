"""A session in the page: what the core does with what the server says (S3, S8, S9, S10)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace
from playwright.sync_api import Page
from twinpane_protocol.envelope import Flag, decode_header
from twinpane_protocol.shared import Asking, Click, Permissions, Point, SessionState
from twinpane_protocol.visitor import (
    Answered,
    AssetMissing,
    AssetWanted,
    Capture,
    CustomMessageSent,
    SessionChanged,
    SnapshotNeeded,
    Stopped,
    WishMade,
    WishRefused,
)

from e2e.flow import card_words, press_card, short_id, until
from e2e.sdk.door import Door, session_for

Visit = Callable[..., Page]
HTML = """<button id=go style="width:200px;height:60px">Go</button><input type=password id=secret value=hush>
<script>
  window.events = [];
  const names = "sessionRequest sessionStart sessionContinue sessionEnd newObserver observersCount";
  for (const name of names.split(" ")) Upscope("on", name, (...args) => events.push([name, ...args]));
  Upscope("init", CONFIG);
</script>"""


@pytest.fixture
def open_page(visit: Visit) -> Callable[..., Page]:
    def open_page(config: str = "{}") -> Page:
        tab = visit(html=HTML.replace("CONFIG", config))
        short_id(tab)
        return tab

    return open_page


def now(door: Door, phase: Any, **fields: Any) -> SessionState:
    """Tell the tab of a session."""
    door.session = session_for(door.peer, phase, **fields)
    door.peer.send(SessionChanged(session=door.session))
    return door.session


def ask(door: Door) -> None:
    now(door, "asking", asking=Asking(kind="view", agent="agent-1", agent_name="Zoë"))


def snapshot(door: Door, epoch: int, tab: Page) -> None:
    """Begin an epoch and wait until the page is told."""
    door.peer.send(Capture(epoch=epoch))

    def told() -> bool:
        heads = [decode_header(frame) for frame in door.peer.frames]
        return any(head.epoch == epoch and Flag.SNAPSHOT_END in head.flags for head in heads)

    until(told, what=f"the snapshot of epoch {epoch}", page=tab)


def go_live(door: Door, tab: Page, **fields: Any) -> None:
    now(door, "live", **fields)
    snapshot(door, 1, tab)


def test_s8_the_visitor_is_asked_and_the_answer_sent(open_page: Callable[..., Page], door: Door) -> None:
    tab = open_page()
    ask(door)
    press_card(tab, "Allow")
    until(lambda: door.peer.of(Answered), what="the answer", page=tab)
    assert door.peer.of(Answered) == [Answered(kind="view", agent="agent-1", allowed=True)]


def test_s8_a_core_that_did_not_arrive_at_once_still_asks(open_page: Callable[..., Page], door: Door) -> None:
    core = door.files.pop("/core.js")
    tab = open_page()
    with tab.expect_response("**/core.js*"):
        ask(door)
    door.files["/core.js"] = core
    press_card(tab, "Allow")
    until(lambda: door.peer.of(Answered), what="the answer", page=tab)


def test_s8_only_the_active_tab_asks(open_page: Callable[..., Page], door: Door) -> None:
    tab = open_page()
    other = session_for(door.peer, "asking", asking=Asking(kind="view", agent="agent-1", agent_name="Zoë"))
    door.peer.send(SessionChanged(session=SessionState(**{**fields(other), "tabs": []})))
    tab.wait_for_function("() => events.length")
    go_live(door, tab)
    assert door.peer.of(Answered) == []
    assert "Allow" not in card_words(tab)


def fields(state: SessionState) -> dict[str, Any]:
    return {name: getattr(state, name) for name in state.__struct_fields__}


def test_s5_the_page_may_ask_in_its_own_words(open_page: Callable[..., Page], door: Door) -> None:
    tab = open_page("{onSessionRequest: (answer, name) => { window.asked = name; answer(true); }}")
    ask(door)
    until(lambda: door.peer.of(Answered), what="the answer", page=tab)
    assert tab.evaluate("() => asked") == "Zoë"


def test_s3_the_page_hears_how_a_session_goes(open_page: Callable[..., Page], door: Door) -> None:
    tab = open_page()
    ask(door)
    now(door, "live")
    now(door, "ended", end_reason="agent_stopped")
    tab.wait_for_function("() => events.some(([name]) => name === 'sessionEnd')")
    assert tab.evaluate("() => events") == [
        ["sessionRequest", "Zoë"],
        ["sessionStart"],
        ["newObserver", "agent-1", {"name": "Zoë"}],
        ["observersCount", 1],
        ["observersCount", 0],
        ["sessionEnd", "agent_stopped"],
    ]


def test_s9_after_a_reload_the_session_continues_without_a_second_consent(
    open_page: Callable[..., Page], door: Door
) -> None:
    tab = open_page()
    go_live(door, tab)
    tab.reload()
    until(lambda: len(door.peers) == 2, what="the visitor", page=tab)
    snapshot(door, 2, tab)
    assert tab.evaluate("() => events[0]") == ["sessionContinue"]
    assert "Allow" not in card_words(tab)


def test_f2_frames_carry_the_epoch_and_stop_when_told(open_page: Callable[..., Page], door: Door) -> None:
    tab = open_page()
    go_live(door, tab)
    assert Flag.SNAPSHOT_START in decode_header(door.peer.frames[0]).flags
    snapshot(door, 2, tab)
    door.peer.send(Capture(epoch=None))
    door.peer.send(AssetWanted(url="http://elsewhere.test/late.png"))
    until(lambda: door.peer.of(AssetMissing), what="the last message", page=tab)
    count = len(door.peer.frames)
    tab.evaluate("""async () => {
      document.body.append("more");
      for (let frame = 0; frame < 10; frame++) await new Promise(requestAnimationFrame);
      Upscope("customMessage", "after it");
    }""")
    until(lambda: door.peer.of(CustomMessageSent), what="the last message", page=tab)
    assert len(door.peer.frames) == count


def test_x4_a_refused_wish_is_told_with_its_code(open_page: Callable[..., Page], door: Door) -> None:
    tab = open_page()
    go_live(door, tab)
    door.peer.send(WishMade(agent="agent-1", id=7, wish=Click(node=0, fx=0.5, fy=0.5)))
    door.peer.send(WishMade(agent="agent-1", id=8, wish=Point(node=99999, fx=0.5, fy=0.5)))
    until(lambda: len(door.peer.of(WishRefused)) == 2, what="the refusals", page=tab)
    assert [(refused.id, refused.code) for refused in door.peer.of(WishRefused)] == [
        (7, "no_control"),
        (8, "unknown_node"),
    ]


def test_x4_a_wish_before_any_epoch_is_refused(open_page: Callable[..., Page], door: Door) -> None:
    tab = open_page()
    now(door, "live")
    door.peer.send(WishMade(agent="agent-1", id=1, wish=Click(node=0, fx=0.5, fy=0.5)))
    until(lambda: door.peer.of(WishRefused), what="the refusal", page=tab)
    assert door.peer.of(WishRefused)[0].code == "not_live"


def click(door: Door, tab: Page, number: int) -> None:
    """Let an agent click the page's button, wherever it is."""
    fx, fy = tab.evaluate("""() => {
      const { x, y, width, height } = go.getBoundingClientRect();
      return [(x + width / 2) / innerWidth, (y + height / 2) / innerHeight];
    }""")
    door.peer.send(WishMade(agent="agent-1", id=number, wish=Click(node=0, fx=fx, fy=fy)))


def click_before_the_hands(door: Door, tab: Page) -> tuple[str, bytes]:
    """Let an agent click twice while what carries out wishes has not come; answers it, to be served later."""
    hands = door.files.pop("/hands.js")
    with tab.expect_response("**/hands.js*"):
        go_live(door, tab, control="agent-1")
    tab.evaluate("() => { window.clicks = 0; go.onclick = () => { clicks += 1 } }")
    click(door, tab, 1)
    click(door, tab, 2)
    return hands


def refusals(door: Door) -> list[tuple[int, str]]:
    return [(refused.id, refused.code) for refused in door.peer.of(WishRefused)]


def test_x4_a_click_before_the_hands_are_there_is_carried_out_once_they_are(
    open_page: Callable[..., Page], door: Door
) -> None:
    tab = open_page()
    hands = click_before_the_hands(door, tab)
    door.peer.send(WishMade(agent="agent-1", id=3, wish=Click(node=99999, fx=0.5, fy=0.5)))
    until(lambda: refusals(door) == [(3, "unknown_node")], what="the wish refused at once", page=tab)
    assert tab.evaluate("() => clicks") == 0
    door.files["/hands.js"] = hands
    tab.wait_for_function("() => clicks === 2")
    assert refusals(door) == [(3, "unknown_node")]


def test_x4_a_permission_withdrawn_while_a_click_waits_for_the_hands_refuses_it(
    open_page: Callable[..., Page], door: Door
) -> None:
    tab = open_page()
    hands = click_before_the_hands(door, tab)
    assert door.session is not None
    agents = [replace(agent, permissions=Permissions(allow_click=False)) for agent in door.session.agents]
    door.peer.send(SessionChanged(session=replace(door.session, agents=agents)))
    click(door, tab, 3)
    until(lambda: refusals(door) == [(3, "not_allowed")], what="the wish refused at once", page=tab)
    door.files["/hands.js"] = hands
    until(lambda: len(refusals(door)) == 3, what="the refusals of those that waited", page=tab)
    assert refusals(door)[1:] == [(1, "not_allowed"), (2, "not_allowed")]
    assert tab.evaluate("() => clicks") == 0


def test_x4_without_the_hands_a_click_is_refused_and_the_next_one_fetches_them_again(
    open_page: Callable[..., Page], door: Door
) -> None:
    tab = open_page()
    hands = click_before_the_hands(door, tab)
    until(lambda: len(refusals(door)) == 2, what="the refusals", page=tab)
    assert refusals(door) == [(1, "not_possible"), (2, "not_possible")]
    door.files["/hands.js"] = hands
    click(door, tab, 3)
    tab.wait_for_function("() => clicks === 1")


def test_f13_the_late_kinds_are_fetched_once_a_page(open_page: Callable[..., Page], door: Door) -> None:
    tab = open_page()
    fetched: list[str] = []
    tab.on("request", lambda request: fetched.append(request.url.removeprefix(door.url)))
    go_live(door, tab)
    snapshot(door, 2, tab)
    until(lambda: "/kinds.js" in fetched, what="the late kinds", page=tab)
    snapshot(door, 3, tab)
    assert fetched.count("/kinds.js") == 1


def test_f13_without_the_late_kinds_the_picture_goes_on(open_page: Callable[..., Page], door: Door) -> None:
    del door.files["/kinds.js"]
    tab = open_page()
    warned: list[str] = []
    tab.on("console", lambda message: warned.append(message.text))
    go_live(door, tab)
    until(lambda: any(b"rare_kinds_missing" in frame for frame in door.peer.frames), what="the agent told", page=tab)
    assert any(text.startswith("Upscope: cannot load kinds") for text in warned)
    tab.evaluate("() => document.body.append('it goes on')")
    until(lambda: any(b"it goes on" in frame for frame in door.peer.frames), what="a change", page=tab)
    door.peer.send(AssetWanted(url=f"{door.url}/a.png"))
    until(lambda: door.peer.of(AssetMissing), what="the answer", page=tab)
    assert door.peer.of(SnapshotNeeded) == []


def test_f12_what_the_page_does_not_use_is_not_supplied(open_page: Callable[..., Page], door: Door) -> None:
    tab = open_page()
    go_live(door, tab)
    door.peer.send(AssetWanted(url="http://elsewhere.test/secret.png"))
    until(lambda: door.peer.of(AssetMissing), what="the answer", page=tab)
    assert door.peer.of(AssetMissing)[0].url == "http://elsewhere.test/secret.png"


def test_s10_the_visitor_ends_the_session_and_the_page_stays(open_page: Callable[..., Page], door: Door) -> None:
    tab = open_page()
    go_live(door, tab)
    before = tab.evaluate("() => document.body.innerHTML")
    press_card(tab, "End session")
    until(lambda: door.peer.of(Stopped), what="the end", page=tab)
    now(door, "ended", end_reason="visitor_stopped")
    tab.wait_for_function("() => events.some(([name]) => name === 'sessionEnd')")
    assert tab.evaluate("() => document.body.innerHTML") == before
    assert "End session" not in card_words(tab)


def test_s10_an_end_while_offline_holds_and_reaches_the_server_later(
    open_page: Callable[..., Page], door: Door
) -> None:
    tab = open_page()
    go_live(door, tab)
    door.is_shut = door.forgets = True
    door.peer.cut()
    tab.evaluate("() => Upscope('stopSession')")
    door.is_shut = False
    until(lambda: len(door.peers) == 2 and door.peer.of(Stopped), what="the end", page=tab)
    assert door.peer.frames == []


def test_l7_behind_a_slow_network_batches_wait_and_none_is_lost(open_page: Callable[..., Page], door: Door) -> None:
    tab = open_page()
    go_live(door, tab)
    door.acknowledges = False
    tab.evaluate("""async () => {
      const noise = () => Array.from(crypto.getRandomValues(new Uint8Array(4000)), (n) => n.toString(36)).join("");
      for (let i = 0; i < 200; i++) {
        document.body.append(Object.assign(document.createElement("p"), { textContent: noise() }));
        await new Promise(requestAnimationFrame);
      }
    }""")
    assert sum(map(len, door.peer.frames)) < 600_000
    door.acknowledges = True
    door.peer.acknowledge()
    until(lambda: sum(map(len, door.peer.frames)) > 800_000, what="what waited", page=tab)
    assert door.peer.of(SnapshotNeeded) == []
