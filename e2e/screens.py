"""Take the pictures of the documents from the running demo: `python -m e2e.screens` writes docs/screens/demo.png."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Frame, Page, sync_playwright

from e2e import flow
from e2e.conftest import CHROMIUM, QUIET, installed

SCREENS = flow.ROOT / "docs/screens"


def main() -> None:
    """Run the demo, allow, take control, shop a little, take the picture."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        command = [str(Path(sys.executable).with_name("twinpane")), "demo", "--port", "0"]
        with flow.started(command, dict(os.environ), log) as demo, sync_playwright() as playwright:
            url = flow.until(lambda: demo_url(log, demo), what="the demo's address", wait_s=60)
            browser = playwright.chromium.launch(executable_path=installed(CHROMIUM), args=QUIET)
            context = browser.new_context(viewport={"width": 1440, "height": 860}, device_scale_factor=1)
            context.add_init_script(flow.REMEMBER_ROOTS)
            page = context.new_page()
            page.goto(url)
            take(page)
            browser.close()


def demo_url(log: Path, demo: subprocess.Popen[bytes]) -> str | None:
    """The one line that the demo prints."""
    assert demo.poll() is None, log.read_text()
    found = re.search(r"^http://\S+/demo$", log.read_text(), re.MULTILINE)
    return found[0] if found else None


def take(page: Page) -> None:
    visitor = frame_at(page, "/visitor")
    press_in(page, visitor, "Allow")
    agent = frame_at(page, "/watch/")
    agent.get_by_role("button", name="Take control").click()
    agent.get_by_role("button", name="Release control").wait_for()
    x, y = place_in(page, agent, "#search")
    page.mouse.click(x, y)
    page.keyboard.type("tide")
    visitor.wait_for_function("() => document.querySelector('#search').value === 'tide'")
    flow.until(lambda: stage_value(agent) == "tide", what="the picture at the agent's", page=page)
    page.mouse.move(*place_in(page, agent, "[data-add=beans]"))
    agent.get_by_text("Good").wait_for()
    SCREENS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENS / "demo.png")


def frame_at(page: Page, path: str) -> Frame:
    def found() -> Frame | None:
        return next(
            (frame for frame in page.frames if path in frame.url and frame.parent_frame == page.main_frame), None
        )

    return flow.until(found, what=f"the pane at {path}", page=page)


def corner(page: Page, frame: Frame) -> tuple[float, float]:
    box = frame.frame_element().bounding_box()
    assert box
    return box["x"], box["y"]


def press_in(page: Page, frame: Frame, name: str) -> None:
    left, top = corner(page, frame)
    x, y = flow.until(lambda: frame.evaluate(flow.CARD_BUTTON, name), what=f"the button “{name}”", page=page)
    page.mouse.click(left + x, top + y)


def place_in(page: Page, frame: Frame, selector: str) -> tuple[float, float]:
    left, top = corner(page, frame)
    x, y = flow.until(lambda: frame.evaluate(flow.PLACE, [selector, 0.5, 0.5]), what=f"{selector} on stage", page=page)
    return left + x, top + y


def stage_value(agent: Frame) -> str | None:
    """What the agent sees in the search field, once it is there."""
    value: str | None = agent.evaluate(f"() => {flow.STAGE}.contentDocument.querySelector('#search')?.value")
    return value


if __name__ == "__main__":
    main()
