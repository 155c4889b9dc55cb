"""Canvases, and videos that only the visitor's browser can play, shown at the agent's (F14)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .lively import Lively

if TYPE_CHECKING:
    from .conftest import Agent

pytestmark = pytest.mark.journey

RED, GREEN = "[200, 10, 10, 255]", "[10, 200, 10, 255]"
# Near enough: pictures are encoded with loss.
PIXEL = """((of, x, y, want) => {
  const spot = document.createElement("canvas").getContext("2d");
  spot.drawImage(of, -x, -y);
  return [...spot.getImageData(0, 0, 1, 1).data].every((value, i) => Math.abs(value - want[i]) < 16);
})"""
SHOWS = "getComputedStyle(get('{}')).content.startsWith('url(\"blob:')"
FILL = "const x = {0}.getContext('2d'); x.fillStyle = 'rgb{1}'; x.fillRect(0, 0, {0}.width, {0}.height);"


def fill(canvas: str, color: str) -> str:
    return f"{{ {FILL.format(canvas, color.replace('[', '(').replace(', 255]', ')'))} }}"


def shows(canvas: str, x: int, y: int, color: str) -> str:
    """Its pixels are at the agent's, and what is shown is made of them."""
    return f"{PIXEL}(get('{canvas}'), {x}, {y}, {color}) && {SHOWS.format(canvas)}"


def test_f14_a_canvas_shows_what_was_drawn_before_and_live(any_agent: Agent, visitor_scripts: list[str]) -> None:
    both = Lively(any_agent, visitor_scripts, "<canvas id=c width=300 height=200></canvas>", fill("c", RED))
    both.until(shows("c", 150, 100, RED))
    both.act("const x = c.getContext('2d'); x.fillStyle = 'rgb(10, 200, 10)'; x.fillRect(260, 150, 40, 50)")
    both.until(f"{shows('c', 290, 190, GREEN)} && {shows('c', 10, 10, RED)}")
    # Of 20 tiles 4 changed.
    pieces = both.facts("Tiles")[-1][4]
    assert [piece[:2] for piece in pieces] == [[256, 128]]
    both.assert_equal("drawn")


def test_f14_a_canvas_of_another_size_is_blank_and_shows_what_is_drawn_then(
    any_agent: Agent, visitor_scripts: list[str]
) -> None:
    both = Lively(any_agent, visitor_scripts, "<canvas id=c width=100 height=100></canvas>", fill("c", RED))
    both.until(shows("c", 50, 50, RED))
    draw = "c.width = 120; const x = c.getContext('2d'); x.fillStyle = 'rgb({})'; x.fillRect({}, 0, 30, 100)"
    both.act(draw.format("10, 200, 10", 0))
    both.until(f"{shows('c', 10, 50, GREEN)} && {PIXEL}(get('c'), 90, 50, [0, 0, 0, 0])")
    both.act(
        "c.width = 120; const x = c.getContext('2d'); x.fillStyle = 'rgb(200, 10, 10)'; x.fillRect(90, 0, 30, 100)"
    )
    both.until(f"{shows('c', 110, 50, RED)} && {PIXEL}(get('c'), 10, 50, [0, 0, 0, 0])")


def test_f14_a_large_canvas_is_told_smaller_and_shown_in_its_size(any_agent: Agent, visitor_scripts: list[str]) -> None:
    both = Lively(any_agent, visitor_scripts, "<canvas id=c width=2000 height=1500></canvas>", fill("c", GREEN))
    both.until(f"{shows('c', 1990, 1490, GREEN)} && get('c').offsetWidth === 2000")
    _, _, width, height, _ = both.facts("Tiles")[0]
    assert width * height <= 1_001_000


def test_f14_webgl_that_forgets_its_picture_is_shown(agent: Agent, visitor_scripts: list[str]) -> None:
    both = Lively(agent, visitor_scripts, "<canvas id=c width=64 height=64></canvas>")
    both.until("get('c')")
    has_gl = both.act(
        """const gl = c.getContext("webgl");
        if (!gl) return false;
        await new Promise(requestAnimationFrame);
        gl.clearColor(10 / 255, 200 / 255, 10 / 255, 1);
        gl.clear(gl.COLOR_BUFFER_BIT);
        return true;"""
    )
    assert has_gl
    both.until(shows("c", 30, 30, GREEN))
    both.act("c.getContext('webgl').getExtension('WEBGL_lose_context').loseContext()")
    both.until("get('c').style.content.includes('pattern')")


def test_f14_what_a_worker_draws_is_found_by_looking(any_agent: Agent, visitor_scripts: list[str]) -> None:
    both = Lively(
        any_agent,
        visitor_scripts,
        "<canvas id=c width=60 height=60></canvas>",
        "globalThis.far = c.transferControlToOffscreen(); far.getContext('2d');",
    )
    both.until("get('c')")
    both.act("const x = far.getContext('2d'); x.fillStyle = 'rgb(200, 10, 10)'; x.fillRect(0, 0, 60, 60)")
    both.until(shows("c", 30, 30, RED))


def test_f14_what_may_not_be_read_has_a_placeholder(any_agent: Agent, visitor_scripts: list[str]) -> None:
    picture = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>"
    any_agent.files["http://elsewhere.test/picture.svg"] = ("image/svg+xml", picture)
    both = Lively(
        any_agent,
        visitor_scripts,
        "<canvas id=c width=80 height=40></canvas>",
        """const image = new Image();
        image.src = "http://elsewhere.test/picture.svg";
        await image.decode();
        c.getContext("2d").drawImage(image, 0, 0);""",
    )
    both.until("get('c').style.content.includes('pattern') && get('c').offsetWidth === 80")
    assert [fact[2] for fact in both.facts("Unfaithful")] == ["picture_of_another_site"]
    if any_agent.page.context.browser.browser_type.name == "chromium":
        # Firefox holds that a canvas stays unreadable at any size.
        both.act("c.width = 81;" + fill("c", GREEN))
        both.until(shows("c", 40, 20, GREEN))


def test_m2_a_masked_canvas_or_video_never_leaves(any_agent: Agent, visitor_scripts: list[str]) -> None:
    both = Lively(
        any_agent,
        visitor_scripts,
        """<div class=no-upscope><canvas id=c width=80 height=40></canvas></div><canvas id=d class=no-upscope></canvas>
        <video id=v class=no-upscope muted></video><canvas id=seen width=9 height=9></canvas>""",
        fill("c", RED) + fill("d", RED) + "v.srcObject = c.captureStream(5); await v.play();" + fill("seen", GREEN),
    )
    both.until(shows("seen", 4, 4, GREEN))
    both.act(fill("c", GREEN) + fill("d", GREEN) + fill("seen", RED))
    both.until(shows("seen", 4, 4, RED))
    both.act("seen.className = 'no-upscope'")
    both.until("get('seen') === null || get('seen').localName !== 'canvas'")
    told = len(both.facts("Tiles"))
    both.act(fill("seen", GREEN) + "await new Promise((done) => setTimeout(done, 300))")
    both.show()
    facts = both.facts("Tiles")
    assert len(facts) == told
    assert {fact[1] for fact in facts} == {facts[0][1]}


def test_s7_without_canvases_none_is_told(any_agent: Agent, visitor_scripts: list[str]) -> None:
    config = "{ enableCanvases: false }"
    both = Lively(any_agent, visitor_scripts, "<canvas id=c></canvas><audio id=a></audio>", fill("c", RED), config)
    both.act("await new Promise((done) => setTimeout(done, 800)); a.playbackRate = 1.5")
    both.until("get('a')?.playbackRate === 1.5")
    assert both.facts("Tiles") == []


def test_f14_a_video_without_an_address_is_shown_as_pictures(any_agent: Agent, visitor_scripts: list[str]) -> None:
    both = Lively(
        any_agent,
        visitor_scripts,
        "<canvas id=c width=64 height=48></canvas><video id=v muted></video>",
        fill("c", RED) + "v.srcObject = c.captureStream(10); await v.play();" + fill("c", RED),
    )
    both.until("get('v').poster.startsWith('blob:') && get('v').offsetWidth === 64")
    assert both.facts("Tiles")
