"""What every browser test may need: a real server, the example integrator, real browsers.

Servers live for the whole run; browsers for one module, because Playwright's loop must not meet that of asyncio tests.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from e2e.cable import Cable, cable_to
from e2e.embedder import Embedder, embedding
from e2e.flow import ROOT, Server, free_port, started, until_answered

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
FIREFOX = ("firefox-esr", "firefox")
QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]


def installed(names: tuple[str, ...]) -> str | None:
    return next((path for name in names if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """`twinpane serve` as people run it. Fails the run if its log tells of an exception."""
    server = Server.fresh(tmp_path_factory.mktemp("server"))
    command = [str(Path(sys.executable).with_name("twinpane")), "serve", "--port", "0", "--data", str(server.data)]
    with started(command, server.environment(), server.log):
        server.wait_until_ready()
        yield server
    assert "Traceback" not in server.log.read_text(), f"the server met an exception, see {server.log}"


def node_packages(folder: Path) -> Path:
    """Install what a folder's lock file names, unless it is there; gives `node_modules`."""
    lock, marker = folder / "package-lock.json", folder / "node_modules/.ready"
    with lock.open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)  # two workers at once install once
        if not marker.exists() or marker.stat().st_mtime < lock.stat().st_mtime:
            command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
            subprocess.run(command, cwd=folder, check=True)
            marker.touch()
    return folder / "node_modules"


@contextmanager
def shop(server: Server, url: str, log: Path) -> Iterator[str]:
    """The example integrator, told that the server is at `url`; gives the shop's address."""
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "--app-dir", str(ROOT / "examples/integrator"), "app:app"]
    command += ["--port", str(port), "--log-level", "warning"]
    with started(command, server.environment() | {"TWINPANE_URL": url}, log) as process:
        until_answered(f"http://localhost:{port}/visitor", process)
        yield f"http://localhost:{port}"


@pytest.fixture(scope="session")
def integrator(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The example shop against that server; gives its address."""
    with shop(server, server.url, tmp_path_factory.mktemp("integrator") / "log") as url:
        yield url


@pytest.fixture
def cable(server: Server) -> Iterator[Cable]:
    """A way to the server that can be cut."""
    with cable_to(server.url) as cable:
        yield cable


@pytest.fixture
def cabled_integrator(server: Server, cable: Cable, tmp_path: Path) -> Iterator[str]:
    """The shop whose pages reach the server through the cable."""
    with shop(server, cable.url, tmp_path / "log") as url:
        yield url


@pytest.fixture(scope="session")
def embedder() -> Iterator[Embedder]:
    """A page of an integrator's that shows the viewer in a frame."""
    with embedding() as embedder:
        yield embedder


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="module")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=installed(CHROMIUM), args=QUIET)
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def firefox(playwright: Playwright) -> Iterator[Browser]:
    """The system's Firefox, driven by WebDriver BiDi; else the one that Playwright brought."""
    browser = open_firefox(playwright)
    yield browser
    browser.close()


def open_firefox(playwright: Playwright, **prefs: str | float | bool) -> Browser:
    path = installed(FIREFOX)
    options: dict[str, Any] = {"channel": "moz-firefox", "executable_path": path} if path else {}
    environment = {**os.environ, "MOZ_REMOTE_SETTINGS_DEVTOOLS": "1"}
    return playwright.firefox.launch(**options, env=environment, firefox_user_prefs=prefs)


@pytest.fixture(scope="module", params=["chromium", "firefox"])
def browser(request: pytest.FixtureRequest) -> Browser:
    """Each of the browsers in turn."""
    found: Browser = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="session")
def page_packages() -> Path:
    """The packages of real pages (`e2e/pages/package.json`), installed."""
    return node_packages(ROOT / "e2e/pages")
