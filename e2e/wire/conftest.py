"""A server of its own, listened to on every side."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from bench.mirror.fidelity.site import Site, serving
from e2e.cable import Cable, cable_to
from e2e.flow import Server, started

ACCOUNT = {"maskedElements": [".account-rule"]}


@dataclass
class Wires:
    """Who speaks to whom, and by what way."""

    server: Server
    site: Site
    origin: str
    visitors: Cable
    agents: Cable
    hook: str
    hooked: list[bytes] = field(default_factory=list)

    @property
    def desk(self) -> Server:
        """The server as agents and integrators reach it."""
        return replace(self.server, url=self.agents.url)

    def forget(self) -> None:
        """Begin to listen anew; what is on disk stays."""
        for heard in (self.visitors.said, self.agents.said, self.hooked):
            heard.clear()


@pytest.fixture(scope="module")
def hook() -> Iterator[tuple[str, list[bytes]]]:
    """An integrator's end of a webhook: its address, and what was posted there."""
    posted: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            posted.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/hook", posted
        server.shutdown()


@pytest.fixture(scope="module")
def wires(tmp_path_factory: pytest.TempPathFactory, hook: tuple[str, list[bytes]]) -> Iterator[Wires]:
    """A fresh `twinpane serve` that logs all it can, between two cables."""
    server = Server.fresh(tmp_path_factory.mktemp("wire"))
    server.settings = {"TWINPANE_FETCH_ALLOW": "127.0.0.1", "TWINPANE_LOG_LEVEL": "debug"}
    command = [str(Path(sys.executable).with_name("twinpane")), "serve", "--port", "0", "--data", str(server.data)]
    site = Site()
    with started(command, server.environment(), server.log), serving(site) as (origin, _):
        server.wait_until_ready()
        assert server.rest("PATCH", "settings", {"settings": ACCOUNT})[0] == 200
        with cable_to(server.url, listens=True) as visitors, cable_to(server.url, listens=True) as agents:
            yield Wires(server, site, origin, visitors, agents, *hook)
    assert "Traceback" not in server.log.read_text(), f"the server met an exception, see {server.log}"
