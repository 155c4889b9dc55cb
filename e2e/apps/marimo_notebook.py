"""marimo: a reactive notebook in React, loaded in many chunks, with its kernel behind a WebSocket."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page

from e2e import flow
from e2e.apps.app import App, serving
from e2e.apps.help import until_shown
from e2e.apps.packages import HERE, python_packages
from e2e.apps.visitor import Visitor


@contextmanager
def running(folder: Path, port: int) -> Iterator[str]:
    home = folder / "notebooks"
    home.mkdir()
    (home / "pyproject.toml").write_text("[tool.marimo.runtime]\nauto_instantiate = true\n")
    for letter in "abcd":
        shutil.copy(HERE / "scripts/tides.py", home / f"mark{letter}.py")
    command = [
        str(python_packages()),
        "-m",
        "marimo",
        "--quiet",
        "edit",
        str(home),
        "--headless",
        "--skip-update-check",
    ]
    command += ["--host=127.0.0.1", f"--port={port}", "--token-password=correct-horse"]
    with serving(command, folder, port) as url:
        yield url


def use(visitor: Visitor) -> None:
    page = visitor.page
    for word in ("wrong", "correct-horse"):
        page.fill("[name=password]", word)
        page.click("[type=submit], button")
        if word == "wrong":
            visitor.see("form")
    page.get_by_text(f"{visitor.mark}.py").first.wait_for()
    visitor.open(f"/?file={visitor.mark}.py")
    page.locator("#told").wait_for()
    place = page.locator("marimo-text input")
    place.fill(f"Sund {visitor.mark}")
    place.press("Tab")
    page.locator("#told", has_text="Sund").wait_for()
    page.locator("marimo-slider [role=slider]").focus()
    page.keyboard.press("ArrowRight")
    page.locator("#told", has_text=" 8").wait_for()
    table = {"name": f"{visitor.mark}.csv", "mimeType": "text/csv", "buffer": b"high\n"}
    page.locator("marimo-file input[type=file]").set_input_files(table)
    page.locator("#told", has_text=".csv").wait_for()
    visitor.see("#told", "h1:has-text('Tides')")
    visitor.say("title", page.title())
    visitor.say("address", page.url)


def helped(visitor: Visitor, agent: Page) -> None:
    page = visitor.page
    until_shown(agent, "#told", "8")
    flow.click(page, agent, "marimo-slider")
    page.locator("marimo-slider [role=slider]").focus()
    agent.keyboard.press("ArrowRight")
    page.locator("#told", has_text=" 10").wait_for()
    until_shown(agent, "#told", " 10")


APP = App(
    slug="marimo",
    name="marimo",
    kind="React",
    package="marimo",
    deeds="log in (wrong, right), run cells in a kernel (WebSocket), text, slider, upload",
    running=running,
    use=use,
    helped=helped,
)
