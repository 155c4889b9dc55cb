"""A server that has opened all files it may keeps who is connected, and takes others when some have gone."""

from __future__ import annotations

import socket
import subprocess
import sys
from contextlib import ExitStack, suppress
from pathlib import Path
from urllib.request import urlopen

MOST = 64
ASKED = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"


def connected(port: int) -> socket.socket:
    line = socket.create_connection(("127.0.0.1", port), timeout=60)
    line.sendall(ASKED)
    return line


def answered(line: socket.socket) -> bool:
    told = b""
    while not told.endswith(b"}"):
        told += line.recv(4096)
    return told.startswith(b"HTTP/1.1 200")


def test_server_without_files_left_serves_again_when_some_have_gone(tmp_path: Path) -> None:
    serve = [str(Path(sys.executable).with_name("twinpane")), "serve", "--port", "0", "--data", str(tmp_path / "data")]
    command = ["sh", "-c", f'ulimit -n {MOST}; exec "$@"', "sh", *serve]
    with (tmp_path / "log").open("w") as log, ExitStack() as closing:
        server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True, cwd=tmp_path)
        closing.enter_context(server)
        closing.callback(server.terminate)
        assert server.stdout is not None
        ready = next(line for line in server.stdout if line.startswith("ready "))
        url = ready.split()[1]
        port = int(url.rpartition(":")[2])
        first = closing.enter_context(connected(port))
        assert answered(first)
        with ExitStack() as crowd:
            for _ in range(2 * MOST):
                with suppress(ConnectionError):
                    crowd.enter_context(connected(port))
            while len(list(Path(f"/proc/{server.pid}/fd").iterdir())) < MOST:
                first.sendall(ASKED)
                assert answered(first)
            first.sendall(ASKED)
            assert answered(first)
        status = 0
        while status != 200:  # until it has seen that they are gone it turns others away
            with suppress(OSError), urlopen(f"{url}/healthz", timeout=60) as answer:
                status = answer.status
        assert server.poll() is None
    assert '"few_open_files"' in (tmp_path / "log").read_text()
