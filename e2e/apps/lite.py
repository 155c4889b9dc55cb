"""JupyterLite: JupyterLab without a server; its files and kernels are in the browser, with a service worker."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page

from e2e import flow
from e2e.apps.app import App, run, serving
from e2e.apps.help import until_shown
from e2e.apps.packages import prepared, python_packages
from e2e.apps.visitor import Visitor

OUTPUT = ".jp-OutputArea-output"


def prepare(folder: Path, python: str) -> None:
    """The built site."""
    run([python, "-m", "jupyterlite_core.app", "build", "--output-dir", str(folder / "site")], folder)


@contextmanager
def running(folder: Path, port: int) -> Iterator[str]:
    site = prepared("jupyterlite", prepare) / "site"
    command = [str(python_packages()), "-m", "http.server", "--directory", str(site)]
    with serving([*command, "--bind", "127.0.0.1", str(port)], folder, port) as url:
        yield url


def use(visitor: Visitor) -> None:
    page = visitor.page  # the first page goes on to the lab by itself
    page.locator(".jp-LauncherCard").first.wait_for()
    with page.expect_file_chooser() as choosing:
        page.locator("[data-command='filebrowser:upload'], [title^='Upload Files']").first.click()
    choosing.value.set_files([{"name": "tides.csv", "mimeType": "text/csv", "buffer": b"place,height\nSund,3\n"}])
    page.locator(".jp-DirListing-item", has_text="tides.csv").wait_for()
    page.get_by_role("tab", name="Launcher").click()
    page.locator(".jp-LauncherCard", has_text="JavaScript").first.click()
    page.get_by_text("(Web Worker) | Idle").wait_for()
    page.locator(".jp-CodeCell .cm-content").first.click()
    page.keyboard.type("[3, 5, 8].reduce((a, b) => a + b)")
    page.keyboard.press("Shift+Enter")
    visitor.see(OUTPUT)
    page.keyboard.press("Control+s")
    page.get_by_role("button", name="Rename and Save").click()
    page.wait_for_function("() => !document.querySelector('#jp-main-dock-panel .jp-mod-dirty')")
    visitor.say("worker", page.evaluate("async () => (await navigator.serviceWorker.ready).active.scriptURL"))
    visitor.say("scope", page.evaluate("async () => (await navigator.serviceWorker.ready).scope"))
    visitor.say("controller", page.evaluate("() => navigator.serviceWorker.controller?.scriptURL"))
    page = visitor.open("/lab/index.html?path=Untitled.ipynb")
    visitor.see(OUTPUT)
    visitor.say("files", page.locator(".jp-DirListing-itemText").all_inner_texts())
    page.get_by_text("(Web Worker) | Idle").wait_for()
    page.wait_for_url("**/lab/index.html")  # what was to be opened is taken out of the address, some time
    visitor.say("title", page.title())
    visitor.say("address", page.url)


def helped(visitor: Visitor, agent: Page) -> None:
    page = visitor.page
    until_shown(agent, OUTPUT, "16")
    flow.click(page, agent, ".jp-Notebook .jp-CodeCell:not(.jp-mod-active) .cm-line")
    agent.keyboard.press("Enter")  # from command to edit mode, if it is not there yet
    agent.keyboard.type("7 * 6")
    agent.keyboard.press("Shift+Enter")
    page.locator(OUTPUT, has_text="42").wait_for()
    until_shown(agent, ".jp-Notebook", "42")


APP = App(
    slug="lite",
    name="JupyterLite",
    kind="service worker",
    package="jupyterlite-core",
    deeds="upload a notebook, run cells in a kernel in a worker, files by the service worker, reload",
    running=running,
    use=use,
    helped=helped,
)
