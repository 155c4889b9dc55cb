"""Three servers as one: a database in PostgreSQL, a broker, and a way to them that can be turned."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest

from e2e import flow
from e2e.cable import Cable, cable_to
from e2e.flow import Server, free_port, started
from tools import nats_server, postgres

SECRET = "a secret of all nodes, of some length"


@dataclass
class Node:
    """One of the servers."""

    name: str
    server: Server
    port: int
    starts: int = 0
    process: subprocess.Popen[bytes] | None = None
    running: ExitStack = field(default_factory=ExitStack)

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def knows(self, short_id: str) -> bool:
        return self.server.rest("GET", f"visitors/{short_id}")[0] == 200

    def start(self) -> None:
        self.starts += 1
        self.server.log = self.server.log.with_name(f"log-{self.name}-{self.starts}")
        command = [str(Path(sys.executable).with_name("twinpane")), "serve"]
        command += ["--port", str(self.port), "--data", str(self.server.data)]
        self.process = self.running.enter_context(started(command, self.server.environment(), self.server.log))
        self.server.wait_until_ready()

    def end(self, how: signal.Signals) -> None:
        assert self.process is not None
        if self.process.poll() is None:
            self.process.send_signal(how)
            self.process.wait(20)


@dataclass
class Cluster:
    """The nodes by name, what they share, and the way that stands for a load balancer."""

    nodes: dict[str, Node]
    database: postgres.Postgres
    broker: nats_server.Nats
    way: Cable
    may_meet_exceptions: bool = False

    def know(self, short_id: str) -> None:
        """Wait until all nodes know a visitor who has just come to one of them."""
        for node in self.nodes.values():
            flow.until(partial(node.knows, short_id), what=f"node {node.name} to know the visitor")

    def turn(self, name: str) -> None:
        """Let new connections go to this node."""
        self.way.target = ("127.0.0.1", self.nodes[name].port)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    if reason := postgres.why_not() or nats_server.why_not():
        pytest.skip(reason)
    with postgres.running() as database, nats_server.running() as broker, ExitStack() as running:
        shared = {
            "TWINPANE_DATABASE_URL": database.url("postgres"),
            "TWINPANE_NATS_URL": broker.url,
            "TWINPANE_SERVER_SECRET": SECRET,
        }
        nodes = {}
        for name in "abc":
            port = free_port()
            own = {"TWINPANE_NODE_ADDRESS": f"http://127.0.0.1:{port}"}
            server = Server(data=tmp_path / name, log=tmp_path / "log", settings={**shared, **own})
            nodes[name] = Node(name, server, port, running=running)
            nodes[name].start()
        way = running.enter_context(cable_to(nodes["a"].url))
        made = Cluster(nodes, database, broker, way)
        yield made
        for node in nodes.values():
            node.end(signal.SIGTERM)
            met = "Traceback" in node.server.log.read_text()
            assert made.may_meet_exceptions or not met, f"a node met an exception, see {node.server.log}"
