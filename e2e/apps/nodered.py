"""Node-RED: an editor of flows that hears from its server by WebSocket."""

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
from e2e.apps.packages import node, node_packages
from e2e.apps.visitor import Visitor

SETTINGS: Final = """module.exports = {
  adminAuth: { type: "credentials", users: [{ username: "ada", permissions: "*",
    password: require("bcryptjs").hashSync("correct horse", 4) }] },
  editorTheme: { tours: false, palette: { catalogues: [] }, projects: { enabled: false } },
  telemetry: { enabled: false, updateNotification: false },
  credentialSecret: false,
  logging: { console: { level: "warn" } },
};"""


@contextmanager
def running(folder: Path, port: int) -> Iterator[str]:
    modules = node_packages() / "node_modules"
    (folder / "settings.js").write_text(SETTINGS)
    command = [
        node(),
        str(modules / "node-red/red.js"),
        "-u",
        str(folder),
        "-s",
        str(folder / "settings.js"),
        "-p",
        str(port),
    ]
    with serving(command, folder, port, NODE_PATH=str(modules)) as url:
        yield url


def nodes(mark: str) -> str:
    """A flow: press the button of one node, and another tells the debug sidebar."""
    return json.dumps(
        [
            {"id": f"tab-{mark}", "type": "tab", "label": f"Tides {mark}"},
            {"id": f"in-{mark}", "type": "inject", "z": f"tab-{mark}", "name": "Ask", "x": 150, "y": 100,
             "props": [{"p": "payload"}], "repeat": "", "crontab": "", "once": False, "onceDelay": 0.1, "topic": "",
             "payload": "high tide", "payloadType": "str", "wires": [[f"out-{mark}"]]},
            {"id": f"out-{mark}", "type": "debug", "z": f"tab-{mark}", "name": "Tell", "active": True,
             "tosidebar": True, "complete": "payload", "x": 350, "y": 100, "wires": []},
        ]
    )  # fmt: skip


def use(visitor: Visitor) -> None:
    page = visitor.page
    for word in ("wrong", "correct horse"):
        page.fill("#node-dialog-login-username", "ada")
        page.fill("#node-dialog-login-password", word)
        page.click("#node-dialog-login-submit")
        if word == "wrong":
            visitor.see("#node-dialog-login-failed")
    page.locator("#red-ui-workspace-chart").wait_for()
    page.keyboard.press("Control+i")
    page.set_input_files("#red-ui-clipboard-dialog-import-file-upload", {
        "name": "flow.json", "mimeType": "application/json", "buffer": nodes(visitor.mark).encode(),
    })  # fmt: skip
    page.locator("#red-ui-clipboard-dialog-ok:not(.disabled)").click()
    page.locator(".red-ui-tab", has_text=visitor.mark).first.click()
    page.click("#red-ui-header-button-deploy")
    visitor.see(".red-ui-notification-success")
    page.keyboard.press("Control+g")
    page.keyboard.press("d")
    page.locator(f"#in-{visitor.mark} .red-ui-flow-node-button").click()
    visitor.see(".red-ui-debug-msg .red-ui-debug-msg-payload")
    visitor.say("title", page.title())
    visitor.say("address", page.url)


def helped(visitor: Visitor, agent: Page) -> None:
    page = visitor.page
    until_shown(agent, ".red-ui-debug-msg-payload", "high tide")
    flow.click(page, agent, f"#in-{visitor.mark} .red-ui-flow-node-button-button")
    page.locator(".red-ui-debug-msg").nth(1).wait_for()
    until_shown(agent, ".red-ui-debug-msg:nth-of-type(2) .red-ui-debug-msg-payload", "high tide")


def leave(visitor: Visitor) -> None:
    page = visitor.page
    page.click("#red-ui-header-button-user")
    page.get_by_text("Logout").click()
    page.locator("#node-dialog-login-username").wait_for()


APP = App(
    slug="red",
    name="Node-RED",
    kind="flow editor",
    package="node-red",
    deeds="log in (wrong, right), import a file, deploy, live messages (WebSocket), log out",
    running=running,
    use=use,
    helped=helped,
    leave=leave,
)
