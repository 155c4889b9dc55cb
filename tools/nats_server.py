"""A NATS server for tests: in a process of its own, on a free port of this machine.

`python tools/nats_server.py` sees that it is installed: by apt where root.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

_MISSING = "NATS is not installed (apt-get install nats-server)"


@dataclass
class Nats:
    """A broker that can be stopped and started again, at the same address."""

    program: str
    port: int
    process: subprocess.Popen[bytes] | None = field(default=None)

    @property
    def url(self) -> str:
        """As an operator writes it."""
        return f"nats://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it; it answers when this returns."""
        command = [self.program, "--addr", "127.0.0.1", "--port", str(self.port)]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        for line in self.process.stderr or ():
            if b"Server is ready" in line:
                break
        else:
            raise RuntimeError(f"nats-server ended with {self.process.wait()}")

    def stop(self) -> None:
        """Stop it as a crash does."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            if self.process.stderr is not None:
                self.process.stderr.close()
            self.process = None


def program() -> str | None:
    """Where the server is; Debian keeps it off users' PATH."""
    return shutil.which("nats-server", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


@contextmanager
def running() -> Iterator[Nats]:
    """Start a broker and stop it. Raises RuntimeError if it is not installed."""
    found = program()
    if found is None:
        raise RuntimeError(_MISSING)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        broker = Nats(found, int(probe.getsockname()[1]))
    broker.start()
    try:
        yield broker
    finally:
        broker.stop()


def why_not() -> str | None:
    """Why tests with NATS are left out here; None if they are not. In CI they never are."""
    if program() is not None or os.environ.get("CI"):
        return None
    return _MISSING


def main() -> int:
    if program() is None and os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing nats-server", flush=True)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], check=False, env=environment)
        install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "nats-server"]
        subprocess.run(install, check=False, env=environment, stdout=subprocess.DEVNULL)
    if program() is None:
        print("NATS is not installed: its tests will be left out (with CI=1 they fail).", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
