"""The server's side of one agent's link, played by a test over a real WebSocket with the protocol's own structs."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from queue import Empty, Queue
from typing import Any, TypeVar

import msgspec
from twinpane.web.csp import NOTHING, stage, watch
from twinpane_protocol.agent import (
    AgentHello,
    AgentSessionChanged,
    AgentWelcome,
    Branding,
    FromAgent,
    PageReset,
    PictureShown,
    VisitorInfo,
    WindowChanged,
)
from twinpane_protocol.link import Ack, Bye, Ping, Pong
from twinpane_protocol.shared import Agent, Permissions, SessionState, Tab
from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response
from websockets.sync.server import ServerConnection, serve

from e2e.watch import mirrored

WAIT_S = 60.0
GRANT = "grant-of-the-seat"
ME = Agent(id="seat1", name="Zoë Lind", color="#0a7d5a", connected=True)
OTHER = Agent(id="seat2", name="Grace Osei", color="#b4530a", connected=True)
TAB = Tab(id="t1", url="https://slowpour.example/kettles?sort=price", title="Kettles - Slow Pour", active=True)
SESSION = SessionState(
    id="s1", phase="live", agents=[ME], control=None, asking=None, permissions=Permissions(), tabs=[TAB]
)
Kind = TypeVar("Kind")


class Desk:
    """Holds the address, what the agent's window sent, and the way to answer it."""

    def __init__(self, assets: Path) -> None:
        self.assets = assets
        self.url = ""
        self.session = SESSION
        self.branding = Branding()
        self.shell: dict[str, Any] = {"seat": "seat1", "grant": GRANT}
        self.size = (1280, 720)
        self.embedders: tuple[str, ...] = ("'none'",)
        self.known_embedders: tuple[str, ...] | None = None
        """Told to the page; the same as its policy says, unless a test wants to see what the page does by itself."""
        self.hello_answer: Any = None
        """Sent instead of a welcome when set."""
        self.accepts = threading.Event()
        self.accepts.set()
        self.gone = threading.Event()
        """A connection has ended."""
        self.received: Queue[Any] = Queue()
        self.hellos: list[AgentHello] = []
        self.shows_page = True
        self.has_policies = True
        """Whether our pages say what they may load. Without, a hostile page meets one wall less."""
        self.epoch = 0
        self._connection: ServerConnection | None = None
        self._connected = threading.Event()

    # ---- what a test does ------------------------------------------------------------------------

    def tell(self, message: Any) -> None:
        assert self._connected.wait(WAIT_S)
        assert self._connection
        self._connection.send(msgspec.json.encode(message).decode())

    def change(self, **fields: Any) -> None:
        """Change the session and tell it whole (X1)."""
        assert self._connected.wait(WAIT_S)
        self.session = msgspec.structs.replace(self.session, **fields)
        self.tell(AgentSessionChanged(session=self.session))

    def show_page(self) -> None:
        """Begin an epoch and send the shop."""
        self.begin_epoch()
        self.send(mirrored.snapshot(self.epoch, self.size))

    def begin_epoch(self) -> None:
        self.epoch += 1
        self.tell(PageReset(epoch=self.epoch, reason="joined"))

    def send(self, frame: bytes) -> None:
        assert self._connection
        self._connection.send(frame)

    def show_pointer(self, x: int, y: int) -> None:
        self.send(mirrored.pointer(self.epoch, x, y))

    def expect(self, kind: type[Kind]) -> Kind:
        """Wait for a message of that kind; others are let go."""
        while True:
            try:
                message = self.received.get(timeout=WAIT_S)
            except Empty:
                raise AssertionError(f"no {kind.__name__} came") from None
            if isinstance(message, kind):
                return message

    def sent_nothing_but(self, *kinds: type) -> bool:
        """Whether the agent asked for nothing else; what a window reports of itself is no asking."""
        return all(isinstance(message, (*kinds, PictureShown, WindowChanged)) for message in list(self.received.queue))

    def drop(self) -> None:
        """Cut the connection and take no new one until `accepts` is set."""
        self.accepts.clear()
        assert self._connection
        self._connection.socket.close()

    # ---- the socket ------------------------------------------------------------------------------

    def run(self, connection: ServerConnection) -> None:
        try:
            hello = msgspec.json.decode(connection.recv(), type=FromAgent)
            assert isinstance(hello, AgentHello)
            self.hellos.append(hello)
            self._connection = connection
            answer = self.hello_answer or self.welcome()
            connection.send(msgspec.json.encode(answer).decode())
            self._connected.set()
            if self.hello_answer is None and self.shows_page and self.session.phase in ("live", "paused"):
                self.show_page()
            for text in connection:
                self.take(connection, msgspec.json.decode(text, type=FromAgent))
        except (ConnectionClosed, OSError):
            pass
        finally:
            self.gone.set()

    def take(self, connection: ServerConnection, message: Any) -> None:
        if isinstance(message, Ping):
            connection.send(msgspec.json.encode(Pong(t=message.t, now_ms=0)).decode())
        elif not isinstance(message, Ack | Bye):
            self.received.put(message)

    def welcome(self) -> AgentWelcome:
        return AgentWelcome(
            protocol=1,
            me=ME.id,
            resume=f"resume-{len(self.hellos)}",
            resumed=False,
            received=0,
            assets="/assets/s1/",
            visitor=VisitorInfo(short_id="ADA23456", name="Ada", unique_id=None),
            branding=self.branding,
            session=self.session,
        )

    # ---- the pages -------------------------------------------------------------------------------

    def answer(self, connection: ServerConnection, request: Request) -> Response | None:
        path = request.path.partition("?")[0]
        if path == "/ws":
            return None if self.accepts.is_set() else page(b"not now", status=HTTPStatus.SERVICE_UNAVAILABLE)
        if path == "/stage":
            return page(b"<!doctype html><html><head></head><body></body></html>", self.policy(stage(self.embedders)))
        if path.startswith("/watch/s/"):
            return page(self.html({"seat": path.rpartition("/")[2]}), self.policy(watch(self.url, self.embedders)))
        if path.startswith("/watch/"):
            return page(self.html(self.shell), self.policy(watch(self.url, self.embedders)))
        file = self.assets / path.rpartition("/")[2]
        if path.startswith("/bundle/") and file.is_file():
            kind = {".js": "text/javascript", ".css": "text/css"}[file.suffix]
            return page(file.read_bytes(), kind=kind)
        return page(b"", status=HTTPStatus.NOT_FOUND)

    def policy(self, policy: str) -> str:
        return policy if self.has_policies else "frame-ancestors *"

    def html(self, seat: dict[str, Any]) -> bytes:
        names = json.loads((self.assets / "manifest.json").read_text())
        embedders = " ".join(self.embedders if self.known_embedders is None else self.known_embedders)
        return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Twinpane</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/bundle/{names["watch.css"]}">
</head><body><div id="app" data-embedders="{embedders}"></div>
<script type="application/json" id="seat">{json.dumps(seat)}</script>
<script type="module" src="/bundle/{names["watch.js"]}"></script></body></html>""".encode()


def page(
    body: bytes, policy: str = NOTHING, kind: str = "text/html; charset=utf-8", status: HTTPStatus = HTTPStatus.OK
) -> Response:
    headers = {"Content-Type": kind, "Content-Length": str(len(body)), "Connection": "close"}
    return Response(status.value, status.phrase, Headers({**headers, "Content-Security-Policy": policy}), body)


@contextmanager
def opened(assets: Path) -> Iterator[Desk]:
    """Serve on a free port until left."""
    desk = Desk(assets)
    # Chromium opens connections before it needs them; the end of a test waits for one that never asked anything.
    options: dict[str, Any] = {"process_request": desk.answer, "compression": None, "open_timeout": 1}
    with serve(desk.run, "127.0.0.1", 0, **options) as server:
        desk.url = f"http://127.0.0.1:{server.socket.getsockname()[1]}"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield desk
        finally:
            desk.accepts.set()
            if desk._connection:
                desk._connection.close()
            server.shutdown()
            thread.join(WAIT_S)
