"""Capture and player together: what is on the stage equals the page, whatever happens to the page."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Frame

if TYPE_CHECKING:
    from .conftest import Agent

ROOT = Path(__file__).parents[2]
SEEDS = range(1, 1 + int(os.environ.get("TWINPANE_FUZZ_SEEDS", "3")))
PAGE = """<!doctype html><title>t</title><style>p{color:red}</style>
<div id=root><p>Hello</p><ul><li>one<li>two</ul><iframe srcdoc="<p>framed"></iframe></div>"""
SHOW = """async () => {
    const visitor = document.getElementById("visitor").contentWindow;
    await visitor.mirror.settle();
    const frames = visitor.mirror.frames.splice(0);
    for (const frame of frames) await harness.player.feed(new Uint8Array(frame));
}"""
DIFFERENCE = f"""() => {{
    {(ROOT / "e2e/tree.js").read_text()}
    const [page, stage] = [document.getElementById("visitor").contentDocument, harness.doc].map((root) => tree(root));
    const [told, shown] = [JSON.stringify(page), JSON.stringify(stage)];
    if (told === shown) return "";
    let at = 0;
    while (told[at] === shown[at]) at++;
    const near = (text) => text.slice(Math.max(0, at - 80), at + 120);
    return `page …${{near(told)}}\\nstage …${{near(shown)}}`;
}}"""


@pytest.fixture(scope="session")
def visitor_scripts(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Capture, and random edits of a page."""
    out = tmp_path_factory.mktemp("visitor")
    entries = [str(ROOT / "e2e/mirror" / name) for name in ("harness.ts", "edits.ts")]
    command = ["npx", "esbuild", *entries, "--bundle", "--format=iife", f"--outdir={out}", "--log-level=error"]
    subprocess.run(command, cwd=ROOT, check=True)
    return [(out / name).read_text() for name in ("harness.js", "edits.js")]


class Both:
    """The visitor's page, in a frame of the test's page, beside its mirror."""

    def __init__(self, agent: Agent, scripts: list[str]) -> None:
        self.agent = agent
        agent.files["/visitor"] = ("text/html", PAGE)
        agent.page.evaluate(
            """() => new Promise((loaded) => {
                const frame = document.createElement("iframe");
                Object.assign(frame, {id: "visitor", src: "/visitor", onload: loaded});
                document.body.append(frame);
            })"""
        )
        frame = agent.page.frame(url="**/visitor")
        assert frame is not None
        self.visitor: Frame = frame
        for script in scripts:
            self.visitor.evaluate(script)

    def assert_equal(self, when: str) -> None:
        self.agent.page.evaluate(SHOW)
        assert self.agent.look("log.filter(e => e[0] === 'broken')") == [], when
        assert self.agent.page.evaluate(DIFFERENCE) == "", when


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
