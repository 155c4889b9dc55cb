"""Whether the agent sees what the visitor sees, check by check: the whole product beside rrweb.

Each check is a piece of a page, something that happens to it, and an expression that must then be true of the
visitor's page and of its mirror. Twinpane runs whole: page with the SDK, server, watch page. rrweb runs as its
documentation shows for live use, recorder and player side by side, with canvases, fonts and frames of other sites on.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from bench.browser import launch_chromium
from bench.server_process import twinpane

from .arms import Rrweb, Twinpane, bundle
from .checks import AREAS, Check
from .drive import Seen, common_page, go_through
from .site import Site, serving

OUT = Path(__file__).parents[3] / "docs/fidelity.md"
OPENREPLAY = (
    "OpenReplay has no column: its player is not published as a package, and the tracker alone shows nothing. "
    "On the checks of an earlier measurement, with its player built from source, it showed 65 of 107 as they were, "
    "rrweb 75."
)
OTHER = "other.test"
Arm = Twinpane | Rrweb


def rounds(arm: Callable[[], Arm], site: Site, origin: str, other: str, areas: list[str]) -> Iterator[tuple[str, Seen]]:
    """Go through all areas; a whole page of its own for each check that asks for one."""
    for area in areas:
        checks = AREAS[area]
        groups = [[check] for check in checks] if area == "Whole pages" else [checks]
        for group in groups:
            page = group[0].page or common_page(area, group, other)
            head = site.head if group[0].page else f"<!doctype html>{site.head}"
            site.pages = {group[0].path: with_head(page, head)}
            site.asked_once.clear()
            sides = arm()
            try:
                sides.visitor.goto(origin + group[0].path)
                yield from ((area, seen) for seen in go_through(sides, group))
            except Exception as problem:
                for check in group:
                    yield area, Seen(check, False, f"could not begin: {str(problem).splitlines()[0]}")
            finally:
                sides.close()


def with_head(page: str, head: str) -> str:
    """Put the snippet before anything else, behind the doctype when there is one."""
    doctype = "<!doctype html>"
    if page.startswith(doctype):
        return doctype + head.removeprefix(doctype) + page.removeprefix(doctype)
    return head.removeprefix(doctype) + page


def run(areas: list[str]) -> dict[str, dict[tuple[str, str], Seen]]:
    """Run both arms; gives what each showed by area and check."""
    found: dict[str, dict[tuple[str, str], Seen]] = {}
    site = Site()
    # The other site's host is as good as public for the server; the page's own site is not, so that the page supplies.
    reach = {"TWINPANE_FETCH_ALLOW": f"127.0.0.1 {OTHER}", "TWINPANE_FETCH_RESOLVE": f"{OTHER}=127.0.0.1"}
    names = f"--host-resolver-rules=MAP {OTHER} 127.0.0.1"
    with (
        sync_playwright() as playwright,
        serving(site, OTHER) as (origin, other),
        twinpane(reach) as server,
        launch_chromium(playwright, names) as visitors,
        launch_chromium(playwright, names) as agents,
    ):
        for name, arm in arms(site, origin, server.url, visitors, agents):
            found[name] = {}
            for area, seen in rounds(arm, site, origin, other, areas):
                found[name][area, seen.check.name] = seen
                print("ok  " if seen.ok else "no  ", name, area, seen.check.name, seen.note, flush=True)
    return found


def arms(
    site: Site, origin: str, server: str, visitors: Browser, agents: Browser
) -> Iterator[tuple[str, Callable[[], Arm]]]:
    """Prepare the site for each in turn."""

    def rrweb() -> Arm:
        site.pages["/blank"] = "<!doctype html><body style='margin:0'></body>"
        return Rrweb(visitors, agents, f"{origin}/blank")

    Twinpane.prepare(site, server, origin)
    yield Twinpane.name, lambda: Twinpane(server, visitors, agents)
    Rrweb.prepare(site, bundle("rrweb_recorder.mjs"))
    yield Rrweb.name, rrweb


def table(sections: dict[str, str]) -> str:
    """Write the page from the rows of each area; counts come from the rows."""
    names = (Twinpane.name, Rrweb.name)
    rows = [line.split(" | ") for rows in sections.values() for line in rows.splitlines()]
    sums = ", ".join(f"{name} {sum(cells[at] == 'yes' for cells in rows)}" for at, name in enumerate(names, 1))
    measured = (
        f"Measured {datetime.now(UTC):%Y-%m-%d} in Chromium by `python -m bench.mirror.fidelity.fidelity`. "
        f"Of {len(rows)} checks are as at the visitor's: {sums}."
    )
    head = f"| check | {' | '.join(names)} | why not |\n|---|---|---|---|"
    parts = [f"## {area}\n\n{head}\n{rows}" for area, rows in sections.items()]
    return "\n\n".join(["# What an agent sees", (__doc__ or "").strip(), OPENREPLAY, measured, *parts]) + "\n"


def written() -> dict[str, str]:
    """Read the rows of each area that an earlier run wrote."""
    parts = OUT.read_text().split("\n## ")[1:] if OUT.exists() else []
    return {part.partition("\n")[0]: "\n".join(part.strip().splitlines()[4:]) for part in parts}


def row(found: dict[str, dict[tuple[str, str], Seen]], names: list[str], area: str, check: Check) -> str:
    """One check in all arms."""
    seen = [found[name][area, check.name] for name in names]
    why = "" if seen[0].ok else check.why or seen[0].note
    return f"| {check.name} | {' | '.join('yes' if one.ok else 'no' for one in seen)} | {why.replace('|', '/')} |"


def main() -> None:
    """Run and write docs/fidelity.md; with (parts of) areas named, only those are measured anew."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("areas", nargs="*")
    only = parser.parse_args().areas
    areas = [area for area in AREAS if not only or any(part in area for part in only)]
    found = run(areas)
    sections = written()
    for area in areas:
        sections[area] = "\n".join(row(found, list(found), area, check) for check in AREAS[area])
    OUT.write_text(table({area: sections[area] for area in AREAS if area in sections}))
    print(f"wrote {OUT.name}")


if __name__ == "__main__":
    main()
