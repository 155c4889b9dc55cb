"""`python -m bench.mirror.fuzz`: a million edits, or as many as are asked for."""

from __future__ import annotations

import argparse
import json
import os
import secrets
import shutil
import sys
from itertools import islice
from pathlib import Path
from time import monotonic
from typing import Any

from playwright.sync_api import Browser, Error, Playwright, sync_playwright

from bench.browser import QUIET
from bench.mirror.fuzz.fuzz import Tally, again, courses, open_page, rrweb_rounds

PAGE_COURSES = 40


def launch(playwright: Playwright, name: str) -> Browser:
    """Start the system's browser of that name."""
    if name == "chromium":
        path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
        return playwright.chromium.launch(executable_path=path, args=QUIET)
    path = shutil.which("firefox-esr") or shutil.which("firefox")
    environment: dict[str, str | float | bool] = {**os.environ, "MOZ_REMOTE_SETTINGS_DEVTOOLS": "1"}
    return playwright.firefox.launch(channel="moz-firefox", executable_path=path, env=environment)


def run(playwright: Playwright, options: argparse.Namespace) -> Tally:
    """Run courses until there are operations enough; a fresh browser now and then."""
    tally, seed, began_s = Tally(), options.seed, monotonic()
    while tally.operations < options.operations and len(tally.differences) < options.give_up:
        browser = launch(playwright, options.browser)
        try:
            for outcome in islice(courses(open_page(browser), seed, shrink_ms=options.shrink_s * 1000), PAGE_COURSES):
                seed = outcome["seed"] + 1
                tally.add(outcome)
                report(outcome, options)
                if tally.operations >= options.operations:
                    break
        except Error as problem:
            # Some of these pages end Chromium's renderer; that is counted, and the next course goes on.
            if "crash" not in str(problem):
                raise
            seed += 1
            tally.crashes += 1
        browser.close()
        rate = tally.operations / (monotonic() - began_s)
        print(f"{tally.operations} operations, {len(tally.differences)} differences, {rate:.0f}/s", flush=True)
    return tally


def report(outcome: dict[str, Any], options: argparse.Namespace) -> None:
    """Say what differed, and keep the way to it."""
    if not outcome["difference"]:
        return
    file = options.out / f"{options.browser}-{outcome['seed']}.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(outcome["course"]))
    print(f"seed {outcome['seed']}, course in {file}: {outcome['difference']}", flush=True)


def show_rrweb(playwright: Playwright, name: str) -> None:
    """Say after which round rrweb's recorder and player differ, for common edits and for wraps."""
    page = open_page(launch(playwright, name), "rrweb_agent.ts", "rrweb_visitor.ts")
    for words, wraps, batch in (("common edits", False, 30), ("insert, remove, wrap", True, 2)):
        found = rrweb_rounds(page, range(1, 7), batch, wraps=wraps)
        told = ", ".join(str(after or "-") for after in found)
        print(f"rrweb, {words}, {batch} at once, 150 rounds: differs after round {told}")


def main() -> int:
    """Print figures; 1 if page and stage ever differed."""
    parser = argparse.ArgumentParser(prog="bench.mirror.fuzz", description=__doc__)
    parser.add_argument("--operations", type=int, default=1_000_000)
    parser.add_argument("--browser", choices=["chromium", "firefox"], default="chromium")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1 << 30))
    parser.add_argument("--shrink-s", type=int, default=60)
    parser.add_argument("--give-up", type=int, default=5, help="stop after so many differences")
    parser.add_argument("--out", type=Path, default=Path("bench/out/fuzz"), help="where courses to differences go")
    parser.add_argument("--rrweb", action="store_true", help="show where rrweb diverges instead")
    parser.add_argument("--course", type=Path, help="run one course again, from a file of JSON")
    options = parser.parse_args()
    with sync_playwright() as playwright:
        if options.rrweb:
            show_rrweb(playwright, options.browser)
            return 0
        if options.course:
            print(again(open_page(launch(playwright, options.browser)), json.loads(options.course.read_text())))
            return 0
        print(f"seed {options.seed}", flush=True)
        tally = run(playwright, options)
    print(
        f"{options.browser}: {tally.operations} operations in {tally.rounds} rounds of {tally.courses} courses, "
        f"{len(tally.differences)} differences, {tally.verified} receipts agreed"
    )
    if tally.crashes:
        print(f"  the browser's renderer ended {tally.crashes} times")
    for reason, count in tally.snapshots.most_common():
        print(f"  snapshot asked for {count} times: {reason}")
    return 1 if tally.differences else 0


if __name__ == "__main__":
    sys.exit(main())
