"""An agent without a window: opens the watch URL, speaks on a bare socket, wishes what no watch page would."""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

SEAT = re.compile(r'<script[^>]*id="seat"[^>]*>(.*?)</script>', re.DOTALL)
WAIT_S = 60


@dataclass
class BareAgent:
    """One agent's open socket."""

    socket: ClientConnection
    me: str
    session: dict[str, Any]
    wishes: int = 0

    def say(self, kind: str, **fields: Any) -> None:
        self.socket.send(json.dumps({"type": kind, **fields}))

    def wish(self, kind: str, **fields: Any) -> int:
        """Wish, and give the wish's number."""
        self.wishes += 1
        self.say("wish", id=self.wishes, wish={"kind": kind, **fields})
        return self.wishes

    def refusal(self, wish: int) -> tuple[str, str]:
        """Wait until the wish is refused; its code and sentence."""
        answer = self.until(lambda message: message["type"] == "wish_refused" and message["id"] == wish)
        return answer["code"], answer["message"]

    def until_session(self, **fields: Any) -> None:
        """Wait until the session has these fields."""
        while not fields.items() <= self.session.items():
            self.until(lambda message: message["type"] == "session_changed")

    def until(self, fits: Any) -> dict[str, Any]:
        while True:
            frame = self.socket.recv(timeout=WAIT_S)
            if isinstance(frame, bytes):
                continue
            message: dict[str, Any] = json.loads(frame)
            if message["type"] == "session_changed":
                self.session = message["session"]
            if fits(message):
                return message


def hello_of(url: str) -> str:
    """Open a watch URL; gives the first message of the seat behind it."""
    with urllib.request.urlopen(url) as shell:
        seat = SEAT.search(shell.read().decode())
    assert seat
    grant = json.loads(seat[1])["grant"]
    return json.dumps({"type": "hello", "role": "agent", "protocols": [1], "grant": grant})


@contextmanager
def bare_agent(url: str, server_url: str) -> Iterator[BareAgent]:
    """Take the seat behind a watch URL; leaves it when left."""
    hello = hello_of(url)
    address = server_url.replace("http", "ws", 1) + "/ws"
    with connect(address, origin=Origin(server_url), max_size=None) as socket:
        socket.send(hello)
        welcome = json.loads(socket.recv(timeout=WAIT_S))
        assert welcome["type"] == "welcome", welcome
        yield BareAgent(socket, welcome["me"], welcome["session"])
