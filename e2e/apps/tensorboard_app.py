"""TensorBoard: its pages are Angular's, under a strict policy; what they draw, workers draw."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from playwright.sync_api import Page

from e2e import flow
from e2e.apps.app import App, run, serving
from e2e.apps.help import until_shown
from e2e.apps.packages import HERE, python_packages
from e2e.apps.visitor import Visitor

NUMBERS: Final = "scalar-card-data-table:has-text('spring')"


@contextmanager
def running(folder: Path, port: int) -> Iterator[str]:
    python = str(python_packages())
    run([python, str(HERE / "scripts/tide_logs.py"), str(folder / "logs")], folder)
    command = [python, "-m", "tensorboard.main", "--logdir", str(folder / "logs"), "--load_fast=false"]
    with serving([*command, "--host=127.0.0.1", f"--port={port}"], folder, port) as url:
        yield url


def use(visitor: Visitor) -> None:
    page = visitor.page
    page.locator("scalar-card").first.wait_for()
    visitor.see("runs-data-table:has-text('spring')", NUMBERS)
    tags = page.locator("input[placeholder^='Filter tags']")
    tags.fill("noon")
    visitor.see(f"metrics-filtered-view {NUMBERS}")
    page.wait_for_url("**tagFilter=noon**")
    page.reload()
    visitor.see(f"metrics-filtered-view {NUMBERS}")
    tags.fill("")
    tags.press("Escape")
    page.wait_for_url("**/#timeseries")
    card = page.locator("scalar-card").first
    card.get_by_label("More line chart options").click()
    page.get_by_label("Open dialog to download data").click()
    page.locator("mat-dialog-container select").select_option(label="spring")
    with page.expect_download() as saving:
        page.locator("mat-dialog-container").get_by_text("JSON").click()
    visitor.say("saved", saving.value.path().read_text()[-60:])
    page.keyboard.press("Escape")
    visitor.say("title", page.title())
    visitor.say("address", page.url)


def helped(visitor: Visitor, agent: Page) -> None:
    page = visitor.page
    until_shown(agent, "runs-data-table", "spring")
    flow.click(page, agent, "metrics-card-groups-component metrics-card-group-toolbar:last-of-type button")
    until_shown(agent, "metrics-main-view", "wind/sund")


APP = App(
    slug="tensorboard",
    name="TensorBoard",
    kind="Angular",
    package="tensorboard",
    deeds="filter, save numbers, charts drawn by workers under a strict policy, reload",
    running=running,
    use=use,
    helped=helped,
)
"""It has no log-in."""
