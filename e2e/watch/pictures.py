"""Take a picture of every situation of the watch page: `python -m e2e.watch.pictures [scene…]` writes e2e/out/watch."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from e2e.flow import ROOT
from e2e.watch.desk import opened
from e2e.watch.scenes import SCENES, show

SHAPES = {"wide": (1280, 800, "light"), "phone": (390, 844, "light"), "dark": (1280, 800, "dark")}
OUT = ROOT / "e2e/out/watch"


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made, sync_playwright() as playwright:
        subprocess.run(["node", "tools/build.mjs", "--only", "watch", "--out", made], cwd=ROOT, check=True)
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium")
        for scene in SCENES:
            if len(sys.argv) > 1 and scene.name not in sys.argv[1:]:
                continue
            for shape, (width, height, scheme) in SHAPES.items():
                with opened(Path(made)) as desk:
                    context = browser.new_context(
                        viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
                    )
                    show(scene, desk, context.new_page())
                    context.pages[0].screenshot(path=OUT / f"{scene.name}-{shape}.png")
                    context.close()
        browser.close()


if __name__ == "__main__":
    main()
