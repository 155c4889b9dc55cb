"""JupyterLab: notebooks whose kernels and terminals are reached by WebSockets."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from playwright.sync_api import Page

from e2e import flow
from e2e.apps.app import App, serving
from e2e.apps.help import until_shown
from e2e.apps.packages import python_packages
from e2e.apps.visitor import Visitor

CELLS: Final = [
    "heights = [3, 5, 8]\nsum(heights)",
    "from IPython.display import HTML\nHTML('<b id=high>high tide</b>')",
]
NOTEBOOK: Final = {
    "cells": [
        {"cell_type": "markdown", "id": "title", "metadata": {}, "source": "# Tides"},
        *(
            {"cell_type": "code", "id": f"c{i}", "metadata": {}, "source": s, "outputs": [], "execution_count": None}
            for i, s in enumerate(CELLS)
        ),
    ],
    "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    "nbformat": 4,
    "nbformat_minor": 5,
}
OUTPUT: Final = ".jp-OutputArea-output"


@contextmanager
def running(folder: Path, port: int) -> Iterator[str]:
    home = folder / "notebooks"
    home.mkdir()
    command = [str(python_packages()), "-m", "jupyterlab", "--no-browser", f"--port={port}", "--port-retries=0"]
    command += [
        "--allow-root",
        "--ServerApp.allow_remote_access=True",
        f"--ServerApp.root_dir={home}",
        "--IdentityProvider.token=correct-horse",
    ]
    # Extensions of other packages here are no part of it. Neither asks the network for news.
    command += [f"--LabApp.labextensions_path={folder}", "--LabApp.news_url=None"]
    command += ["--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"]
    with serving(command, folder, port, JUPYTER_CONFIG_DIR=str(folder / "settings")) as url:
        yield url


def use(visitor: Visitor) -> None:
    page = visitor.page
    page.fill("#password_input", "wrong")
    page.click("#login_submit")
    visitor.see("#login-message, .message")
    page.fill("#password_input", "correct-horse")
    page.click("#login_submit")
    page.locator("#jp-main-dock-panel").wait_for()
    visitor.open(f"/lab/workspaces/{visitor.mark}")
    page.locator(".jp-LauncherCard").first.wait_for()
    with page.expect_file_chooser() as choosing:
        page.locator("[data-command='filebrowser:upload'], [title^='Upload Files']").first.click()
    notebook = {
        "name": f"{visitor.mark}.ipynb",
        "mimeType": "application/json",
        "buffer": json.dumps(NOTEBOOK).encode(),
    }
    choosing.value.set_files([notebook])
    page.locator(".jp-DirListing-item", has_text=visitor.mark).dblclick()
    page.locator(".jp-Notebook .jp-CodeCell").nth(1).wait_for()
    visitor.see(".jp-Notebook h1")
    page.get_by_text(") | Idle").wait_for()
    page.locator(".jp-CodeCell").first.click()
    page.keyboard.press("Shift+Enter")
    visitor.see(OUTPUT)
    page.keyboard.press("Shift+Enter")
    visitor.see("#high")
    page.keyboard.press("Control+s")
    page.wait_for_function("() => !document.querySelector('#jp-main-dock-panel .jp-mod-dirty')")
    visitor.say("title", page.title())
    visitor.say("address", page.url)


def helped(visitor: Visitor, agent: Page) -> None:
    until_shown(agent, OUTPUT, "16")
    page = visitor.page
    flow.click(page, agent, ".jp-Notebook .jp-CodeCell.jp-mod-active .cm-line")
    agent.keyboard.press("Enter")  # from command to edit mode, if it is not there yet
    agent.keyboard.type("6 * 7")
    agent.keyboard.press("Shift+Enter")
    page.locator(OUTPUT, has_text="42").wait_for()
    until_shown(agent, ".jp-Notebook", "42")


def leave(visitor: Visitor) -> None:
    page = visitor.page
    page.get_by_role("menuitem", name="File", exact=True).click()
    page.get_by_role("menuitem", name="Log Out").click()
    visitor.see("#jupyter-main-app, #site")


APP = App(
    slug="jupyter",
    name="JupyterLab",
    kind="notebook",
    package="jupyterlab",
    deeds="log in (wrong, right), upload a notebook, run cells in a kernel (WebSocket), save, log out",
    running=running,
    use=use,
    helped=helped,
    leave=leave,
)
