"""Compare what two people see, pixel by pixel."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image, ImageChops
from playwright.sync_api import Locator, Page

from e2e import flow

OUT = flow.ROOT / "e2e/out"
# A channel may differ by this much of 255: antialiasing differs where layers are composed another way.
TOLERANCE = 40


def difference(visitor: Page, agent: Page, name: str) -> float:
    """Part of the pixels that differ, 0 to 1. Leaves both pictures and the difference in e2e/out."""
    hide_ours(visitor)
    agent.get_by_role("button", name="Release control").click()
    left = opened(visitor.screenshot(animations="disabled", caret="hide"))
    agent.get_by_role("button", name="Show at 100").click()
    agent.get_by_role("button", name="Fit to the window").wait_for()
    agent.mouse.move(1, 1)
    stage = agent.locator("iframe").first
    flow.until(lambda: is_as_large(stage, left), what="the stage at 100 %", page=agent)
    box = stage.bounding_box()
    assert box
    right = opened(agent.screenshot(animations="disabled", caret="hide", clip=box))
    changed = ImageChops.difference(left, right).convert("L").point(lambda value: 255 if value > TOLERANCE else 0)
    OUT.mkdir(exist_ok=True)
    for kind, image in (("visitor", left), ("agent", right), ("difference", changed)):
        image.save(Path(OUT) / f"page-{name}-{kind}.png")
    return changed.histogram()[255] / (left.width * left.height)


def is_as_large(stage: Locator, picture: Image.Image) -> bool:
    box = stage.bounding_box()
    return box is not None and (round(box["width"]), round(box["height"])) == picture.size


def hide_ours(visitor: Page) -> None:
    """Take the visitor's cards and frame out of the picture."""
    visitor.evaluate(
        """() => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(":host, * { visibility: hidden !important }");
          for (const root of window.__roots) if (root.mode === "closed") root.adoptedStyleSheets.push(sheet);
        }"""
    )


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")
