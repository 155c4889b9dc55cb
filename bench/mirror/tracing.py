"""What a script costs the main thread of a page, from Chromium's tracing.

Thread time, so that a noisy machine disturbs it little; only outermost tasks, so that nothing counts twice.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from playwright.sync_api import BrowserContext, Page

LONG_MS = 50
TRACE = {"includedCategories": ["toplevel", "blink.user_timing"], "excludedCategories": ["*"]}


class Cost(NamedTuple):
    """Milliseconds of CPU: all tasks together, and the longest; and how many took more than 50."""

    cpu_ms: float
    longest_task_ms: float
    tasks_over_50: int


def traced(
    context: BrowserContext, page: Page, script: str, argument: Any = None, take: Callable[[Any], None] | None = None
) -> Cost:
    """Run a script that marks `bench-start` and `bench-end`; `take` gets what it returns."""
    session = context.new_cdp_session(page)
    events: list[dict[str, Any]] = []
    complete: list[bool] = []
    session.on("Tracing.dataCollected", lambda data: events.extend(data["value"]))
    session.on("Tracing.tracingComplete", lambda _: complete.append(True))
    session.send("Tracing.start", {"transferMode": "ReportEvents", "traceConfig": TRACE})
    returned = page.evaluate(script, argument)
    if take:
        take(returned)
    session.send("Tracing.end")
    while not complete:
        page.evaluate("0")
    session.detach()
    return cost_of(events)


def cost_of(events: list[dict[str, Any]]) -> Cost:
    """Add up the tasks between the two marks."""
    start = next(event for event in events if event["name"] == "bench-start")
    end = next(event for event in events if event["name"] == "bench-end")
    costs, covered_until = [0.0], -1
    tasks = [e for e in events if e["ph"] == "X" and (e["pid"], e["tid"]) == (start["pid"], start["tid"])]
    for task in sorted(tasks, key=lambda e: (e["ts"], -e.get("dur", 0))):
        until = task["ts"] + task.get("dur", 0)
        if task["ts"] < covered_until or "toplevel" not in task["cat"]:
            continue
        covered_until = until
        if until >= start["ts"] and task["ts"] <= end["ts"]:
            costs.append(task.get("tdur", 0) / 1000)
    return Cost(sum(costs), max(costs), sum(cost > LONG_MS for cost in costs))
