"""A cable between browser and server that a test can cut: a TCP relay."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit


class Cable:
    def __init__(self, target: tuple[str, int]) -> None:
        self.target = target
        self.is_cut = False
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._sockets: set[socket.socket] = set()
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def cut(self) -> None:
        """Break every connection at once, and let none through until `mend`."""
        self.is_cut = True
        for each in list(self._sockets):
            hang_up(each)

    def mend(self) -> None:
        self.is_cut = False

    def serve(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            if self.is_cut:
                near.close()
                continue
            far = socket.create_connection(self.target)
            for source, sink in ((near, far), (far, near)):
                self._sockets.add(source)
                threading.Thread(target=self._carry, args=(source, sink)).start()

    def close(self) -> None:
        hang_up(self._listener)
        self.cut()

    def _carry(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                sink.sendall(data)
        hang_up(source)
        hang_up(sink)
        self._sockets.discard(source)


def hang_up(each: socket.socket) -> None:
    with suppress(OSError):
        each.shutdown(socket.SHUT_RDWR)
    each.close()


@contextmanager
def laid(url: str) -> Iterator[Cable]:
    """Lay a cable to a server."""
    parts = urlsplit(url)
    cable = Cable((parts.hostname or "", parts.port or 80))
    thread = threading.Thread(target=cable.serve)
    thread.start()
    try:
        yield cable
    finally:
        cable.close()
        thread.join()
