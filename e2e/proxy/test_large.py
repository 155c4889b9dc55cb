"""A gigabyte down and a hundred megabytes up: the server holds none of it (P5)."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from e2e.flow import Server, started, until

pytestmark = pytest.mark.journey

DOWN_BYTES = 1 << 30
UP_BYTES = 100_000_000
PIECE = bytes(1 << 20)
# What passes lies in socket buffers and a few chunks; a held body would be seen at once.
MOST_MORE_BYTES = 16 << 20


def receive(line: socket.socket, until: bytes) -> bytes:
    got = b""
    while until not in got:
        piece = line.recv(65_536)
        if not piece:
            raise ConnectionError
        got += piece
    return got


def answer(line: socket.socket) -> None:
    head, _, begun = receive(line, b"\r\n\r\n").partition(b"\r\n\r\n")
    if head.startswith(b"GET"):
        line.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nContent-Length: %d\r\n\r\n" % DOWN_BYTES)
        for _ in range(DOWN_BYTES // len(PIECE)):
            line.sendall(PIECE)
        return
    count, tail, buffer = len(begun), begun[-5:], bytearray(1 << 20)
    while not (tail == b"0\r\n\r\n" if b"chunked" in head.lower() else count >= UP_BYTES):
        size = line.recv_into(buffer)
        count, tail = count + size, (tail + buffer[:size])[-5:]
    told = str(count).encode()
    line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%b" % (len(told), told))


def serve(listening: socket.socket) -> None:
    """Answer each connection once: `GET` with a gigabyte, `POST` with the count of what came."""
    while True:
        try:
            line, _ = listening.accept()
        except OSError:
            return
        with line, contextlib.suppress(ConnectionError):
            answer(line)


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """A site that sends and takes much, on plain sockets."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=serve, args=(listening,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"


class Process:
    """The server's own figures from the system."""

    def __init__(self, running: subprocess.Popen[bytes]) -> None:
        self._folder = Path(f"/proc/{running.pid}")

    @property
    def peak_bytes(self) -> int:
        """The most memory it ever had."""
        [line] = [line for line in (self._folder / "status").read_text().splitlines() if line.startswith("VmHWM")]
        return int(line.split()[1]) * 1024

    @property
    def open_files(self) -> int:
        return len(list((self._folder / "fd").iterdir()))


@pytest.fixture(scope="module")
def proxying(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Process]]:
    server = Server.fresh(tmp_path_factory.mktemp("proxying"))
    server.settings = {"TWINPANE_FETCH_ALLOW": "127.0.0.1"}
    command = [str(Path(sys.executable).with_name("twinpane")), "serve", "--port", "0", "--data", str(server.data)]
    with started(command, server.environment(), server.log) as running:
        server.wait_until_ready()
        yield server, Process(running)
    assert "Traceback" not in server.log.read_text(), f"the server met an exception, see {server.log}"


class Visitor:
    """A browser of sockets, let in to a proxy session."""

    def __init__(self, server: Server, site: str) -> None:
        status, told = server.rest("POST", "proxy_sessions", {"initial_url": f"{site}/"})
        assert status == 200, told
        parts = urlsplit(told["url"])
        self._address = ("127.0.0.1", parts.port or 80)
        self._host = parts.netloc.encode()
        self._cookies = b""
        with self.asked(b"GET", f"{parts.path}?{parts.query}".encode()) as line:
            head = receive(line, b"\r\n\r\n")
        lines = [each for each in head.split(b"\r\n") if each.lower().startswith(b"set-cookie:")]
        self._cookies = b"; ".join(each.partition(b": ")[2].partition(b";")[0] for each in lines)

    def asked(self, method: bytes, target: bytes, *headers: bytes) -> socket.socket:
        line = socket.create_connection(self._address, timeout=30)
        own = (b"Host: " + self._host, b"Cookie: " + self._cookies, b"Connection: close", *headers)
        line.sendall(b"%b %b HTTP/1.1\r\n%b\r\n\r\n" % (method, target, b"\r\n".join(own)))
        return line


def metrics(server: Server) -> bytes:
    with urllib.request.urlopen(f"{server.url}/metrics", timeout=60) as answer:
        return bytes(answer.read())


def until_let_go(process: Process, files: int) -> None:
    """No socket stays open that was not before, but the one that may be used again for the site."""
    until(lambda: process.open_files <= files + 1, what="the server to let go of its sockets")


@pytest.fixture
def visitor(proxying: tuple[Server, Process], site: str) -> Visitor:
    return Visitor(proxying[0], site)


def test_p5_a_gigabyte_is_downloaded_in_constant_memory(proxying: tuple[Server, Process], visitor: Visitor) -> None:
    server, process = proxying
    before, files = process.peak_bytes, process.open_files
    with visitor.asked(b"GET", b"/film") as line:
        head, _, begun = receive(line, b"\r\n\r\n").partition(b"\r\n\r\n")
        assert b"Content-Length: %d" % DOWN_BYTES in head or b"content-length: %d" % DOWN_BYTES in head
        count, buffer = len(begun), bytearray(1 << 20)
        while size := line.recv_into(buffer):
            count += size
    assert count == DOWN_BYTES
    assert process.peak_bytes - before < MOST_MORE_BYTES
    until_let_go(process, files)
    assert b"twinpane_proxy_requests_open 0.0" in metrics(server)


def test_p5_a_slow_browser_makes_the_site_wait(proxying: tuple[Server, Process], visitor: Visitor) -> None:
    """Nobody reads: what the site would send stays with the site."""
    _, process = proxying
    before = process.peak_bytes
    with visitor.asked(b"GET", b"/film") as line:
        receive(line, b"\r\n\r\n")
        for _ in range(50):
            assert line.recv(1 << 16)
    assert process.peak_bytes - before < MOST_MORE_BYTES


@pytest.mark.parametrize("way", ["length", "chunked"])
def test_p5_a_hundred_megabytes_are_uploaded_in_constant_memory(
    proxying: tuple[Server, Process], visitor: Visitor, way: str
) -> None:
    server, process = proxying
    before, files = process.peak_bytes, process.open_files
    piece = bytes(1_000_000)
    is_chunked = way == "chunked"
    header = b"Transfer-Encoding: chunked" if is_chunked else b"Content-Length: %d" % UP_BYTES
    with visitor.asked(b"POST", b"/take", header, b"Sec-Fetch-Dest: empty") as line:
        for _ in range(UP_BYTES // len(piece)):
            line.sendall(b"%x\r\n%b\r\n" % (len(piece), piece) if is_chunked else piece)
        if is_chunked:
            line.sendall(b"0\r\n\r\n")
        answer = receive(line, b"\r\n\r\n")
        while piece := line.recv(65_536):
            answer += piece
    # A site that only counts bytes counts the framing of chunks as well.
    assert int(answer.rpartition(b"\r\n\r\n")[2]) >= UP_BYTES
    assert process.peak_bytes - before < MOST_MORE_BYTES
    until_let_go(process, files)
    assert b"twinpane_proxy_requests_open 0.0" in metrics(server)
