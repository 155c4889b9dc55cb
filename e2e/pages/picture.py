"""Compare what two people see, pixel by pixel."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image, ImageChops
from playwright.sync_api import Page

from e2e import flow

OUT = flow.ROOT / "e2e/out"
# A channel may differ by this much of 255: antialiasing differs where layers are composed another way.
TOLERANCE = 40
ONLY_THE_PAGE = "[data-twinpane], .tools, .bar, .toasts { visibility: hidden !important; }"


def difference(visitor: Page, agent: Page, name: str) -> float:
    """Part of the pixels that differ, 0 to 1. Leaves both pictures and the difference in e2e/out."""
    hide_ours(visitor)
    left = opened(visitor.screenshot(animations="disabled", caret="hide"))
    box = agent.locator("iframe").first.bounding_box()
    assert box
    assert round(box["width"]) == left.width, "the stage must be shown at 100 %"
    right = opened(agent.screenshot(animations="disabled", caret="hide", clip=box, style=ONLY_THE_PAGE))
    changed = ImageChops.difference(left, right).convert("L").point(lambda value: 255 if value > TOLERANCE else 0)
    OUT.mkdir(exist_ok=True)
    for kind, image in (("visitor", left), ("agent", right), ("difference", changed)):
        image.save(Path(OUT) / f"page-{name}-{kind}.png")
    return changed.histogram()[255] / (left.width * left.height)


def hide_ours(visitor: Page) -> None:
    """Take the visitor's cards and frame out of the picture."""
    visitor.evaluate(
        "() => (window.__roots ?? []).filter((root) => root.mode === 'closed')"
        ".forEach((root) => root.host.style.setProperty('display', 'none', 'important'))"
    )


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")
