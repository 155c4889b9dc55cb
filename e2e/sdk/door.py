"""The other side of a visitor's socket, in the hands of a test: it speaks the protocol, and cuts wires when told to."""

from __future__ import annotations

import secrets
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import msgspec
from twinpane_protocol.link import Ack, Bye, Error, Ping, Pong
from twinpane_protocol.settings import AccountSettings
from twinpane_protocol.shared import ADVICE, Agent, Permissions, Phase, RefusalCode, SessionState, Tab
from twinpane_protocol.visitor import (
    Credentials,
    FromVisitor,
    Hello,
    LookupCode,
    LookupCodeWanted,
    PublicLink,
    PublicLinkWanted,
    Welcome,
)
from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response
from websockets.sync.server import ServerConnection, serve

from e2e.flow import WAIT_S

KEY = "TestKey001"
DECODER: msgspec.json.Decoder[Any] = msgspec.json.Decoder(FromVisitor)


@dataclass(eq=False)
class Peer:
    """One tab's link, over one wire after another."""

    tab: str
    hellos: list[Hello] = field(default_factory=list)
    messages: list[Any] = field(default_factory=list)
    """Every numbered control message, in the order of arrival."""
    frames: list[bytes] = field(default_factory=list)
    received: int = 0
    sent: list[str] = field(default_factory=list)
    token: str = ""
    wire: ServerConnection | None = None
    left: bool = False
    turn: threading.RLock = field(default_factory=threading.RLock)
    """Held while a welcome is said: the page may answer it before the wire is known here."""

    def send(self, message: msgspec.Struct) -> None:
        text = msgspec.json.encode(message).decode()
        with self.turn:
            self.sent.append(text)
            if self.wire is not None:
                self.wire.send(text)

    def acknowledge(self) -> None:
        if self.wire is not None:
            self.wire.send(msgspec.json.encode(Ack(received=self.received)).decode())

    def of(self, kind: type) -> list[Any]:
        return [message for message in self.messages if isinstance(message, kind)]

    def cut(self) -> None:
        """Break the wire as a lost network does: without a close frame."""
        with self.turn:
            wire, self.wire = self.wire, None
        if wire is not None:
            # The page may have closed it in this very moment.
            with suppress(OSError):
                wire.socket.shutdown(socket.SHUT_RDWR)


class Door:
    """Serves pages by path, and `/ws` by the protocol."""

    def __init__(self, files: dict[str, tuple[str, bytes]]) -> None:
        self.files = files
        self.url = ""
        self.peers: list[Peer] = []
        self.secrets: dict[str, str] = {}
        self.is_shut = False
        """While true no wire is accepted."""
        self.forgets = False
        """While true no link can be taken up again."""
        self.acknowledges = True
        self.session: SessionState | None = None
        self.agent_requested = False
        self.has_codes = True
        """While false all lookup codes are in use."""
        self.settings = AccountSettings()
        self.policy = ""
        """The Content-Security-Policy of all pages."""

    # ---- what tests look at ----------------------------------------------------------------------

    @property
    def peer(self) -> Peer:
        """The tab that came last."""
        return self.peers[-1]

    def connected(self) -> list[Peer]:
        return [peer for peer in self.peers if peer.wire is not None]

    def has_peers(self, count: int) -> Callable[[], bool]:
        return lambda: len(self.connected()) == count

    # ---- HTTP ------------------------------------------------------------------------------------

    def answer(self, _connection: ServerConnection, request: Request) -> Response | None:
        path = urlsplit(request.path).path
        if path == "/ws":
            return Response(503, "Shut", Headers({"Content-Length": "0"}), b"") if self.is_shut else None
        kind, body = self.files.get(path, ("text/plain", b""))
        status = 200 if path in self.files else 404
        head = {"Content-Type": kind, "Content-Length": str(len(body)), "Connection": "close"}
        if self.policy:
            head["Content-Security-Policy"] = self.policy
        return Response(status, "OK", Headers(head), body)

    # ---- the socket ------------------------------------------------------------------------------

    def handle(self, wire: ServerConnection) -> None:
        try:
            hello = DECODER.decode(wire.recv(timeout=WAIT_S))
            if not isinstance(hello, Hello) or hello.key != KEY:
                self.refuse(wire, "unknown_key")
                return
            peer = self.welcome(wire, hello)
            for data in wire:
                self.read(peer, wire, data)
        except ConnectionClosed:
            return

    def refuse(self, wire: ServerConnection, code: RefusalCode) -> None:
        wire.send(msgspec.json.encode(Error(code=code, message=f"refused: {code}", advice=ADVICE[code])).decode())

    def welcome(self, wire: ServerConnection, hello: Hello) -> Peer:
        known = next((peer for peer in self.peers if hello.resume and peer.token == hello.resume), None)
        resumed = known is not None and not self.forgets
        peer = known if known is not None and resumed else Peer(tab=hello.tab)
        with peer.turn:
            if not resumed:
                self.peers.append(peer)
            peer.hellos.append(hello)
            peer.token = secrets.token_hex(8)
            wire.send(msgspec.json.encode(self.welcome_for(peer, hello, resumed=resumed)).decode())
            for text in peer.sent[hello.received :] if resumed else []:
                wire.send(text)
            peer.wire = wire
        return peer

    def welcome_for(self, peer: Peer, hello: Hello, *, resumed: bool) -> Welcome:
        visitor = hello.visitor
        if visitor is None or self.secrets.get(visitor.short_id) != visitor.secret:
            visitor = Credentials(short_id=secrets.token_hex(4).upper(), secret=secrets.token_hex(8))
            self.secrets[visitor.short_id] = visitor.secret
        return Welcome(
            protocol=1,
            connection=f"connection-{len(self.peers)}",
            resume=peer.token,
            resumed=resumed,
            received=peer.received if resumed else 0,
            visitor=visitor,
            lookup_code=None,
            watch_link=f"{self.url}/w/{visitor.short_id}",
            core="/core.js",
            surface="/surface.js",
            session=self.session,
            agent_requested=self.agent_requested,
            settings=self.settings,
        )

    def read(self, peer: Peer, wire: ServerConnection, data: str | bytes) -> None:
        if isinstance(data, bytes):
            self.count(peer)
            peer.frames.append(data)
            return
        message = DECODER.decode(data)
        if isinstance(message, Ping):
            wire.send(msgspec.json.encode(Pong(t=message.t, now_ms=0)).decode())
        elif isinstance(message, Bye):
            peer.left, peer.wire = True, None
        elif not isinstance(message, Ack):
            self.count(peer)
            peer.messages.append(message)
            if isinstance(message, LookupCodeWanted) and not self.has_codes:
                self.refuse(wire, "no_lookup_code")
            elif isinstance(message, LookupCodeWanted):
                peer.send(LookupCode(code="4711" if message.renew else "1234", expires_at="2030-01-01T00:00:00Z"))
            elif isinstance(message, PublicLinkWanted):
                url = f"{self.url}/join/{message.agent_name}"
                peer.send(PublicLink(id=message.id, url=url, expires_at="2030-01-01T00:00:00Z"))

    def count(self, peer: Peer) -> None:
        peer.received += 1
        if self.acknowledges:
            peer.acknowledge()


def session_for(peer: Peer, phase: Phase, **fields: Any) -> SessionState:
    """A session that shows this tab to one agent."""
    return SessionState(
        id="session-1",
        phase=phase,
        agents=[Agent(id="agent-1", name="Zoë", color="#0b7a75", connected=True)],
        control=fields.pop("control", None),
        asking=fields.pop("asking", None),
        permissions=Permissions(),
        tabs=[Tab(id=peer.tab, url="", title="", active=True)],
        **fields,
    )


@contextmanager
def opened(files: dict[str, tuple[str, bytes]]) -> Iterator[Door]:
    door = Door(files)
    with serve(door.handle, "127.0.0.1", 0, process_request=door.answer, ping_interval=None) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        host, port = server.socket.getsockname()
        door.url = f"http://{host}:{port}"
        try:
            yield door
        finally:
            for peer in door.peers:
                peer.cut()
            server.shutdown()
            thread.join()
