"""Kill a server with live sessions, start it again, and measure until every agent has a picture of the new epoch.

Bare peers play pages and windows: they come back as the link does (SPEC L5, K4), by their own numbers (K2). Each agent
types all the while; what its page got must be whole at the end, each key once and in order (K3).
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import socket
import struct
import sys
import tempfile
from pathlib import Path
from time import monotonic
from typing import Any

import aiohttp

from bench.relay.peers import BINARY, TEXT, Peer, client_frame, connect, granted
from bench.server_process import PUBLIC_KEY, REST_KEY, Measured, running

SESSIONS = 100
SNAPSHOT = b"x" * 20_000
KEYS_EVERY_S = 0.2
DOWN_S = 2.0
WITHIN_S = 60.0
UNNUMBERED = frozenset({"welcome", "ack", "ping", "pong", "bye", "error"})


class Place:
    """A page or a window over one socket after another: what it sent and what of it was acknowledged (L3, K2)."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.wire: Wire | None = None
        self.sent: list[bytes] = []
        self.acknowledged = self.received = self.fresh_starts = 0
        self.resume: str | None = None
        self.welcomed = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self.is_over = False

    def say(self, message: dict[str, Any]) -> None:
        self.send(client_frame(TEXT, json.dumps(message).encode()))

    def send(self, frame: bytes) -> None:
        """Send a numbered frame; kept until acknowledged."""
        self.sent.append(frame)
        if self.wire is not None:
            self.wire.transport.write(frame)

    def hello(self) -> dict[str, Any]:
        return {"protocols": [1], "resume": self.resume, "received": self.received, "acknowledged": self.acknowledged}

    def take(self, wire: Wire, message: dict[str, Any]) -> None:
        kind = message["type"]
        if kind == "welcome":
            if self.resume is not None and not message["resumed"]:
                self.fresh_starts += 1
            self.resume, self.wire = message["resume"], wire
            for frame in self.sent[self.acknowledged :]:
                wire.transport.write(frame)
            self.welcomed.set()
        elif kind == "ack":
            self.acknowledged = message["received"]
        elif kind not in UNNUMBERED:
            self.count(wire)
        self.heard(message)

    def count(self, wire: Wire) -> None:
        self.received += 1
        wire.send({"type": "ack", "received": self.received})

    def heard(self, message: dict[str, Any]) -> None:
        """Do what a message asks for."""

    def frame_came(self) -> None:
        """Note a page frame."""

    def lost(self) -> None:
        self.wire = None
        task = asyncio.get_running_loop().create_task(self.open())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def open(self) -> None:
        """Connect, as often as it takes."""
        attempt = 0
        while not self.is_over:
            try:
                await connect(self.url, lambda: Wire(self))
                return
            except (OSError, RuntimeError):
                await asyncio.sleep(min(1.0, 0.3 * 2**attempt) * (0.5 + random.random()))
                attempt += 1


class Wire(Peer):
    """One socket of a place."""

    def __init__(self, place: Place) -> None:
        super().__init__("/ws", place.url.removeprefix("http://"))
        self.place = place

    def on_open(self) -> None:
        self.send({"type": "hello", **self.place.hello()})

    def on_message(self, message: dict[str, Any]) -> None:
        self.place.take(self, message)

    def on_binary(self, payload: bytes) -> None:
        self.place.count(self)
        self.place.frame_came()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.opened.done():
            self.opened.set_exception(OSError("closed"))
        elif not self.place.is_over:
            self.place.lost()


class Page(Place):
    """A tab that says yes once, sends a snapshot when asked to, and remembers the keys that it got."""

    def __init__(self, url: str, number: int) -> None:
        super().__init__(url)
        self.number, self.questions = number, 0
        self.visitor: dict[str, Any] | None = None
        self.keys: list[int] = []
        self.wishes: dict[str, int] = {}

    def hello(self) -> dict[str, Any]:
        page = {"url": f"https://shop.example/{self.number}", "title": "Shop", "focused": True, "visible": True}
        place = {"key": PUBLIC_KEY, "tab": f"tab{self.number}", "page": page, "wishes": self.wishes}
        return super().hello() | {"role": "visitor", "visitor": self.visitor, **place}

    def heard(self, message: dict[str, Any]) -> None:
        kind = message["type"]
        if kind == "welcome":
            self.visitor = message["visitor"]
        elif kind == "session_changed" and (asking := message["session"].get("asking")):
            self.questions += 1
            self.say({"type": "answered", "kind": asking["kind"], "agent": asking["agent"], "allowed": True})
        elif kind == "capture" and message["epoch"] is not None:
            header = struct.pack(">BBHII", 0x11, 3, message["epoch"], 0, 0)
            self.send(client_frame(BINARY, header + SNAPSHOT))
        elif kind == "wish_made":
            self.wishes[message["agent"]] = message["id"]
            self.keys.append(message["id"])


class Window(Place):
    """A window that has control and types."""

    def __init__(self, url: str, grant: str) -> None:
        super().__init__(url)
        self.grant, self.keys = grant, 0
        self.shown = asyncio.Event()
        self.shown_at = 0.0
        self.controls = asyncio.Event()

    def hello(self) -> dict[str, Any]:
        return super().hello() | {"role": "agent", "grant": self.grant}

    def heard(self, message: dict[str, Any]) -> None:
        if message["type"] == "session_changed" and message["session"]["control"]:
            self.controls.set()

    def frame_came(self) -> None:
        self.shown_at = monotonic()
        self.shown.set()

    async def type_on(self) -> None:
        while True:
            self.say({"type": "wish", "id": self.keys, "wish": {"kind": "type_text", "text": "k"}})
            self.keys += 1
            await asyncio.sleep(KEYS_EVERY_S)


async def begin(url: str, http: aiohttp.ClientSession, number: int) -> tuple[Page, Window]:
    """Bring one session live through the real REST flow, with control."""
    page = Page(url, number)
    await page.open()
    await page.welcomed.wait()
    assert page.visitor is not None
    window = Window(url, await granted(http, url, page.visitor["short_id"]))
    await window.open()
    await window.shown.wait()
    window.say({"type": "request_control"})
    await window.controls.wait()
    return page, window


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def measure(how: signal.Signals, count: int) -> dict[str, float]:
    """End a server with live sessions in this way, start it again after `DOWN_S`, and tell what came back when."""
    with tempfile.TemporaryDirectory() as data:
        command = [str(Path(sys.executable).parent / "twinpane"), "serve", "--port", str(free_port()), "--data", data]
        keys = {"TWINPANE_PUBLIC_KEY": PUBLIC_KEY, "TWINPANE_REST_KEY": REST_KEY, "TWINPANE_LOG_LEVEL": "warning"}
        with running(command, keys) as first:
            sessions = await begin_all(first, count)
            typing = [asyncio.create_task(window.type_on()) for _, window in sessions]
            await asyncio.sleep(2)
            for _, window in sessions:
                window.shown.clear()
            os.kill(first.pid, how)
            await asyncio.sleep(DOWN_S)
        starting = running(command, keys)
        second = await asyncio.to_thread(starting.__enter__)
        try:
            assert second.url == first.url
            return await coming_back(sessions, typing, monotonic())
        finally:
            for place in (place for session in sessions for place in session):
                place.is_over = True
            starting.__exit__(None, None, None)


async def begin_all(server: Measured, count: int) -> list[tuple[Page, Window]]:
    async with aiohttp.ClientSession(headers={"X-Api-Key": REST_KEY}) as http:
        return [await begin(server.url, http, number) for number in range(count)]


async def coming_back(
    sessions: list[tuple[Page, Window]], typing: list[asyncio.Task[None]], listens_at: float
) -> dict[str, float]:
    """Wait for all pictures, then for all keys; count what was lost or asked again."""
    await asyncio.wait_for(asyncio.gather(*(window.shown.wait() for _, window in sessions)), WITHIN_S)
    took_s = sorted(window.shown_at - listens_at for _, window in sessions)
    await asyncio.sleep(1)
    for task in typing:
        task.cancel()
    await asyncio.sleep(2)
    wrong = sum(page.keys != list(range(window.keys)) for page, window in sessions)
    return {
        "pictures back, median s": took_s[len(took_s) // 2],
        "pictures back, last s": took_s[-1],
        "second consents": sum(page.questions - 1 for page, _ in sessions),
        "links begun afresh": sum(each.fresh_starts for session in sessions for each in session),
        "keys typed": sum(window.keys for _, window in sessions),
        "sessions with a key lost, doubled or out of order": wrong,
    }


def run(count: int = SESSIONS) -> dict[str, dict[str, float]]:
    """Both ways for a server to end."""
    return {
        name: asyncio.run(measure(how, count))
        for name, how in (("kill -9", signal.SIGKILL), ("SIGTERM", signal.SIGTERM))
    }


if __name__ == "__main__":
    load = " ".join(f"{part:.1f}" for part in os.getloadavg())
    print(f"{SESSIONS} sessions, load {load}")
    for name, got in run().items():
        print(name, {key: round(value, 2) for key, value in got.items()})
