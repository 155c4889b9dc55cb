"""Kinds that come after the first picture (F13)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.journey

PAGE = """<!doctype html><title>late</title><canvas id=early width=10 height=10></canvas><audio id=sound></audio>
<div id=host></div><canvas id=hidden class=no-upscope></canvas>
<script>
  early.getContext("2d").fillRect(0, 0, 5, 5);
  const inside = host.attachShadow({ mode: "open" });
  inside.innerHTML = "<canvas id=inner width=4 height=4></canvas>";
  inside.firstChild.getContext("2d").fillRect(0, 0, 4, 4);
</script>"""
COME = """async () => {
  let come;
  mirror.kinds = new Promise((resolve) => (come = () => resolve(startKinds)));
  mirror.start();
  const before = await mirror.news();
  sound.muted = true;
  come();
  const seen = [];
  while (new Set(seen.filter(([name]) => name === "Tiles").map(String)).size < 2) {
    await new Promise(requestAnimationFrame);
    seen.push(...(await mirror.news()));
  }
  return [before, seen].map((facts) => facts.map(([name, node]) => `${name} ${node}`));
}"""


def test_f13_kinds_that_come_late_tell_what_is_there(visit: Callable[..., Page]) -> None:
    page = visit(PAGE)
    before, after = page.evaluate(COME)
    late = {"Tiles #early", "Tiles #inner", "Media #sound"}
    assert not late & set(before)
    assert late <= set(after)
    assert "Tiles #hidden" not in after


def test_f13_an_epoch_that_ended_first_starts_no_kind(visit: Callable[..., Page]) -> None:
    page = visit(PAGE)
    started = page.evaluate(
        """async () => {
          let started = 0;
          let come;
          mirror.kinds = new Promise((resolve) => (come = resolve));
          mirror.start();
          await mirror.news();
          mirror.capture.stop();
          come((...args) => (started++, startKinds(...args)));
          await mirror.kinds;
          return started;
        }"""
    )
    assert started == 0
