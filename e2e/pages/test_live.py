"""A real page that speaks with a server of its own while it is watched: the chat that Tornado's package ships. (F8.)"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from websockets.sync.client import ClientConnection, connect

from e2e import flow
from e2e.flow import Server
from e2e.pages import elsewhere, site, verdict
from e2e.pages.conftest import Open

pytestmark = pytest.mark.journey


@pytest.fixture
def chat(server: Server, pages: str, sources: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The chat, with our snippet in its template; jQuery and an icon come from the pages. Gives `host:port`."""
    folder = shutil.copytree(next(sources.glob("tornado-*")), tmp_path_factory.mktemp("chat") / "tornado")
    template = folder / "demos/websocket/templates/index.html"
    page = elsewhere.at_home(template.read_bytes()).replace(b'"/elsewhere/', f'"{pages}/elsewhere/'.encode())
    ours = f'<link rel="icon" href="{pages}/favicon.ico">'.encode() + site.snippet(server.url, server.public_key)
    template.write_bytes(site.with_snippet(page, ours))
    port = flow.free_port()
    command = [sys.executable, str(folder / "demos/websocket/chatdemo.py"), f"--port={port}"]
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    with flow.started(command, environment, folder / "log") as process:
        flow.until_answered(f"http://localhost:{port}/", process)
        yield f"localhost:{port}"


def heard(other: ClientConnection) -> str:
    words: str = json.loads(other.recv(timeout=flow.WAIT_S))["body"]
    return words


def test_f8_a_page_with_a_live_server_is_the_same_on_both_sides(open_page: Open, chat: str) -> None:
    with connect(f"ws://{chat}/chatsocket") as other:
        visitor, agent, errors = open_page(f"http://{chat}/")
        visitor.fill("#message", "When is high water?")
        visitor.press("#message", "Enter")
        assert heard(other) == "When is high water?"
        other.send(json.dumps({"body": "At nine"}))
        assert heard(other) == "At nine"
        visitor.get_by_text("At nine").wait_for()
        flow.until_same(visitor, agent)
        flow.take_control(agent)
        verdict.hands_off(visitor)
        flow.click(visitor, agent, "#message")
        agent.keyboard.type("Said by the agent")
        agent.keyboard.press("Enter")
        assert heard(other) == "Said by the agent"
        visitor.get_by_text("Said by the agent").wait_for()
        visitor.wait_for_function("() => !document.querySelector('.message[style*=overflow]')")
        verdict.same(visitor, agent, errors, "chat")
