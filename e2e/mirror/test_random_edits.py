"""The property that carries the mirror: whatever happens to the page, the agent's tree equals it, up to masks."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

SEEDS = range(1, 1 + int(os.environ.get("TWINPANE_FUZZ_SEEDS", "6")))
ROUNDS = 25
EMPTY = "<!doctype html><title>t</title><div id=root></div>"

DURING = """async ([seed, count]) => {
  const edits = editsOf(document.getElementById('root'), seed);
  edits.run(400);
  mirror.start();
  // The walk is put off, so that edits fall between its slices.
  for (let n = 0; n < 20; n++) { edits.run(count); await new Promise(r => setTimeout(r)); }
  globalThis.edits = edits;
  return await mirror.difference();
}"""

AFTER = """async (count) => {
  edits.run(count);
  // What is taken out in one task and put back in another was not watched in between.
  await Promise.resolve();
  edits.run(count);
  if (count % 2) await new Promise(r => requestAnimationFrame(r));
  edits.run(count);
  return await mirror.difference();
}"""


@pytest.mark.journey
@pytest.mark.parametrize("seed", SEEDS)
def test_f8_trees_are_equal_after_random_edits(visit: Callable[..., Page], seed: int) -> None:
    """F7, F8: also while the snapshot is being told. TWINPANE_FUZZ_SEEDS sets how many seeds are tried."""
    print(f"seed {seed}")
    page = visit(EMPTY, "edits.ts")
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    assert page.evaluate(DURING, [seed, 1 + seed % 20]) == "", f"seed {seed}, during the snapshot"
    for round_ in range(ROUNDS):
        count = 1 + (seed * 7 + round_ * 13) % 50
        assert page.evaluate(AFTER, count) == "", f"seed {seed}, round {round_}, {count} edits"
    assert errors == []
