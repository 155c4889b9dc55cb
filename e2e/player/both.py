"""The visitor's page, in a frame of a test's page, beside its mirror."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import Frame

from e2e.flow import until

if TYPE_CHECKING:
    from .conftest import Agent

ROOT = Path(__file__).parents[2]
PAGE = """<!doctype html><title>t</title><style>p{color:red}</style>
<div id=root><p>Hello</p><ul><li>one<li>two</ul><iframe srcdoc="<p>framed"></iframe></div>"""
SHOW = """async () => {
    const visitor = document.getElementById("visitor").contentWindow;
    const { mirror } = visitor;
    await mirror.settle();
    const frames = mirror.frames.slice(mirror.shown);
    mirror.shown += frames.length;
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


class Both:
    """The visitor's page and what the agent sees of it."""

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

    def show(self) -> None:
        """Bring the stage up to date."""
        self.agent.page.evaluate(SHOW)

    def assert_equal(self, when: str) -> None:
        """Bring the stage up to date and compare, until both are equal: frames of the page may still load."""
        seen = ""

        def same() -> bool:
            nonlocal seen
            self.show()
            assert self.agent.look("log.filter(e => e[0] === 'broken')") == [], when
            seen = self.agent.page.evaluate(DIFFERENCE)
            return seen == ""

        try:
            until(same, what="equal trees", page=self.agent.page)
        except AssertionError as problem:
            raise AssertionError(f"{when}: {problem}\n{seen}") from None
