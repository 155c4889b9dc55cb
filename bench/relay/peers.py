"""WebSocket peers cheap enough to be thousands: an asyncio protocol each, no library, no masking cost."""

from __future__ import annotations

import asyncio
import json
import re
import struct
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import aiohttp

TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10


def client_frame(opcode: int, payload: bytes) -> bytes:
    """Return a masked frame whose mask is zero, so that the payload stays as it is (RFC 6455, 5.3)."""
    size = len(payload)
    if size < 126:
        head = struct.pack(">BB", 0x80 | opcode, 0x80 | size)
    elif size < 65536:
        head = struct.pack(">BBH", 0x80 | opcode, 0x80 | 126, size)
    else:
        head = struct.pack(">BBQ", 0x80 | opcode, 0x80 | 127, size)
    return head + b"\0\0\0\0" + payload


class Peer(asyncio.Protocol):
    """One connection. Subclasses say what to do with what arrives."""

    def __init__(self, path: str, host: str) -> None:
        self.path, self.host = path, host
        self.opened = asyncio.get_running_loop().create_future()
        self.buffer = bytearray()
        self.upgraded = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        lines = [
            f"GET {self.path} HTTP/1.1",
            f"Host: {self.host}",
            f"Origin: http://{self.host}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        ]
        transport.write(("\r\n".join(lines) + "\r\n\r\n").encode())

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        if not self.upgraded:
            end = self.buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            if not self.buffer.startswith(b"HTTP/1.1 101"):
                self.opened.set_exception(RuntimeError(bytes(self.buffer[:200]).decode()))
                return
            del self.buffer[: end + 4]
            self.upgraded = True
            self.opened.set_result(None)
            self.on_open()
        self.read_frames()

    def read_frames(self) -> None:
        buffer, at = self.buffer, 0
        while len(buffer) - at >= 2:
            size, head = buffer[at + 1] & 127, 2
            if size == 126:
                if len(buffer) - at < 4:
                    break
                size, head = struct.unpack_from(">H", buffer, at + 2)[0], 4
            elif size == 127:
                if len(buffer) - at < 10:
                    break
                size, head = struct.unpack_from(">Q", buffer, at + 2)[0], 10
            if len(buffer) - at < head + size:
                break
            opcode, payload = buffer[at] & 15, bytes(buffer[at + head : at + head + size])
            at += head + size
            if opcode == BINARY:
                self.on_binary(payload)
            elif opcode == TEXT:
                self.on_message(json.loads(payload))
            elif opcode == PING:
                self.transport.write(client_frame(PONG, payload))
        del buffer[:at]

    def send(self, message: dict[str, Any]) -> None:
        self.transport.write(client_frame(TEXT, json.dumps(message).encode()))

    def send_bytes(self, payload: bytes) -> None:
        self.transport.write(client_frame(BINARY, payload))

    def on_open(self) -> None: ...
    def on_message(self, message: dict[str, Any]) -> None: ...
    def on_binary(self, payload: bytes) -> None: ...


class RawPeer(Peer):
    """A peer of the stock relay."""

    def __init__(self, path: str, host: str, on_frame: Callable[[], None]) -> None:
        super().__init__(path, host)
        self.on_frame = on_frame

    def on_binary(self, payload: bytes) -> None:
        self.on_frame()


class NumberedPeer(Peer):
    """Counts numbered frames and acknowledges them (SPEC L1, L3)."""

    UNNUMBERED = frozenset({"welcome", "ack", "ping", "pong", "bye", "error"})

    def __init__(self, host: str) -> None:
        super().__init__("/ws", host)
        self.received = 0
        self.welcomed: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()

    def count(self) -> None:
        self.received += 1
        if self.received % 32 == 0:
            self.send({"type": "ack", "received": self.received})

    def on_message(self, message: dict[str, Any]) -> None:
        if message["type"] not in self.UNNUMBERED:
            self.count()
        if message["type"] == "welcome":
            self.welcomed.set_result(message)
        elif message["type"] == "error":
            raise RuntimeError(str(message))
        self.handle(message)

    def handle(self, message: dict[str, Any]) -> None: ...


class Visitor(NumberedPeer):
    """A tab that says yes to every question and sends frames when told."""

    def __init__(self, host: str, key: str, number: int) -> None:
        super().__init__(host)
        self.key, self.number, self.epoch, self.seq = key, number, 0, 0
        self.capturing = asyncio.Event()

    def on_open(self) -> None:
        page = {"url": f"https://shop.example/{self.number}", "title": "Shop", "focused": True, "visible": True}
        identity = {"unique_id": f"bench-{self.number}", "set_fields": ["unique_id"]}
        hello = {"type": "hello", "role": "visitor", "protocols": [1], "key": self.key, "tab": f"tab{self.number}"}
        self.send({**hello, "page": page, "identity": identity})

    def handle(self, message: dict[str, Any]) -> None:
        if message["type"] == "session_changed" and (asking := message["session"].get("asking")):
            self.send({"type": "answered", "kind": asking["kind"], "agent": asking["agent"], "allowed": True})
        elif message["type"] == "capture" and message["epoch"] is not None:
            self.epoch, self.seq = message["epoch"], 0
            self.capturing.set()

    def send_facts(self, payload: bytes) -> None:
        """Send one page frame; the first of an epoch is its whole snapshot."""
        flags = 3 if self.seq == 0 else 0
        self.send_bytes(struct.pack(">BBHII", 0x11, flags, self.epoch, self.seq, 0) + payload)
        self.seq += 1


class Agent(NumberedPeer):
    """A window that watches."""

    def __init__(self, host: str, grant: str, on_frame: Callable[[], None]) -> None:
        super().__init__(host)
        self.grant, self.on_frame = grant, on_frame

    def on_open(self) -> None:
        self.send({"type": "hello", "role": "agent", "protocols": [1], "grant": self.grant})

    def on_binary(self, payload: bytes) -> None:
        self.count()
        self.on_frame()


async def connect(url: str, make: Callable[[], Peer]) -> Any:
    """Open a peer and wait for the upgrade."""
    where = urlsplit(url)
    assert where.hostname
    assert where.port
    _, peer = await asyncio.get_running_loop().create_connection(make, where.hostname, where.port)
    await peer.opened
    return peer


async def granted(http: aiohttp.ClientSession, url: str, short_id: str) -> str:
    """Give an agent a seat in a visitor's session by the REST flow; returns the secret that their window shows."""
    body = {"agent": {"id": "bench", "name": "Bench"}}
    async with http.post(f"{url}/v1.4/visitors/{short_id}/watch_url", json=body) as answer:
        watch_url = (await answer.json())["watch_url"]
    async with http.get(watch_url) as answer:
        seat = re.search(r'id="seat"[^>]*>(.*?)</script>', await answer.text(), re.DOTALL)
    assert seat is not None
    grant: str = json.loads(seat[1])["grant"]
    return grant
