"""`python -m bench.wire`: 10,000 random pages with secrets, masks and edits, or as many as are asked for."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from time import monotonic

from playwright.sync_api import sync_playwright

from bench.mirror.fuzz.__main__ import launch
from bench.wire.mutations import MUTATIONS, Mutation, Noticed, noticed
from bench.wire.table import PAGE, written
from e2e.wire.chance.chance import HERE, bundle, opened, run

PAGE_CASES = 250


def play(name: str, first_seed: int, cases: int) -> int:
    """Play cases, a fresh page for each few; returns how many leaked."""
    script, tally, leaks, began_s = bundle(HERE / "harness.ts"), Counter[str](), list[str](), monotonic()
    with sync_playwright() as playwright:
        browser = launch(playwright, name)
        for first in range(first_seed, first_seed + cases, PAGE_CASES):
            with opened(browser, script) as page:
                outcome = run(page, first, min(PAGE_CASES, first_seed + cases - first))
            tally.update({key: outcome[key] for key in ("cases", "secrets", "bytes")})
            tally.update(deaf=len(outcome["deaf"]), broken=len(outcome["broken"]))
            leaks += outcome["leaks"]
            for line in (*outcome["leaks"], *outcome["broken"]):
                print(line, flush=True)
        browser.close()
    print(
        f"{name}, seeds from {first_seed}: {tally['cases']} cases with {tally['secrets']} secrets, "
        f"{tally['bytes'] / 1e6:.0f} MB of facts searched in {monotonic() - began_s:.0f} s: {len(leaks)} leaks; "
        f"{tally['deaf']} cases unheard, {tally['broken']} broken"
    )
    return len(leaks) + tally["deaf"] + tally["broken"]


def switch_off(cases: int, skip: int) -> int:
    """Switch each defence off once; returns how many were missed by nobody."""
    with sync_playwright() as playwright:
        browser = launch(playwright, "chromium")
        whole = noticed(browser, Mutation("all defences on", []), cases)
        print(f"{whole.name}: {'nothing leaks' if whole.is_missed else whole}", flush=True)
        found: list[Noticed] = []
        for mutation in MUTATIONS[skip:]:
            found.append(noticed(browser, mutation, cases))
            print(f"{found[-1]}", flush=True)
        browser.close()
    missed = [each for each in found if each.is_missed]
    print(f"{len(found)} defences switched off, {len(found) - len(missed)} noticed")
    if not skip and whole.is_missed:
        PAGE.write_text(written(found, cases), encoding="utf-8")
    return len(missed) + (not whole.is_missed)


def main() -> int:
    """Print figures; 1 if anything leaked, or a defence is missed by nobody."""
    parser = argparse.ArgumentParser(prog="bench.wire", description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--browser", choices=["chromium", "firefox"], default="chromium")
    parser.add_argument("--mutations", action="store_true", help="switch each defence off once instead")
    parser.add_argument("--skip", type=int, default=0, help="leave out the first so many of them")
    options = parser.parse_args()
    bad = (
        switch_off(min(options.cases, 600), options.skip)
        if options.mutations
        else play(options.browser, options.seed, options.cases)
    )
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
