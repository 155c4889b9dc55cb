"""What was found, as the table in docs/proxy-conformance.md; and the misses we know, each with its reason."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import pytest

from e2e.flow import ROOT
from e2e.proxy.conformance.misses import MISSES
from e2e.proxy.conformance.proofs import PROOFS

TABLE = ROOT / "docs/proxy-conformance.md"
BROWSERS = ("chromium", "firefox")
SAME, DIFFERS = "same", "**differs**"


@dataclass
class Results:
    """Equal or not, by item and title, for each browser."""

    found: dict[tuple[int, str], dict[str, bool]] = field(default_factory=dict)

    def compare(self, browser: str, item: int, title: str, direct: Any, proxied: Any) -> None:
        """Fail unless both are equal; of a known miss, if they are."""
        is_equal = bool(direct == proxied)
        self.found.setdefault((item, title), {})[browser] = is_equal
        assert direct not in ("timed out", None), f"the direct run itself saw {direct}"
        told = f"direct  {json.dumps(direct)}\nproxied {json.dumps(proxied)}"
        why = MISSES.get((item, title))
        if why and browser in why.browsers:
            assert not is_equal, f"no miss any more: {told}"
            pytest.xfail(why.reason)
        assert is_equal, told


def read_table() -> Results:
    """What the table says already."""
    results = Results()
    for line in TABLE.read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if cells[0].isdigit() and len(cells) > len(BROWSERS) + 2:
            item, title, *marks = cells
            seen = {name: mark == SAME for name, mark in zip(BROWSERS, marks, strict=False) if mark in (SAME, DIFFERS)}
            results.found[int(item), title] = seen
    return results


def write_table(results: Results) -> None:
    """Write the table, of all that was run and read."""
    lines = [
        "# Conformance of the proxy",
        "",
        "Each line is a page that was opened directly and through the proxy; both must see the same. Written by",
        "`TWINPANE_WRITE_CONFORMANCE=1 pytest e2e/proxy/conformance`, with `=more` by a part of it; do not edit.",
        "",
        "| item | what | Chromium | Firefox | why not |",
        "|---|---|---|---|---|",
    ]
    for (item, title), by_browser in sorted(results.found.items()):
        marks = [{True: SAME, False: DIFFERS}.get(by_browser.get(name), "not run") for name in BROWSERS]
        why = MISSES.get((item, title))
        reason = why.reason if why and not all(by_browser.values()) else ""
        lines.append(f"| {item} | {title} | {' | '.join(marks)} | {reason} |")
    same = {name: sum(by.get(name, False) for by in results.found.values()) for name in BROWSERS}
    run = {name: sum(name in by for by in results.found.values()) for name in BROWSERS}
    told = " · ".join(f"{name.capitalize()} {same[name]} of {run[name]}" for name in BROWSERS)
    lines[4:4] = ["", f"**The same: {told}.**"]
    lines += ["", "## Proven without a direct run", "", "| item | what | by |", "|---|---|---|"]
    lines += [f"| {item} | {what} | {by} |" for item, what, by in PROOFS]
    TABLE.write_text("\n".join(lines) + "\n")
