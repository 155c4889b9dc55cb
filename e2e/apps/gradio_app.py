"""Gradio: its pages are Svelte's and hear from the server by a stream of events."""

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
    command = [str(python_packages()), str(HERE / "scripts/gradio_app.py")]
    with serving(command, folder, port, PORT=str(port), GRADIO_ANALYTICS_ENABLED="False") as url:
        yield url


def use(visitor: Visitor) -> None:
    page = visitor.page
    for word in ("wrong", "correct horse"):
        page.get_by_label("username").fill("ada")
        page.get_by_label("password").fill(word)
        page.get_by_role("button", name="Login").click()
        if word == "wrong":
            visitor.see("text=Incorrect Credentials")
    visitor.see("h1")
    page.get_by_label("Place").fill(f"Sund {visitor.mark}")
    page.get_by_label("Spring tide").check()
    page.click("#ask")
    until_value(visitor, "#answer textarea", f"Sund {visitor.mark}: 6 h")
    page.get_by_role("tab", name="Files").click()
    table = {"name": f"{visitor.mark}.csv", "mimeType": "text/csv", "buffer": b"high\nlow\nhigh\n"}
    page.locator("input[type=file]").first.set_input_files(table)
    until_value(visitor, "#lines textarea", "3 lines")
    page.get_by_role("tab", name="Talk").click()
    page.locator("[data-testid=textbox]:visible").last.fill("noon")
    page.keyboard.press("Enter")
    page.get_by_text("tide tide tide for noon").wait_for()
    visitor.see("[data-testid=bot]")
    until_value(visitor, "#clock input", "3")
    page.get_by_role("tab", name="Ask").click()
    visitor.say("title", page.title())
    visitor.say("address", page.url)


def until_value(visitor: Visitor, selector: str, value: str) -> None:
    flow.until_value(visitor.page, selector, value)
    visitor.say(selector, value)


def helped(visitor: Visitor, agent: Page) -> None:
    until_shown(agent, "h1", "Tide tables")
    flow.click(visitor.page, agent, "input[type=checkbox]")
    flow.click(visitor.page, agent, "#ask")
    flow.until_value(visitor.page, "#answer textarea", f"Sund {visitor.mark}: 3 h")


def leave(visitor: Visitor) -> None:
    page = visitor.open("/logout")
    page.get_by_label("username").wait_for()
    visitor.see("h2, h1, button")


APP = App(
    slug="gradio",
    name="Gradio",
    kind="Svelte",
    package="gradio",
    deeds="log in (wrong, right), a form, an upload, a chat that streams, a clock (events), log out",
    running=running,
    use=use,
    helped=helped,
    leave=leave,
)
