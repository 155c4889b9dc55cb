"""Measure everything and write docs/benchmarks.md. `--quick` makes one round of each."""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from bench.delay import delay
from bench.mirror import snapshot
from bench.relay import idle, relay

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


def size_part() -> str:
    """Say what a page must load."""
    built = subprocess.run(["node", "tools/build.mjs"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return "\n".join(
        f"- `{line.split('-')[0]}`: {line.split(': ')[1]}" for line in built.splitlines() if ".js:" in line
    )


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
        "## From a change to its picture at the agent",
        delay.__doc__ or "",
        delay_part(rounds),
        "## The first picture of a page",
        snapshot.__doc__ or "",
        "The row `untouched` is the page without a recorder; its bytes are `outerHTML`.",
        snapshot_part(rounds),
        "## What a page loads",
        size_part(),
    ]
    OUT.write_text("\n\n".join(part.strip() for part in parts) + "\n")
    print(f"wrote {OUT.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
