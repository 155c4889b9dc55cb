"""NiceGUI: its pages are Vue's and speak to the server by socket.io."""

from __future__ import annotations

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
    command = [str(python_packages()), str(HERE / "scripts/nicegui_app.py")]
    with serving(command, folder, port, PORT=str(port), NICEGUI_STORAGE_PATH=str(folder / "storage")) as url:
        yield url


def use(visitor: Visitor) -> None:
    page = visitor.page
    page.fill("[aria-label=Password]", "wrong")
    page.click("#log-in")
    visitor.see(".q-notification__message")
    page.fill("[aria-label=Password]", "correct horse")
    page.click("#log-in")
    visitor.see("#hello")
    page.locator("#clock", has_text="3").wait_for()  # the socket is there, so the table stays
    page.get_by_role("columnheader", name="Boat").click()
    page.locator("#boats tbody tr:first-child", has_text="Avocet").wait_for()
    visitor.see("#boats tbody tr:first-child")
    page.fill("input[aria-label=Boat]", visitor.mark)
    page.locator(".q-select").click()
    page.get_by_role("option", name="Ketch").click()
    page.click("#add")
    page.get_by_role("cell", name=f"{visitor.mark}, Ketch").wait_for()
    page.get_by_role("tab", name="Files").click()
    table = {"name": f"{visitor.mark}.csv", "mimeType": "text/csv", "buffer": b"high\nlow\n"}
    page.locator("input[type=file]").set_input_files(table)
    page.locator("#read", has_text="bytes").wait_for()
    visitor.see("#read")
    page.locator("#clock", has_text="3").wait_for()
    page.get_by_role("tab", name="Boats").click()
    page.locator("#boats").wait_for()
    visitor.see("#boats tbody")
    visitor.say("title", page.title())
    visitor.say("address", page.url)


def helped(visitor: Visitor, agent: Page) -> None:
    until_shown(agent, "#hello", "Hello Ada")
    flow.click(visitor.page, agent, "input[aria-label=Boat]")
    agent.keyboard.press("Control+a")
    agent.keyboard.type("Tern")
    flow.click(visitor.page, agent, "#add")
    visitor.page.get_by_role("cell", name="Tern, Ketch").wait_for()
    until_shown(agent, "#boats tbody", "Tern, Ketch")


def leave(visitor: Visitor) -> None:
    page = visitor.page
    page.click("#log-out")
    page.locator("[aria-label=Password]").wait_for()
    visitor.see("#log-in")
    visitor.open("/")
    page.locator("[aria-label=Password]").wait_for()
    visitor.say("address", page.url)


APP = App(
    slug="nicegui",
    name="NiceGUI",
    kind="Vue",
    package="nicegui",
    deeds="log in (wrong, right), a form, a table, an upload, a clock (WebSocket), log out",
    running=running,
    use=use,
    helped=helped,
    leave=leave,
)
