"""A network cable between a browser and the server that can be pulled out and put back."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Lock, Thread


@dataclass(eq=False)
class Said:
    """What went over one connection: from who called, and to them."""

    up: bytearray = field(default_factory=bytearray)
    down: bytearray = field(default_factory=bytearray)


class Cable:
    """Forwards TCP to one address. While unplugged, open connections are cut and new ones refused.

    With `listens`, all that goes over it is kept in `said`, a connection each.
    """

    def __init__(self, host: str, port: int, *, listens: bool = False) -> None:
        self.said: list[Said] = []
        self._listens = listens
        self.target = (host, port)
        """Where new connections go."""
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: set[socket.socket] = set()
        self._plugged = True
        self._lock = Lock()
        self.url = f"http://localhost:{self._listener.getsockname()[1]}"
        Thread(target=self._accept, daemon=True).start()

    def unplug(self) -> None:
        with self._lock:
            self._plugged = False
            cut, self._open = self._open, set()
        for end in cut:
            close(end)

    def plug(self) -> None:
        with self._lock:
            self._plugged = True

    def stop(self) -> None:
        close(self._listener)
        self.unplug()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                with self._lock:
                    plugged = self._plugged
                try:
                    far = socket.create_connection(self.target) if plugged else None
                except OSError:
                    far = None
                if far is None:
                    close(near)
                    continue
                with self._lock:
                    self._open |= {near, far}
                said = Said()
                if self._listens:
                    self.said.append(said)
                Thread(target=self._copy, args=(near, far, said.up), daemon=True).start()
                Thread(target=self._copy, args=(far, near, said.down), daemon=True).start()

    def _copy(self, source: socket.socket, target: socket.socket, kept: bytearray) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                if self._listens:
                    kept += data
                target.sendall(data)
        close(source)
        close(target)
        with self._lock:
            self._open -= {source, target}


def close(end: socket.socket) -> None:
    """Close at both ends, also where another thread is reading."""
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()


@contextmanager
def cable_to(url: str, *, listens: bool = False) -> Iterator[Cable]:
    host, _, port = url.removeprefix("http://").partition(":")
    cable = Cable(host, int(port), listens=listens)
    try:
        yield cable
    finally:
        cable.stop()
