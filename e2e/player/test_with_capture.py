"""Capture and player together: what is on the stage equals the page, whatever happens to the page."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from e2e.flow import until

from .both import Both

if TYPE_CHECKING:
    from .conftest import Agent

SEEDS = range(1, 1 + int(os.environ.get("TWINPANE_FUZZ_SEEDS", "3")))


@pytest.mark.journey
@pytest.mark.parametrize("seed", SEEDS)
def test_f8_the_stage_equals_the_page_after_random_edits(
    any_agent: Agent, visitor_scripts: list[str], seed: int
) -> None:
    """TWINPANE_FUZZ_SEEDS sets how many seeds are tried."""
    both = Both(any_agent, visitor_scripts)
    begin = """async (seed) => {
        globalThis.edits = editsOf(document.getElementById('root'), seed);
        edits.run(200);
        mirror.start();
        for (let n = 0; n < 5; n++) { edits.run(seed + n); await new Promise((next) => setTimeout(next)); }
    }"""
    both.visitor.evaluate(begin, seed)
    both.assert_equal(f"seed {seed}, snapshot")
    for round_ in range(12):
        count = 1 + (seed * 7 + round_ * 13) % 50
        both.visitor.evaluate("count => edits.run(count)", count)
        both.assert_equal(f"seed {seed}, round {round_}, {count} edits")


def test_f8_state_beside_the_tree_arrives(any_agent: Agent, visitor_scripts: list[str]) -> None:
    both = Both(any_agent, visitor_scripts)
    both.visitor.evaluate(
        """() => {
            document.getElementById("root").innerHTML = `<input id=i><input type=checkbox id=c>
                <textarea id=t></textarea><select id=s><option>a<option>b</select>
                <div id=box style="overflow:auto;height:50px"><p style="height:900px"></div>
                <dialog id=d>hi</dialog><input type=password id=secret>`;
            mirror.start();
        }"""
    )
    both.assert_equal("snapshot")
    both.visitor.evaluate(
        """() => {
            const get = (id) => document.getElementById(id);
            Object.assign(get("i"), {value: "typed"});
            Object.assign(get("c"), {indeterminate: true});
            Object.assign(get("t"), {value: "long"});
            Object.assign(get("s"), {selectedIndex: 1});
            Object.assign(get("secret"), {value: "hunter2"});
            get("box").scrollTop = 300;
            get("d").showModal();
            document.styleSheets[0].insertRule("p { margin: 7px }", 1);
            const sheet = new CSSStyleSheet();
            sheet.replaceSync("p { padding: 5px }");
            document.adoptedStyleSheets = [sheet];
        }"""
    )
    both.visitor.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    both.assert_equal("changed")
    look = both.agent.look
    get = "doc.getElementById('{}')".format
    assert look(f"{get('c')}.indeterminate") is True
    assert look(f"{get('box')}.scrollTop") == 300
    assert look(f"{get('d')}.matches(':modal')") is True
    assert look("doc.querySelector('[type=password]').value") == "•" * 7
    style = look(f"(({{margin, padding}}) => [margin, padding])(getComputedStyle({get('box')}.firstElementChild))")
    assert style == ["7px", "5px"]


def test_f7_edits_of_sheets_in_thin_slices_stay(any_agent: Agent, visitor_scripts: list[str]) -> None:
    """A style element is told in one piece: text that came after edits of its sheet would undo them."""
    both = Both(any_agent, visitor_scripts)
    both.visitor.evaluate(
        """() => {
            const texts = "<style class=many>p{color:red}</style>".repeat(60);
            document.getElementById("root").innerHTML = texts;
            let now = 0;
            performance.now = () => (now += 3);
            mirror.start();
            for (const { sheet } of document.querySelectorAll(".many")) sheet.insertRule("p { margin: 7px }", 1);
        }"""
    )
    both.assert_equal("snapshot")
    assert both.agent.look("[...doc.querySelectorAll('.many')].map(({sheet}) => sheet.cssRules.length)") == [2] * 60


def test_f26_the_agent_is_told_when_capture_costs_more_than_its_budget(
    agent: Agent, visitor_scripts: list[str]
) -> None:
    both = Both(agent, visitor_scripts)
    both.visitor.evaluate("mirror.start()")
    both.assert_equal("snapshot")
    # A clock that says each look took long, and then one that is right again.
    both.visitor.evaluate(
        "() => { globalThis.right = performance.now; let ms = 1e6; performance.now = () => (ms += 60); }"
    )

    def told() -> list[dict[str, float] | None]:
        both.visitor.evaluate("document.body.append('more')")
        both.show()
        costs: list[dict[str, float] | None] = agent.look("log.filter(e => e[0] === 'cost').map(e => e[1])")
        return costs

    until(told, what="the cost", page=agent.page)
    first = told()[0]
    assert first is not None
    assert first["percent"] > 5
    assert 0 < first["interval_ms"] <= 500
    both.visitor.evaluate("() => { performance.now = () => 1e9 + right.call(performance); }")
    until(lambda: told()[-1] is None, what="the end of it", page=agent.page)


def test_m3_an_agent_is_told_what_a_masked_field_is_for(any_agent: Agent, visitor_scripts: list[str]) -> None:
    """By kind, never in the page's own words; also of fields that come later."""
    both = Both(any_agent, visitor_scripts)
    fields = """<input autocomplete="billing cc-number" title="SECRET" aria-label="SECRET">
        <select class=no-upscope autocomplete=cc-exp-month><option>SECRET</select><input type=password>
        <textarea class=no-upscope autocomplete="SECRET">SECRET</textarea><input type=tel class=no-upscope>"""
    told = ["card number", "expiry date", "password", "", "phone number"]
    both.visitor.evaluate("html => { document.getElementById('root').innerHTML = html; mirror.start() }", fields)
    both.show()
    both.visitor.evaluate("html => { document.getElementById('root').innerHTML += html }", fields)
    both.show()
    labels = any_agent.look("[...doc.querySelectorAll('[data-twinpane-masked]')].map((e) => e.ariaLabel)")
    assert labels == [f"Hidden from view{': ' * bool(word)}{word}" for word in told + told]
    titles = any_agent.look("[...doc.querySelectorAll('[data-twinpane-masked]')].map((e) => e.title)")
    assert titles == labels
    assert "SECRET" not in any_agent.look("doc.documentElement.outerHTML")
