"""Measure everything and write docs/benchmarks.md. `--quick` makes one round of each."""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import subprocess
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from bench.console import console
from bench.delay import delay
from bench.directory import fill, search
from bench.interaction import interaction
from bench.mirror import memory, mutations, rebuild, snapshot
from bench.mirror.recorders import UNTOUCHED
from bench.opening import opening
from bench.proxy import page_load, passthrough, rewrite
from bench.relay import idle, relay
from bench.rest import rest
from bench.restart import restart

ROOT = Path(__file__).parent.parent
OUT = ROOT / "docs/benchmarks.md"


def table(head: list[str], rows: list[list[str]]) -> str:
    """Return a Markdown table."""
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def machine() -> str:
    """Say what ran, and how busy it was."""
    load = " ".join(f"{part:.1f}" for part in os.getloadavg())
    return f"{os.cpu_count()} cores, Python {platform.python_version()}, load average {load} before the run"


def relay_part(rounds: int) -> str:
    """Cost of a relayed frame."""
    rows = []
    for load, cells in relay.run(rounds).items():
        ours, stock = cells["twinpane"], cells["starlette on uvicorn"]
        rows.append(
            [
                load,
                f"{ours['cpu_us_per_frame']:.1f}",
                f"{stock['cpu_us_per_frame']:.1f}",
                f"{ours['cpu_us_per_frame'] / stock['cpu_us_per_frame']:.2f}",
            ]
        )
    return table(["load", "Twinpane, µs CPU a frame", "Starlette on uvicorn", "ratio"], rows)


def idle_part(count: int) -> str:
    """Cost of idle visitors."""
    return table(["figure", "value"], [[name, f"{value:.1f}"] for name, value in idle.run(count).items()])


def restart_part(count: int) -> str:
    """What comes back after a server's end."""
    ends = restart.run(count)
    figures = next(iter(ends.values()))
    rows = [[figure, *(f"{got[figure]:.4g}" for got in ends.values())] for figure in figures]
    return table([f"{count} live sessions", *ends], rows)


def delay_part(rounds: int) -> str:
    """From change to picture."""
    rows = [
        [load, name, f"{got['p50_ms']:.1f}", f"{got['p99_ms']:.1f}", f"{got['lost']:.0f} of {delay.CHANGES}"]
        for load, cells in delay.run(rounds).items()
        for name, got in cells.items()
    ]
    return table(["page", "mirror", "p50 ms", "p99 ms", "never seen"], rows)


def snapshot_part(rounds: int) -> str:
    """Cost of the first picture."""
    rows = [
        [size, name, *(f"{got[key]:.1f}" for key in ("cpu_ms", "as_json_ms", "longest_task_ms", "gzip_kb"))]
        for size, cells in snapshot.run(rounds).items()
        for name, got in cells.items()
    ]
    return table(["nodes", "recorder", "CPU ms", "CPU ms as JSON", "longest task ms", "compressed KB"], rows)


def interaction_part(rounds: int) -> str:
    """What a working page feels of us."""
    rows = []
    for app, works in interaction.run(rounds).items():
        for work, cells in works.items():
            bare = cells[interaction.BARE]
            more = [f"{cells[arm] - bare:+.0f} ({cells[arm] / bare - 1:+.0%})" for arm in interaction.ARMS[1:]]
            rows.append([app, work, f"{bare:.0f}", *more])
    return table(["framework", "work", f"{interaction.BARE}, CPU ms", *interaction.ARMS[1:]], rows)


def mutations_part(rounds: int) -> str:
    """Cost of a change."""
    rows = [
        [change, name, f"{got['cpu_ms']:.1f}", f"{got['gzip_kb']:.1f}"]
        for change, cells in mutations.run(rounds).items()
        for name, got in cells.items()
        if name != UNTOUCHED
    ]
    return table(["change", "recorder", "CPU ms", "compressed KB"], rows)


def memory_part() -> str:
    """What is kept in the page."""
    rows = [
        [size, name, *(f"{got[key]:.1f}" for key in ("kept_mb", "bytes_a_node", "longest_task_ms"))]
        for size, cells in memory.run().items()
        for name, got in cells.items()
    ]
    return table(["nodes", "recorder", "kept MB", "bytes a node", "longest task ms"], rows)


def rebuild_part(rounds: int) -> str:
    """What the first picture costs the agent's page."""
    figures = ("cpu_ms", "longest_task_ms", "tasks_over_50", "first_ms", "whole_ms")
    rows = [
        [size, name, *(f"{got[figure]:.0f}" for figure in figures)]
        for size, cells in rebuild.run(rounds).items()
        for name, got in cells.items()
    ]
    return table(["nodes", "player", "CPU ms", "longest task ms", "tasks over 50 ms", "first ms", "whole ms"], rows)


def speeds(row: dict[str, float]) -> tuple[float, ...]:
    """Milliseconds, MB a second, pywb's milliseconds, and how many times as long that is."""
    return row["ms"], row["kb"] / row["ms"], row["pywb_ms"], row["times"]


def proxy_parts(rounds: int) -> list[str]:
    """What the proxy adds to requests and pages, and how fast it rewrites."""
    passed = passthrough.run(seconds=0.5 * rounds)
    long = passed.pop("long")
    head = ["body", "direct, ms p50", "proxied, ms p50", "added ms, best round", "requests a second and core"]
    keys = ("direct_ms", "proxied_ms", "added_ms")
    rows = [
        [name, *(f"{row[key]:.2f}" for key in keys), f"{row['requests_per_core_s']:,.0f}"]
        for name, row in passed.items()
    ]
    rewritten = [
        [f"{name}, {row['kb']:,.0f} kB", *(f"{figure:.1f}" for figure in speeds(row))]
        for name, row in rewrite.run(2 * rounds + 1, rewrite.environment_of_pywb()).items()
    ]
    loads = [[name, f"{row['ms']:,.0f}", f"{row['ratio']:.2f}"] for name, row in page_load.run(2 * rounds + 1).items()]
    memory = f"{long['peak_before_mb']:.0f} MB before, {long['peak_mb']:.0f} MB after"
    return [
        "### Requests that pass",
        (passthrough.__doc__ or "").split("[--seconds 2]")[1],
        table(head, rows),
        f"1 GB down in {long['down_s']:.1f} s, 105 MB up in {long['up_s']:.1f} s; the process's peak memory: {memory}.",
        "### Rewriting",
        "CPU milliseconds of the best round; beside pywb's rewriter, in turn in one process: the median of the ratios.",
        table(["sample", "Twinpane, ms", "MB/s", "pywb, ms", "times as fast"], rewritten),
        "### A page of 81 resources",
        page_load.__doc__ or "",
        table(["arm", "ms, median", "to direct, median"], loads),
    ]


def directory_part(count: int) -> str:
    """Searching many visitors."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "twinpane.db"
        asyncio.run(fill.fill(path, "BenchKey01", count))
        rows = asyncio.run(search.run(path, count, rounds=200, seconds=10))
    return table(["search", "p50 ms", "p99 ms"], rows)


def rest_part(rounds: int) -> str:
    """What a request costs."""
    return table(rest.HEAD, rest.rows(rest.run(rounds)))


def opening_part(rounds: int) -> str:
    """How soon an agent sees."""
    return table(opening.HEAD, opening.rows(opening.run(rounds)))


def console_part(seconds: float) -> str:
    """What the team console's window costs."""
    return table(console.HEAD, console.rows(console.run(seconds)))


def size_part() -> str:
    """Say what a page must load."""
    built = subprocess.run(["node", "tools/build.mjs"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return "\n".join(
        f"- `{line.split('-')[0]}`: {line.split(': ')[1]}" for line in built.splitlines() if ".js:" in line
    )


def mirror_parts(rounds: int) -> list[str]:
    """What the mirror costs the visitor's page, and how soon agents see."""
    return [
        "## From a change to its picture at the agent",
        delay.__doc__ or "",
        delay_part(rounds),
        "## The first picture of a page",
        snapshot.__doc__ or "",
        "The row `untouched` is the page without a recorder; its bytes are `outerHTML`.",
        snapshot_part(rounds),
        "## One change of a page",
        mutations.__doc__ or "",
        mutations_part(rounds),
        "## What is kept in the page",
        memory.__doc__ or "",
        memory_part(),
        "## The first picture at the agent",
        rebuild.__doc__ or "",
        rebuild_part(rounds),
        "## Interactions of real frameworks",
        interaction.__doc__ or "",
        interaction_part(rounds),
    ]


def main() -> None:
    """Run all parts and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    quick = parser.parse_args().quick
    rounds = 1 if quick else 3
    subprocess.run(["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"], cwd=ROOT / "bench", check=True)
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    began = f"Measured {today} by `make bench`: {machine()}. All arms of a table ran in turn in one run."
    parts = [
        "# Benchmarks",
        began,
        "## Relaying a page frame",
        relay.__doc__ or "",
        relay_part(rounds),
        "## Idle visitors",
        idle.__doc__ or "",
        idle_part(1000 if quick else 5000),
        "## After a restart",
        restart.__doc__ or "",
        restart_part(20 if quick else restart.SESSIONS),
        "## The directory",
        search.__doc__ or "",
        directory_part(50_000 if quick else 1_000_000),
        "## The REST API",
        rest.__doc__ or "",
        rest_part(rounds),
        "## Opening a watch URL",
        opening.__doc__ or "",
        opening_part(5 if quick else 40),
        *mirror_parts(rounds),
        "## The team console",
        console.__doc__ or "",
        console_part(5 if quick else 20),
        "## The proxy",
        *proxy_parts(rounds),
        "## What a page loads",
        size_part(),
    ]
    OUT.write_text("\n\n".join(part.strip() for part in parts) + "\n")
    print(f"wrote {OUT.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
