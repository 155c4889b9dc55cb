"""What the agent does over the stage becomes wishes. The stage is shown at half its size, at 100, 50 of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from . import pages as p

if TYPE_CHECKING:
    from .conftest import Agent

LEFT, TOP, SCALE = 100, 50, 0.5


class Hand:
    """The agent's hand: places are in the page's own pixels."""

    def __init__(self, agent: Agent) -> None:
        self.agent = agent
        self.mouse = agent.page.mouse
        self.keyboard = agent.page.keyboard

    def show(self, *body: p.Slots, more: p.Slots | None = None) -> None:
        self.agent.feed(*p.document(*body, head=[p.html("style", p.text("body{margin:0}"))]), *(more or []))
        self.agent.page.evaluate("scale => { harness.stop = harness.sense(scale) }", SCALE)

    def at(self, x: float, y: float) -> tuple[float, float]:
        return LEFT + x * SCALE, TOP + y * SCALE

    def move(self, x: float, y: float) -> None:
        self.mouse.move(*self.at(x, y))

    def click(self, x: float, y: float, **options: Any) -> None:
        self.mouse.click(*self.at(x, y), **options)

    def wishes(self, *kinds: str) -> list[dict[str, Any]]:
        self.agent.page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        made: list[dict[str, Any]] = self.agent.page.evaluate("harness.wishes.splice(0)")
        return [wish for wish in made if not kinds or wish["kind"] in kinds]


@pytest.fixture
def hand(any_agent: Agent) -> Hand:
    return Hand(any_agent)


def box(width: int, height: int, *children: p.Slots, style: str = "") -> p.Slots:
    return p.html("div", *children, style=f"width:{width}px;height:{height}px;{style}")


def test_x4_a_click_names_the_node_and_the_part_of_its_box(hand: Hand) -> None:
    hand.show(box(200, 100), box(400, 200))
    hand.click(100, 200)
    assert hand.wishes("click") == [{"kind": "click", "node": 8, "fx": 0.25, "fy": 0.5, "button": "left", "count": 1}]
    hand.click(20, 50, button="right")
    (wish,) = hand.wishes("click")
    assert (wish["node"], wish["fx"], wish["fy"], wish["button"]) == (7, 0.1, 0.5, "right")
    hand.keyboard.down("Shift")
    hand.click(20, 50)
    hand.keyboard.up("Shift")
    assert hand.wishes("click")[0]["modifiers"] == {"ctrl": False, "shift": True, "alt": False, "meta": False}


def test_x4_clicks_that_follow_one_another_are_counted(agent: Agent) -> None:
    hand = Hand(agent)
    hand.show(box(200, 100))
    hand.mouse.dblclick(*hand.at(20, 50))
    assert [wish["count"] for wish in hand.wishes("click")] == [1, 2]


def test_x4_the_deepest_node_is_found_in_shadow_roots_and_frames(hand: Hand) -> None:
    frame = p.html("iframe", style="border:10px solid;padding:6px;width:300px;height:100px;display:block")
    inner = p.html("html", p.html("head"), p.html("body", box(100, 50), style="margin:0"))
    shade = p.root(7, 20, 1, box(200, 100))
    hand.show(p.html("x-card", style="display:block"), frame, more=[*shade, *p.root(8, 30, 2, p.DOCTYPE, inner)])
    hand.click(100, 50)
    hand.click(16 + 50, 100 + 16 + 24)
    assert [(wish["node"], wish["fx"], wish["fy"]) for wish in hand.wishes("click")] == [
        (21, 0.5, 0.5),
        (35, 0.5, 0.48),
    ]


def test_x4_pointing_is_told_once_a_frame_and_without_control(hand: Hand) -> None:
    hand.show(box(200, 100))
    hand.agent.page.evaluate("harness.setControl(false)")
    hand.move(50, 50)
    hand.move(100, 50)
    wishes = hand.wishes()
    assert wishes[-1] == {"kind": "point", "node": 7, "fx": 0.5, "fy": 0.5}
    hand.click(50, 50)
    hand.mouse.wheel(0, 50)
    hand.keyboard.type("abc")
    assert {wish["kind"] for wish in hand.wishes()} == {"point"}
    hand.mouse.move(10, 10)
    assert hand.wishes()[-1]["gone"] is True


def test_x4_text_is_told_together_and_keys_one_by_one(hand: Hand) -> None:
    hand.show(box(200, 100))
    hand.click(10, 10)
    hand.wishes()
    hand.keyboard.type("Zoë 😀")
    hand.keyboard.press("Backspace")
    hand.keyboard.press("Control+a")
    hand.keyboard.press("Tab")
    wishes = hand.wishes()
    texts = "".join(wish["text"] for wish in wishes if wish["kind"] == "type_text")
    assert texts == "Zoë 😀"
    assert [wish["key"] for wish in wishes if wish["kind"] == "press_key"] == ["Backspace", "a", "Tab"]
    assert [wish["kind"] for wish in wishes][-3:] == ["press_key"] * 3
    hand.keyboard.press("Control+c")
    assert hand.wishes() == []
    hand.keyboard.press("Escape")
    assert hand.agent.look("log.at(-1)") == ["escape"]
    assert hand.wishes() == []


def test_x4_pasted_text_is_typed(agent: Agent) -> None:
    hand = Hand(agent)
    hand.show(box(200, 100))
    hand.click(10, 10)
    hand.wishes()
    hand.agent.page.evaluate(
        """() => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/plain", "x".repeat(7000));
            const paste = new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true});
            document.activeElement.dispatchEvent(paste);
        }"""
    )
    assert [len(wish["text"]) for wish in hand.wishes("type_text")] == [3000, 3000, 1000]


def test_x4_a_wheel_scrolls_the_nearest_box_then_the_page(hand: Hand) -> None:
    inner = box(200, 100, box(10, 150), style="overflow:auto")
    hand.show(inner, box(10, 2000))
    hand.move(50, 50)
    hand.mouse.wheel(0, 30)
    assert hand.wishes("scroll_to") == [{"kind": "scroll_to", "node": 7, "x": 0, "y": 30}]
    hand.mouse.wheel(0, 500)
    assert hand.wishes("scroll_to")[-1]["y"] == 50
    hand.move(50, 300)
    hand.mouse.wheel(0, 80)
    hand.mouse.wheel(0, 40)
    assert hand.wishes("scroll_to")[-1] == {"kind": "scroll_to", "node": 0, "x": 0, "y": 120}


def test_x4_a_select_opens_a_list_that_keyboard_and_pointer_can_use(hand: Hand) -> None:
    options = [p.html("option", p.text(word)) for word in ("Ant", "Bee", "Cat")]
    options[1] = p.html("option", p.text("Bee"), disabled="")
    hand.show(p.html("select", *options, style="width:200px;height:40px"))
    hand.click(50, 20)
    listbox = hand.agent.page.get_by_role("listbox")
    listbox.wait_for()
    assert [text.strip() for text in listbox.get_by_role("option").all_inner_texts()] == ["Ant", "Bee", "Cat"]
    hand.keyboard.press("ArrowDown")
    hand.keyboard.press("Enter")
    assert hand.wishes("select_options") == [{"kind": "select_options", "node": 7, "indexes": [2]}]
    listbox.wait_for(state="detached")
    hand.click(50, 20)
    listbox.get_by_role("option", name="Ant").click()
    assert hand.wishes("select_options") == [{"kind": "select_options", "node": 7, "indexes": [0]}]
    hand.click(50, 20)
    hand.keyboard.press("Escape")
    listbox.wait_for(state="detached")
    assert hand.wishes("select_options", "click") == []
    hand.keyboard.type("k")
    assert [wish["text"] for wish in hand.wishes("type_text")] == ["k"]


def test_x4_dates_and_colours_are_picked_in_a_picker(hand: Hand) -> None:
    style = "display:block;box-sizing:border-box;margin:0;width:200px;height:40px"
    hand.show(*(p.html("input", type=kind, style=style) for kind in ("date", "color")))
    for node, (y, value) in enumerate(((20, "2026-11-22"), (60, "#c2410c")), start=7):
        hand.click(50, y)
        hand.agent.page.locator("#surface input").fill(value)
        hand.agent.page.get_by_role("button", name="Set").click()
        assert hand.wishes("set_value") == [{"kind": "set_value", "node": node, "value": value}]


def test_x4_other_pointers_are_drawn_where_they_are(hand: Hand) -> None:
    agent = hand.agent
    hand.show(box(200, 100))
    zoe = {"id": "a1", "name": "Zoë", "color": "#b34"}
    agent.page.evaluate("zoe => harness.overlay.point(zoe, {kind: 'click', node: 7, fx: 0.5, fy: 0.5})", zoe)
    agent.page.evaluate("harness.overlay.visitor({x: 20, y: 40, pressed: true})")
    agent.page.evaluate(
        "harness.overlay.point({id: 'a2', name: 'x', color: 'red'}, {kind: 'point', node: 99, fx: 0, fy: 0})"
    )
    hand.click(10, 10)
    assert len(hand.wishes("click")) == 1


def test_x4_nothing_is_sensed_after_the_stop(hand: Hand) -> None:
    hand.show(box(200, 100))
    hand.agent.page.evaluate("harness.stop()")
    hand.click(10, 10)
    hand.keyboard.type("abc")
    assert hand.wishes() == []
    assert hand.agent.page.evaluate("document.getElementById('surface').childElementCount") == 0
