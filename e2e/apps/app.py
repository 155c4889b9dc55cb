"""What it takes to try an application of other people: how it starts, what a visitor does there, what an agent does."""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from e2e.apps.visitor import Visitor
from e2e.flow import started, until


@dataclass(frozen=True)
class App:
    """An application. Its visitor's story is told twice, directly and through the proxy, with the same outcome."""

    slug: str
    """Its host below `localhost`."""
    name: str
    kind: str
    package: str
    """Where its version is read: a name in requirements.lock, or in package.json."""
    deeds: str
    """What is done, for the table."""
    running: Callable[[Path, int], AbstractContextManager[str]]
    """Start it with its files in a fresh folder, at a port; gives its address on this machine."""
    use: Callable[[Visitor], None]
    """From the log-in on; what is to be compared goes to `visitor.see`."""
    helped: Callable[[Visitor, Page], None]
    """The agent's part, once the trees are equal and the agent has control."""
    leave: Callable[[Visitor], None] = lambda visitor: None
    """From there to the log-out."""
    browsers: tuple[str, ...] = ("chromium",)
    """Where it is always tried."""
    misses: Mapping[str, str] = field(default_factory=dict)
    """By browser, why it is known not to pass there."""
    context: Mapping[str, Any] = field(default_factory=dict)
    """What the visitor's browser is told besides."""


@contextmanager
def serving(command: list[str], folder: Path, port: int, **environment: str) -> Iterator[str]:
    """Run the command in the folder until left, once its port is answered."""
    settings = {"PATH": os.environ["PATH"], "HOME": str(folder), "PYTHONPATH": str(folder), **environment}
    log = folder / "log"
    with started(["env", "-C", str(folder), *command], settings, log) as process:

        def answered() -> bool:
            assert process.poll() is None, log.read_text()
            with socket.socket() as probe:
                return probe.connect_ex(("127.0.0.1", port)) == 0

        until(answered, what=f"an answer from {command[:3]}", wait_s=90)
        yield f"http://127.0.0.1:{port}"


def run(command: list[str], folder: Path, **environment: str) -> None:
    """Run a command of an application's set-up to its end."""
    settings = {"PATH": os.environ["PATH"], "HOME": str(folder), "PYTHONPATH": str(folder), **environment}
    done = subprocess.run(command, cwd=folder, env=settings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
