"""Animations in step with the visitor's (F15)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from e2e.flow import until

from .lively import Lively

if TYPE_CHECKING:
    from .conftest import Agent

pytestmark = pytest.mark.journey

LONG = "{ duration: 1e6, fill: 'both' }"
OPACITY = "Number(view.getComputedStyle(get('{}')).opacity)"
STYLE = "<style>@keyframes fade { from { opacity: 0 } to { opacity: 1 } } #css { animation: fade 1000s linear }</style>"


def test_f15_an_animation_by_script_runs_at_the_agents(any_agent: Agent, visitor_scripts: list[str]) -> None:
    begin = f"a.animate([{{ opacity: 0 }}, {{ opacity: 1 }}], {LONG}).currentTime = 5e5"
    both = Lively(any_agent, visitor_scripts, "<p id=a>a</p><p id=b>b</p><p id=c>c</p>", begin)
    both.until(f"Math.abs({OPACITY.format('a')} - 0.5) < 0.05")
    both.act("b.animate([{ opacity: 0.2, offset: 0 }, { opacity: 0.4 }], { duration: 1, fill: 'forwards' })")
    both.until(f"Math.abs({OPACITY.format('b')} - 0.4) < 0.01")
    both.act("c.animate({ opacity: [0.1, 0.1] }, 1)")
    both.until(f"{OPACITY.format('c')} === 1")
    both.assert_equal("animated")


def test_f15_pause_seek_rate_change_and_cancel_are_followed(any_agent: Agent, visitor_scripts: list[str]) -> None:
    both = Lively(any_agent, visitor_scripts, "<p id=a>a</p>")
    both.act(f"globalThis.it = a.animate({{ opacity: [0, 1] }}, {LONG}); it.pause(); it.currentTime = 25e4")
    both.until(f"Math.abs({OPACITY.format('a')} - 0.25) < 0.001 && doc.getAnimations()[0].playState === 'paused'")
    both.act("it.playbackRate = -2; it.play()")
    both.until("doc.getAnimations()[0].playbackRate === -2 && doc.getAnimations()[0].playState === 'running'")
    both.act("it.pause(); it.effect.setKeyframes({ opacity: [0.6, 0.6] })")
    both.until(f"Math.abs({OPACITY.format('a')} - 0.6) < 0.001")
    both.act("it.cancel()")
    both.until(f"{OPACITY.format('a')} === 1 && doc.getAnimations().length === 0")


def test_f15_an_animation_by_css_is_brought_where_it_stands(any_agent: Agent, visitor_scripts: list[str]) -> None:
    begin = "css.getAnimations()[0].currentTime = 4e5"
    both = Lively(any_agent, visitor_scripts, f"{STYLE}<p id=css>a</p>", begin)
    both.until(f"Math.abs({OPACITY.format('css')} - 0.4) < 0.05")
    both.act("css.getAnimations()[0].pause(); css.getAnimations()[0].currentTime = 9e5")
    both.until(f"Math.abs({OPACITY.format('css')} - 0.9) < 0.001")


def test_f15_in_shadow_roots_and_of_pseudo_elements(any_agent: Agent, visitor_scripts: list[str]) -> None:
    begin = f"""const root = host.attachShadow({{ mode: "open" }});
        root.innerHTML = "<i>i</i>";
        root.firstChild.animate({{ opacity: [0.3, 0.3] }}, {LONG});
        a.animate({{ opacity: [0.7, 0.7] }}, {{ duration: 1e6, pseudoElement: "::before" }});"""
    html = "<style>#a::before { content: 'x' }</style><p id=a>a</p><div id=host></div>"
    both = Lively(any_agent, visitor_scripts, html, begin)
    both.until("view.getComputedStyle(get('host').shadowRoot.firstChild).opacity === '0.3'")
    both.until("view.getComputedStyle(get('a'), '::before').opacity === '0.7'")


def test_f15_after_a_view_transition_the_end_is_shown(any_agent: Agent, visitor_scripts: list[str]) -> None:
    both = Lively(any_agent, visitor_scripts, "<p id=a>before</p>")
    both.until("get('a')")
    both.act(
        """const change = () => { a.textContent = "after"; a.style.viewTransitionName = "it"; };
        if (document.startViewTransition) await document.startViewTransition(change).finished;
        else change();"""
    )
    both.until("get('a').textContent === 'after' && view.getComputedStyle(get('a')).opacity === '1'")
    assert both.facts("Animation") == []
    both.assert_equal("after")


def test_m3_of_a_masked_elements_animation_only_geometry_leaves(any_agent: Agent, visitor_scripts: list[str]) -> None:
    begin = f"""a.animate({{ opacity: [0.5, 0.5], content: ['"SECRET"', '"SECRET"'] }}, {LONG});
        inside.animate({{ opacity: [0.5, 0.5], backgroundImage: ["url(/SECRET)", "none"] }}, {LONG});
        other.animate([{{ opacity: 1 }}], {LONG});"""
    html = """<style>@keyframes SECRET { to { opacity: 0 } }</style><p id=other>n</p>
    <div id=a class=no-upscope style="animation: SECRET 1000s"><b id=inside>b</b></div>"""
    both = Lively(any_agent, visitor_scripts, html.replace("SECRET {", "secret {"), begin)
    both.until("view.getComputedStyle(doc.querySelector('div.no-upscope')).opacity === '0.5'")
    facts = str([both.facts(name) for name in ("Animation", "CssAnimation", "AnimationState")])
    assert "SECRET" not in facts
    assert len(both.facts("Animation")) == 2


def test_f11_addresses_in_keyframes_go_through_the_door(any_agent: Agent, visitor_scripts: list[str]) -> None:
    frames = "{ backgroundImage: ['url(http://elsewhere.test/a.png)', 'url(http://elsewhere.test/a.png)'] }"
    both = Lively(any_agent, visitor_scripts, "<p id=a>a</p>")
    any_agent.requests.clear()
    both.act(f"a.animate({frames}, {LONG}).pause()")
    both.until("view.getComputedStyle(get('a')).backgroundImage.includes('/assets/secret/http%3A%2F%2Felsewhere.test')")

    def direct() -> list[str]:
        return [url for url in any_agent.requests if url.startswith("http://elsewhere.test")]

    until(direct, what="the request of the visitor's own page", page=any_agent.page)
    assert direct() == ["http://elsewhere.test/a.png"], "the visitor's own page loads it, the stage does not"
