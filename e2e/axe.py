"""What axe-core finds wrong with a page: its serious and critical findings, by WCAG 2.2 A and AA."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from e2e.flow import ROOT

AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
# The mirrored page in the stage's frame is the visitor's, not ours.
RUN = """async (within) => {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
  const { violations } = await axe.run(document, { iframes: false, runOnly: tags, resultTypes: ["violations"] });
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => [id, target.flat(), failureSummary]))
    .filter(([, target]) => target.join(" ").includes(within));
}"""
# axe looks into open shadow roots only.
OPEN_ROOTS = """{
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (init) { return attach.call(this, { ...init, mode: "open" }); };
}"""


def found(page: Page, within: str = "") -> list[Any]:
    """Serious and critical findings: rule, path to the element, what would mend it. `within`: part of the path."""
    page.evaluate(AXE)
    problems: list[Any] = page.evaluate(RUN, within)
    return problems
