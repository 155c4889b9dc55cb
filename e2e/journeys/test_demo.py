"""`twinpane demo`: one command, one address, two live panes. (Issue A, 1 and deliverable 8.)"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from e2e import axe, flow, screens

pytestmark = pytest.mark.journey
TWINPANE = str(Path(sys.executable).with_name("twinpane"))


def test_demo_prints_one_address_that_shows_visitor_and_agent_live(chromium: Browser, tmp_path: Path) -> None:
    log = tmp_path / "log"
    with flow.started([TWINPANE, "demo", "--port", "0"], dict(os.environ), log) as demo:
        url = flow.until(lambda: screens.demo_url(log, demo), what="the demo's address", wait_s=60)
        context = flow.visitor_context(chromium)
        page = context.new_page()
        page.goto(url)
        visitor = screens.frame_at(page, "/visitor")
        screens.press_in(page, visitor, "Allow")
        agent = screens.frame_at(page, "/watch/")
        visitor.fill("#search", "kettle")
        flow.until(lambda: screens.stage_value(agent) == "kettle", what="the same words in both panes", page=page)
        assert not axe.found(page), "axe finds nothing serious around the panes (issue E, acceptance 7)"
        context.close()
        [_, link] = flow.until(lambda: two_lines(log), what="the console's link")
        assert f" {url.removesuffix('/demo')}/console/join#" in link
        demo.send_signal(signal.SIGINT)
        assert demo.wait(60) == 0
    assert log.read_text().splitlines() == [url, link]
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(url)


def test_demo_ends_in_good_order_while_it_still_starts(tmp_path: Path) -> None:
    with flow.started([TWINPANE, "demo", "--port", "0"], dict(os.environ), tmp_path / "log") as demo:
        flow.until(lambda: children(demo.pid), what="its server started", wait_s=60)
        demo.send_signal(signal.SIGINT)
        assert demo.wait(60) == 0
    assert (tmp_path / "log").read_text() == ""


def two_lines(log: Path) -> list[str] | None:
    lines = log.read_text().splitlines()
    return lines if len(lines) == 2 else None


def children(pid: int) -> str:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text()


def test_demo_says_in_words_that_its_port_is_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = subprocess.run(
            [TWINPANE, "demo", "--port", str(port)], capture_output=True, text=True, timeout=30, check=False
        )
    assert result.returncode == 1
    assert f"Port {port} is in use by another program" in result.stderr
    assert "Traceback" not in result.stderr
