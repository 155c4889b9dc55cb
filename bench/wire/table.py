"""Writes docs/masking-defences.md: each defence of masking, and what notices that it is switched off."""

from __future__ import annotations

from pathlib import Path

from bench.wire.mutations import Noticed

PAGE = Path(__file__).parents[2] / "docs/masking-defences.md"
NOBODY = "**nothing**"
_HEAD = """# Defences of masking, switched off one by one

Written by `python -m bench.wire --mutations`; do not edit. Each defence was taken out of the visitor's side (a text of
the code put in the place of another while it is bundled, `bench/wire/mutations.py`); then the corpus of places
(`e2e/wire/places.py`) and {cases} random cases (`e2e/wire/chance`) were played in Chromium, and what left was searched.
With all defences on nothing leaks.

| defence | places that notice | random cases that notice |
|---|---|---|
"""


def written(found: list[Noticed], cases: int) -> str:
    """The page."""
    return _HEAD.format(cases=cases) + "".join(
        f"| {each.name} | {_places(each.places)} | {_chance(each, cases)} |\n" for each in found
    )


def _places(places: list[str]) -> str:
    first = ", ".join(places[:3])
    return f"{len(places)}: {first}{' …' if len(places) > 3 else ''}" if places else "-"


def _chance(each: Noticed, cases: int) -> str:
    if each.seed is None:
        return NOBODY if not each.places else f"none of {cases}"
    return f"from seed {each.seed}"


def wrong(page: str, names: list[str]) -> list[str]:
    """What of the page is not true of the defences that the code has."""
    rows = [line.split(" | ") for line in page.splitlines() if line.startswith("| ")][1:]
    told = [row[0].removeprefix("| ") for row in rows]
    found = [f"not tried: {name}" for name in names if name not in told]
    found += [f"there is no such defence: {name}" for name in told if name not in names]
    return found + [f"noticed by nothing: {row[0].removeprefix('| ')}" for row in rows if NOBODY in row[2]]
