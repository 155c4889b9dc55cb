"""Random edits of a page, every kind there is, 1 to 50 at once: after each round the stage must be what the page is.

One page holds the visitor's page in a frame and the player beside it. Each course begins with a page of its own, edits
before and while the snapshot is told, and goes on by rounds. Courses differ in masks, frames, masking of all, and
a fast clock, by which all is told in thin slices. A difference is made smaller by leaving edits out, and can be had
again from what is printed.
"""

from __future__ import annotations

import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Route

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
ORIGIN = "http://fuzz.test"
ROUNDS = 60
STAGE_CSP = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-src 'self' about:"
VISITOR = "<!doctype html><title>t</title><style>p { color: red }</style><div id=root><p>Hello</p></div>"
PLAIN = {"masks": False, "frames": False, "maskAll": False}
TRAITS = [
    {**PLAIN, **more, "fastClock": fast}
    for fast in (False, True)
    for more in ({}, {"masks": True}, {"masks": True, "frames": True}, {"masks": True, "maskAll": True})
]


@dataclass
class Tally:
    """What came of all courses so far."""

    operations: int = 0
    rounds: int = 0
    courses: int = 0
    verified: int = 0
    crashes: int = 0
    snapshots: Counter[str] = field(default_factory=Counter)
    """Asked for by either side, as in a session, by reason."""
    differences: list[dict[str, Any]] = field(default_factory=list)

    def add(self, outcome: dict[str, Any]) -> None:
        """Take in one course."""
        self.operations += outcome["operations"]
        self.rounds += outcome["rounds"]
        self.courses += 1
        self.verified += outcome["verified"]
        self.snapshots.update(outcome["snapshots"])
        if outcome["difference"]:
            self.differences.append(outcome)


def bundle(name: str) -> str:
    """Bundle a script of this folder."""
    command = ["npx", "esbuild", str(HERE / name), "--bundle", "--format=iife", "--target=es2022", "--log-level=error"]
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout


def open_page(browser: Browser, agent: str = "agent.ts", visitor: str = "visitor.ts") -> Page:
    """Open the agent's page, with the visitor's to be had in frames."""
    script = "text/javascript"
    files = {
        "/": ("text/html", "<!doctype html><title>fuzz</title><body><script src=/agent.js></script>"),
        "/stage": ("text/html", "<!doctype html><title></title>"),
        "/visitor": ("text/html", f"{VISITOR}<script src=/visitor.js></script>"),
        "/agent.js": (script, bundle(agent)),
        "/visitor.js": (script, bundle(visitor)),
    }
    page = browser.new_page(viewport={"width": 1000, "height": 1100})

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(ORIGIN)
        kind, body = files.get(path, ("text/plain", ""))
        headers = {"content-security-policy": STAGE_CSP} if path == "/stage" else {"cache-control": "max-age=600"}
        route.fulfill(status=200 if path in files else 404, content_type=kind, body=body, headers=headers)

    page.route("**/*", answer)
    page.goto(f"{ORIGIN}/")
    return page


def courses(page: Page, first_seed: int, *, shrink_ms: int = 0, rounds: int = ROUNDS) -> Iterator[dict[str, Any]]:
    """Run one course after another, without end; gives what came of each."""
    seed = first_seed
    while True:
        outcome: dict[str, Any] = page.evaluate(
            "([seed, traits, rounds, shrink]) => fuzz(courseOf(seed, traits, rounds), shrink)",
            [seed, TRAITS[seed % len(TRAITS)], rounds, shrink_ms],
        )
        yield {**outcome, "seed": seed}
        seed += 1


def again(page: Page, course: dict[str, Any]) -> dict[str, Any]:
    """Run a course that was printed."""
    outcome: dict[str, Any] = page.evaluate("course => fuzz(course, 0)", course)
    return outcome


def rrweb_rounds(page: Page, seeds: range, batch: int, *, wraps: bool, rounds: int = 150) -> list[int]:
    """Return for each seed after which round rrweb's tree is another; 0: never."""
    script = "([seed, rounds, batch, wraps]) => rrwebDiverges(seed, rounds, batch, wraps)"
    return [page.evaluate(script, [seed, rounds, batch, wraps]) for seed in seeds]
