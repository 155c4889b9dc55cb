"""Start a server for measuring, pinned to the first core, and read what it costs from /proc."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

PUBLIC_KEY = "BenchKey01"
REST_KEY = "tp_bench_0123456789abcdef0123456789abcdef"
SERVER_CORE, LOAD_CORE = 0, (1 if (os.cpu_count() or 1) > 1 else 0)
TICKS_PER_S = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Measured:
    """A running server process: where it listens and what it has cost."""

    pid: int
    url: str
    data: str = ""
    """Folder of a Twinpane server."""

    def cpu_s(self) -> float:
        """CPU seconds spent so far, user and system."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS_PER_S

    def memory_kb(self) -> int:
        """Proportional set size in KB."""
        for line in Path(f"/proc/{self.pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
        raise RuntimeError("no Pss in smaps_rollup")


@contextmanager
def running(
    command: list[str], environment: dict[str, str] | None = None, core: int = SERVER_CORE
) -> Iterator[Measured]:
    """Run a command that prints `ready URL`, until the block ends."""
    process = subprocess.Popen(
        command,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    os.sched_setaffinity(process.pid, {core})
    try:
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith("ready "):
                yield Measured(process.pid, line.split()[1])
                return
        raise RuntimeError(f"{command[0]} ended without being ready")
    finally:
        process.terminate()
        process.wait(20)


@contextmanager
def twinpane(settings: Mapping[str, str] | None = None) -> Iterator[Measured]:
    """Run Twinpane on a free port with a throw-away folder."""
    with tempfile.TemporaryDirectory() as data:
        command = [str(Path(sys.executable).parent / "twinpane"), "serve", "--port", "0", "--data", data]
        keys = {"TWINPANE_PUBLIC_KEY": PUBLIC_KEY, "TWINPANE_REST_KEY": REST_KEY, "TWINPANE_LOG_LEVEL": "warning"}
        with running(command, {**keys, **(settings or {})}) as measured:
            yield replace(measured, data=data)


@contextmanager
def starlette() -> Iterator[Measured]:
    """Run the stock WebSocket relay to compare with."""
    with running([sys.executable, str(Path(__file__).parent / "relay/starlette_relay.py")]) as measured:
        yield measured
