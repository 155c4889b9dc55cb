"""docs/threats-tried.md: which tests of SECURITY.md were seen to fail without the defence they are named for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/threats-tried.md"
NOTICED = "passes with it, fails without"
_HEAD = """# Threats, tried

Written by `python -m bench.threats`; do not edit. Each defence was taken out of a copy of the project
(`bench/threats`), and the test that [SECURITY.md](../SECURITY.md) names was run there, before and after.

| defence that was taken out | test | seen |
|---|---|---|
"""


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of a switch-off."""

    name: str
    test: str
    passes_with: bool
    fails_without: bool

    @property
    def is_noticed(self) -> bool:
        """Whether the test stands or falls with the defence."""
        return self.passes_with and self.fails_without


def written(found: list[Tried]) -> str:
    """The page."""
    return _HEAD + "".join(
        f"| {each.name} | `{each.test}` | {NOTICED if each.is_noticed else '**not noticed**'} |\n" for each in found
    )


def read(page: Path) -> dict[str, Tried]:
    """What the page says, by the names of the defences."""
    if not page.is_file():
        return {}
    rows = [line.strip("| ").split(" | ") for line in page.read_text(encoding="utf-8").splitlines() if "` | " in line]
    return {
        name: Tried(name, test.strip("`"), passes_with=seen == NOTICED, fails_without=seen == NOTICED)
        for name, test, seen in rows
    }
