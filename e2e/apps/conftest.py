"""A server that may show the applications, and each application while its tests run."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from e2e.apps.app import App
from e2e.apps.apps import APPS
from e2e.apps.table import Results
from e2e.flow import Server, free_port, started

WRITE = "TWINPANE_WRITE_APPS"


@pytest.fixture(scope="session")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """`twinpane serve`, told of the applications, which are on this machine."""
    hosts = [f"{app.slug}.localhost" for app in APPS]
    server = Server.fresh(tmp_path_factory.mktemp("server"))
    server.settings = {
        "TWINPANE_FETCH_ALLOW": " ".join(hosts),
        "TWINPANE_FETCH_RESOLVE": " ".join(f"{host}=127.0.0.1" for host in hosts),
    }
    command = [str(Path(sys.executable).with_name("twinpane")), "serve", "--port", "0", "--data", str(server.data)]
    with started(command, server.environment(), server.log):
        server.wait_until_ready()
        yield server
    assert "Traceback" not in server.log.read_text(), f"the server met an exception, see {server.log}"


@pytest.fixture(scope="session")
def results() -> Results:
    """What was found; written into docs/ when asked for."""
    return Results(APPS if os.environ.get(WRITE) else None)


@pytest.fixture(scope="module", params=APPS, ids=lambda app: app.slug)
def application(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[App, str]]:
    """An application and its address as its visitors know it."""
    app: App = request.param
    port = free_port()
    with app.running(tmp_path_factory.mktemp(app.slug), port):
        yield app, f"http://{app.slug}.localhost:{port}"
