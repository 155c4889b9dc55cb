"""A session outlives its server: killed or told to stop, on the same port and data. (Issue G, 1; K1 to K4.)"""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

import pytest
from playwright.sync_api import Browser

from e2e import flow
from e2e.conftest import shop
from e2e.flow import Server, free_port, started

pytestmark = pytest.mark.journey

FIELD = "[name=message]"
PART = "keystrokes go on whatever happens to the server "


@dataclass
class Restartable:
    """A server that can be ended and started again at the same address with the same data."""

    server: Server
    port: int
    log: Path
    running: ExitStack = field(default_factory=ExitStack)
    starts: int = 0
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.starts += 1
        self.server.log = self.log.with_name(f"log-{self.starts}")
        command = [str(Path(sys.executable).with_name("twinpane")), "serve"]
        command += ["--port", str(self.port), "--data", str(self.server.data)]
        self.process = self.running.enter_context(started(command, self.server.environment(), self.server.log))
        self.server.wait_until_ready()

    def end(self, how: signal.Signals) -> None:
        assert self.process is not None
        self.process.send_signal(how)
        self.process.wait(20)
        assert "Traceback" not in self.server.log.read_text(), f"the server met an exception, see {self.server.log}"


@pytest.fixture
def restartable(tmp_path: Path) -> Iterator[Restartable]:
    made = Restartable(Server.fresh(tmp_path), free_port(), tmp_path / "log")
    with made.running:
        made.start()
        yield made
        made.end(signal.SIGTERM)


def restart_while_typing(
    restartable: Restartable, browser: Browser, tmp_path: Path, end: Callable[[Restartable], None]
) -> None:
    """One visitor and two agents; one types on while the server is away and comes back."""
    server = restartable.server
    with shop(server, server.url, tmp_path / "shop-log") as site:
        visitor = flow.visitor_context(browser).new_page()
        visitor.goto(f"{site}/visitor?id=survivor")
        agent = flow.begin(server, browser, visitor)
        second = flow.watch(browser, flow.watch_url(server, flow.short_id(visitor), "Kim"))
        flow.until_same(visitor, second)
        flow.take_control(agent)
        flow.click(visitor, agent, FIELD)
        agent.keyboard.type(PART, delay=5)
        end(restartable)
        agent.keyboard.type(PART, delay=5)
        visitor.fill("[name=email]", "typed@while.away")
        visitor.focus(FIELD)  # keys go where the focus is
        old_picture = flow.tree_of(second, stage=True)
        assert old_picture is not None
        restartable.start()
        back_at = monotonic()
        flow.until_value(visitor, FIELD, PART * 2)
        for window in (agent, second):
            flow.until_same(visitor, window)
        print(f"{browser.browser_type.name}: the pictures were whole {monotonic() - back_at:.1f} s after the server")
        assert visitor.evaluate(flow.CARD_BUTTON, "Allow") is None
        agent.get_by_role("button", name="Release control").wait_for()
        agent.keyboard.type("and on")
        flow.until_value(visitor, FIELD, PART * 2 + "and on")
        for window in (visitor, agent, second):
            window.context.close()


def test_k1_k3_a_killed_server_costs_no_consent_and_no_keystroke(
    restartable: Restartable, browser: Browser, tmp_path: Path
) -> None:
    restart_while_typing(restartable, browser, tmp_path, lambda each: each.end(signal.SIGKILL))


def test_k4_a_server_told_to_stop_costs_no_consent_and_no_keystroke(
    restartable: Restartable, chromium: Browser, tmp_path: Path
) -> None:
    restart_while_typing(restartable, chromium, tmp_path, lambda each: each.end(signal.SIGTERM))
