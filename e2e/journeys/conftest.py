"""Servers of journeys: one whose team has no member yet; one that may show a site of somebody else's, and that site."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect
from twinpane.demo import FOREIGN_HOSTS, foreign_settings

from e2e.flow import ROOT, WAIT_S, Server, free_port, started, until_answered

# As long as for all else that journeys wait for.
expect.set_options(timeout=WAIT_S * 1000)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site of somebody else's; gives its address as its visitors know it."""
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "--app-dir", str(ROOT / "examples/foreign_site"), "app:app"]
    command += ["--port", str(port), "--log-level", "warning", "--timeout-graceful-shutdown", "1"]
    with started(command, Server.fresh(Path()).environment(), tmp_path_factory.mktemp("library") / "log") as process:
        until_answered(f"http://127.0.0.1:{port}/", process)
        yield f"http://{FOREIGN_HOSTS[0]}:{port}"


@pytest.fixture(scope="module")
def proxying(library: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that may show the library, which is on this machine."""
    server = Server.fresh(tmp_path_factory.mktemp("proxying"))
    settings = foreign_settings(0, int(library.rsplit(":", 1)[1]))
    del settings["TWINPANE_PROXY_DOMAIN"]  # by default it has the server's own port
    server.settings = settings
    command = [str(Path(sys.executable).with_name("twinpane")), "serve", "--port", "0", "--data", str(server.data)]
    with started(command, server.environment(), server.log):
        server.wait_until_ready()
        yield server
    assert "Traceback" not in server.log.read_text(), f"the server met an exception, see {server.log}"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Server]:
    """A server whose team has no member yet."""
    server = Server.fresh(tmp_path)
    command = [str(Path(sys.executable).with_name("twinpane")), "serve", "--port", "0", "--data", str(server.data)]
    with started(command, server.environment(), server.log):
        server.wait_until_ready()
        yield server
    assert "Traceback" not in server.log.read_text(), f"the server met an exception, see {server.log}"
