"""The sites, a server that may fetch from them, and browsers that find them without it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright

from e2e.conftest import CHROMIUM, QUIET, installed, open_firefox
from e2e.flow import Server, started
from e2e.proxy.conformance.sites import HOSTS, Sites, served
from e2e.proxy.conformance.table import Results, read_table, write_table
from e2e.proxy.conformance.visit import Pair

WRITE = "TWINPANE_WRITE_CONFORMANCE"


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sites]:
    with served(tmp_path_factory.mktemp("sites")) as sites:
        yield sites


@pytest.fixture(scope="session")
def proxy(sites: Sites, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """`twinpane serve`, told of the sites."""
    server = Server.fresh(tmp_path_factory.mktemp("server"))
    server.settings = sites.settings()
    command = [str(Path(sys.executable).with_name("twinpane")), "serve", "--port", "0", "--data", str(server.data)]
    with started(command, server.environment(), server.log):
        server.wait_until_ready()
        yield server
    assert "Traceback" not in server.log.read_text(), f"the server met an exception, see {server.log}"


@pytest.fixture(scope="session")
def results() -> Iterator[Results]:
    """What was found; written into docs/ when asked for, alone or beside what stands there."""
    found = read_table() if os.environ.get(WRITE) == "more" else Results()
    yield found
    if os.environ.get(WRITE):
        write_table(found)


@pytest.fixture(scope="module", params=["chromium", "firefox"])
def browser(request: pytest.FixtureRequest, playwright: Playwright) -> Iterator[Browser]:
    """A browser that finds the sites by itself and takes their certificates."""
    opened = _chromium(playwright) if request.param == "chromium" else _firefox(playwright)
    yield opened
    opened.close()


def _chromium(playwright: Playwright) -> Browser:
    rules = ",".join(f"MAP {host} {address}" for host, address in HOSTS.items())
    # A service worker needs a certificate without faults; the flag makes it one.
    args = [*QUIET, f"--host-resolver-rules={rules}", "--ignore-certificate-errors"]
    return playwright.chromium.launch(executable_path=installed(CHROMIUM), args=args)


def _firefox(playwright: Playwright) -> Browser:
    prefs: dict[str, str | float | bool] = {
        "network.dns.localDomains": ",".join(HOSTS),
        # Else the driver's mouse does not reach frames that another process draws, such as those of another site.
        "remote.events.async.mouse.enabled": True,
        # Frames may take over the tab only after a click. What the driver runs in them counts as one, in time or not.
        "dom.security.framebusting_intervention.enabled": False,
    }
    return open_firefox(playwright, **prefs)


@pytest.fixture(scope="module")
def pair(browser: Browser, sites: Sites, proxy: Server) -> Iterator[Pair]:
    """Two visitors: one who goes to the sites directly, one who goes through the proxy."""
    pair = Pair(browser, sites, proxy)
    yield pair
    pair.close()
