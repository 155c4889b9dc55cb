"""Fail when a row of SECURITY.md's threat model or of docs/*-tests.md names no test, or one that does not exist.

Fail too when docs/threats-tried.md is not about the switch-offs of `bench.threats`, or one of them was not noticed.

A test is named as `file.py::function` or `file.test.ts::title`.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from bench.threats.switches import SWITCHES
from bench.threats.table import PAGE, read

ROOT = Path(__file__).parent.parent
PAGES = (ROOT / "SECURITY.md", *sorted(ROOT.glob("docs/*-tests.md")))
NAMED = re.compile(r"`([^`\s]+\.(?:py|ts))::([^`]+)`")
TABLES = ("| asset | threat | defence | test |", "| door | limit | for each | then | test |", "| promise | test |")


def rows(page: str) -> list[str]:
    """The rows of the tables that promise something, without their heads."""
    found, is_in = [], False
    for line in page.splitlines():
        is_in = line in TABLES or (is_in and line.startswith("|"))
        if is_in and line not in TABLES and not line.startswith("|---"):
            found.append(line)
    return found


def exists(file: str, test: str) -> bool:
    """Whether a file has a test of this name."""
    path = ROOT / file
    if not path.is_file():
        return False
    text = path.read_text(encoding="utf-8")
    return (
        f'"{test}"' in text if file.endswith(".ts") else re.search(rf"^(async )?def {test}\(", text, re.M) is not None
    )


def untried(named: set[str]) -> list[str]:
    """What of the switch-offs is not as the page of those that were tried says, or about no row."""
    tried = read(PAGE)
    found = [f"not tried: {each.name}" for each in SWITCHES if each.name not in tried]
    moved = [each for each in SWITCHES if each.name in tried and tried[each.name].test != each.test]
    found += [f"tried with another test: {each.name}" for each in moved]
    found += [f"no row names {each.test}" for each in SWITCHES if each.test not in named]
    found += [f"not noticed: {each.name}" for each in tried.values() if not each.is_noticed]
    return found + [f"there is no such switch-off: {name}" for name in tried.keys() - {each.name for each in SWITCHES}]


def main() -> int:
    tables = {page.name: rows(page.read_text(encoding="utf-8")) for page in PAGES}
    told = [row for table in tables.values() for row in table]
    wrong = [f"no test is named: {row[:100]}" for row in told if not NAMED.search(row)]
    named = [pair for row in told for pair in NAMED.findall(row)]
    wrong += [f"there is no test {file}::{test}" for file, test in named if not exists(file, test)]
    wrong += [f"{name} has no table of promises" for name, table in tables.items() if not table]
    wrong += untried({f"{file}::{test}" for file, test in named})
    for line in wrong:
        print(line)
    seen = {each.test for each in SWITCHES}
    is_seen = [any("::".join(pair) in seen for pair in NAMED.findall(row)) for row in tables["SECURITY.md"]]
    print(f"threats: {len(told)} rows name {len(set(named))} tests; {sum(is_seen)} of {len(is_seen)} were tried")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
