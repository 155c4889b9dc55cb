"""The WebSocket door: one socket address for all peers, plugged into uvicorn by `ws=make_door(...)` (W1 to W8).

The protocol is that of the `websockets` library's sans-IO core; this class moves bytes. There is no task a
connection: a hello is the only thing that waits for anything. Frames to peers are written as encoded by the live room.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, replace
from typing import Any, Final, Protocol, cast

import msgspec
from twinpane_protocol.agent import AgentHello
from twinpane_protocol.console import ConsoleHello
from twinpane_protocol.link import Ack, Bye, Ping
from twinpane_protocol.shared import RefusalCode
from twinpane_protocol.visitor import Hello
from websockets.frames import CloseCode, Frame, Opcode
from websockets.http11 import Request
from websockets.protocol import OPEN
from websockets.server import ServerProtocol

from twinpane.live.admission import Caller
from twinpane.live.framing import text_frame
from twinpane.live.origins import own_origin
from twinpane.live.refusals import refusal
from twinpane.live.registry import Live
from twinpane.web.door_messages import UNREADABLE, NoHelloError, decoder_for, log_in_of, read_hello
from twinpane.web.door_sweeper import Sweeper

_LOG = logging.getLogger(__name__)
# The library tells each opened connection; for 50,000 of them that is no news.
_QUIET = logging.getLogger(f"{__name__}.protocol")
_QUIET.setLevel(logging.WARNING)

PATH: Final = "/ws"
CONSOLE_PATH: Final = "/console/socket"
PING: Final = bytes([0x80 | Opcode.PING, 0])
BAD_IN_A_ROW: Final = 10
WAITING_FRAMES: Final = 64
CLOSE_WITHIN_S: Final = 5.0
CONTROL_SAVED_S: Final = 10.0
"""For how long a peer that says nothing saves up the messages that it may send at once (W5)."""
UNNUMBERED: Final = (Ack, Bye, Ping)


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorOptions:
    """Limits and times of W2, W5 and W7; `own_origins` are this server's, besides the one a request was sent to."""

    own_origins: frozenset[str] = frozenset()
    trust_forwarded_for: bool = False
    """Whether a proxy in front sets X-Forwarded-For."""
    max_frame_bytes: int = 8 * 1024 * 1024
    max_control_bytes: int = 16 * 1024
    max_control_per_s: int = 200
    hello_within_s: float = 10.0
    ping_every_s: float = 25.0
    silent_after_s: float = 60.0
    sweep_every_s: float = 2.5


class Peer(Protocol):
    """What the door needs of a peer that was let in."""

    def receive(self, message: msgspec.Struct) -> None:
        """Take a decoded control message."""

    def receive_frame(self, frame: bytes) -> bool:
        """Take a binary frame; False if it cannot be read."""

    def receive_bad(self, code: RefusalCode) -> None:
        """Take a frame that is refused unread."""

    def dropped(self, wire: Any) -> None:
        """Note that the socket is gone."""


class Socket(asyncio.Protocol):
    """One connection. It is also the `Wire` of the peer behind it."""

    __slots__ = (
        "_bad_in_a_row",
        "_began_s",
        "_closing_since_s",
        "_connections",
        "_control_left",
        "_control_since_s",
        "_core",
        "_decoder",
        "_heard_s",
        "_hello",
        "_live",
        "_options",
        "_parts",
        "_peer",
        "_pinged_s",
        "_request",
        "_sweeper",
        "_transport",
        "_waiting",
        "is_slow",
    )

    def __init__(self, live: Live, options: DoorOptions, sweeper: Sweeper, connections: set[Any]) -> None:
        self._live = live
        self._options = options
        self._sweeper = sweeper
        self._connections = connections
        # Before the hello nobody may make us keep more than a hello.
        self._core = ServerProtocol(max_size=4 * options.max_control_bytes, logger=_QUIET)
        self._transport: asyncio.Transport | None = None
        self._peer: Peer | None = None
        self._decoder = decoder_for("visitor")
        self._hello: asyncio.Task[None] | None = None
        self._request: Request | None = None
        self._parts: list[Frame] = []
        self._waiting: list[tuple[bool, bytes]] = []
        self._began_s = self._heard_s = self._pinged_s = self._control_since_s = _now_s()
        self._closing_since_s: float | None = None
        self._control_left = options.max_control_per_s * CONTROL_SAVED_S
        self._bad_in_a_row = 0
        self.is_slow = False

    # ---- asyncio.Protocol ----------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the socket from uvicorn."""
        self._transport = cast(asyncio.Transport, transport)
        self._connections.add(self)
        self._sweeper.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell the peer, and let go of everything."""
        self._connections.discard(self)
        self._sweeper.remove(self)
        peer, self._peer = self._peer, None
        if peer is not None:
            peer.dropped(self)
        self._transport = None

    def pause_writing(self) -> None:
        """More waits to be written than the other side reads."""
        self.is_slow = True

    def resume_writing(self) -> None:
        """The other side has caught up."""
        self.is_slow = False

    def data_received(self, data: bytes) -> None:
        """Take bytes; whatever they are, nothing is raised (W6)."""
        self._heard_s = _now_s()
        core = self._core
        core.receive_data(data)
        for event in core.events_received():
            if isinstance(event, Frame):
                self._take_frame(event)
            elif isinstance(event, Request):
                self._take_request(event)
        self._flush()

    def eof_received(self) -> None:
        """The other side has hung up."""

    def shutdown(self) -> None:
        """Tell the peer to come again, since the server ends; called by uvicorn."""
        self._turn_away("server_restarting")
        if self._transport is not None:
            self._transport.close()

    # ---- Wire ----------------------------------------------------------------------------------------

    @property
    def went_away(self) -> bool:
        """Whether the other side closed because it left the page."""
        close = self._core.close_rcvd
        return close is not None and close.code == CloseCode.GOING_AWAY

    def write(self, encoded: bytes) -> None:
        """Send a whole WebSocket frame; ignored once closing."""
        transport = self._transport
        if transport is not None and self._closing_since_s is None and not transport.is_closing():
            transport.write(encoded)

    def close(self, code: int, reason: str) -> None:
        """Send a close frame; the socket closes when it is answered, or 5 s later."""
        if self._closing_since_s is not None or self._transport is None:
            return
        self._closing_since_s = _now_s()
        if self._core.state is OPEN:
            self._core.send_close(code, reason)
            self._flush()
        else:
            self._transport.close()

    # ---- for the sweeper -----------------------------------------------------------------------------

    def look_after(self, now_s: float) -> None:
        """Ping if it is time, hang up if it is too late (W2, W7)."""
        options, transport = self._options, self._transport
        if transport is None:
            return
        if self._closing_since_s is not None:
            if now_s - self._closing_since_s > CLOSE_WITHIN_S:
                transport.abort()
        elif now_s - self._heard_s > options.silent_after_s:
            transport.abort()
        elif self._peer is None and self._hello is None and now_s - self._began_s > options.hello_within_s:
            self._turn_away("hello_expected")
        elif now_s - self._pinged_s > options.ping_every_s and self._core.state is OPEN:
            self._pinged_s = now_s
            transport.write(PING)

    # ---- coming in -----------------------------------------------------------------------------------

    def _take_request(self, request: Request) -> None:
        core = self._core
        is_ours = request.path.partition("?")[0] in (PATH, CONSOLE_PATH)
        core.send_response(core.accept(request) if is_ours else core.reject(404, "Not found.\n"))
        self._request = request

    def _take_frame(self, frame: Frame) -> None:
        if self._closing_since_s is not None or frame.opcode not in (Opcode.TEXT, Opcode.BINARY, Opcode.CONT):
            return
        if frame.fin and not self._parts:
            self._take(frame.opcode is Opcode.TEXT, bytes(frame.data))
            return
        self._parts.append(frame)
        if frame.fin:
            parts, self._parts = self._parts, []
            self._take(parts[0].opcode is Opcode.TEXT, b"".join(part.data for part in parts))

    def _take(self, is_text: bool, data: bytes) -> None:
        peer = self._peer
        if peer is None:
            self._take_before_welcome(is_text, data)
            return
        try:
            if is_text:
                self._take_text(peer, data)
            elif len(data) > self._options.max_frame_bytes:
                peer.receive_bad("frame_too_large")
            elif peer.receive_frame(data):
                self._bad_in_a_row = 0
            else:
                self._count_bad()
        except Exception:
            _LOG.exception("a frame was not handled")
            peer.receive_bad("internal")

    def _take_text(self, peer: Peer, data: bytes) -> None:
        if len(data) > self._options.max_control_bytes:
            peer.receive_bad("frame_too_large")
            return
        try:
            message = self._decoder.decode(data)
        except UNREADABLE:
            peer.receive_bad("bad_message")
            self._count_bad()
            return
        self._bad_in_a_row = 0
        if not isinstance(message, UNNUMBERED) and self._is_too_often():
            peer.receive_bad("too_many_messages")
            return
        try:
            peer.receive(message)
        except RecursionError:
            peer.receive_bad("bad_message")

    def _is_too_often(self) -> bool:
        """Count a numbered message; what was not said is saved up, for a peer that was cut off says it all at once."""
        per_s = self._options.max_control_per_s
        earned = (self._heard_s - self._control_since_s) * per_s
        self._control_left = min(self._control_left + earned, per_s * CONTROL_SAVED_S)
        self._control_since_s = self._heard_s
        if self._control_left < 1:
            return True
        self._control_left -= 1
        return False

    def _count_bad(self) -> None:
        self._bad_in_a_row += 1
        if self._bad_in_a_row >= BAD_IN_A_ROW:
            self._turn_away("bad_message")

    # ---- hello ---------------------------------------------------------------------------------------

    def _take_before_welcome(self, is_text: bool, data: bytes) -> None:
        if self._hello is not None:
            self._waiting.append((is_text, data))
            if len(self._waiting) > WAITING_FRAMES:
                self._turn_away("hello_expected")
            return
        try:
            if not is_text or len(data) > self._options.max_control_bytes:
                raise NoHelloError
            hello = read_hello(data)
        except NoHelloError:
            self._turn_away("hello_expected")
        except UNREADABLE:
            self._turn_away("bad_message")
        else:
            self._hello = asyncio.get_running_loop().create_task(self._admit(hello))

    async def _admit(self, hello: Hello | AgentHello | ConsoleHello) -> None:
        try:
            answer = await self._ask_in(hello)
        except Exception:
            _LOG.exception("a hello was not answered")
            answer = "internal"
        if isinstance(answer, str):
            self._turn_away(answer)
            return
        self._peer = answer
        self._hello = self._request = None
        for is_text, data in self._waiting:
            if self._closing_since_s is None:
                self._take(is_text, data)
        self._waiting = []
        if self._transport is None:
            answer.dropped(self)

    async def _ask_in(self, hello: Hello | AgentHello | ConsoleHello) -> Peer | RefusalCode:
        caller = self._caller()
        is_at_console = self._request is not None and self._request.path.partition("?")[0] == CONSOLE_PATH
        if is_at_console != isinstance(hello, ConsoleHello):
            return "hello_expected"
        if isinstance(hello, Hello):
            # Four frames' worth is read to be refused by a code; beyond that the connection ends with 1009.
            self._core.max_message_size = 4 * self._options.max_frame_bytes
            self._decoder = decoder_for("visitor")
            return await self._live.hello_visitor(hello, caller)
        self._core.max_message_size = 64 * self._options.max_control_bytes
        if not own_origin(caller.origin, self._own_origins()):
            return "origin_not_allowed"
        if isinstance(hello, ConsoleHello):
            self._decoder = decoder_for("console")
            log_in = log_in_of(caller.origin or "", self._header("Cookie"))
            return await self._live.hello_console(hello, replace(caller, log_in=log_in))
        self._decoder = decoder_for("agent")
        return await self._live.hello_agent(hello, caller)

    def _own_origins(self) -> frozenset[str]:
        host = self._header("Host")
        return self._options.own_origins | {f"http://{host}", f"https://{host}"}

    def _caller(self) -> Caller:
        address = self._transport.get_extra_info("peername") if self._transport is not None else None
        ip_address = address[0] if isinstance(address, tuple) else None
        if self._options.trust_forwarded_for and (forwarded := self._header("X-Forwarded-For")):
            ip_address = forwarded.rpartition(",")[2].strip()
        user_agent = self._header("User-Agent")
        return Caller(self, self._header("Origin"), ip_address, user_agent[:500] if user_agent else None)

    def _header(self, name: str) -> str | None:
        values = self._request.headers.get_all(name) if self._request is not None else []
        return values[-1] if values else None

    def _turn_away(self, code: RefusalCode) -> None:
        """Say why and close; where coming again may help, the advice says so."""
        self._live.count_refusal(code)
        self.write(text_frame(refusal(code)))
        self.close(1012 if code == "server_restarting" else 1008, code)

    # ---- going out -----------------------------------------------------------------------------------

    def _flush(self) -> None:
        """Write what the protocol core wants to say: handshake, pongs, close."""
        if self._transport is None:
            return
        for data in self._core.data_to_send():
            if data and not self._transport.is_closing():
                self._transport.write(data)
            else:
                self._closing_since_s = self._closing_since_s or _now_s()
                self._transport.close()


def make_door(live: Live, options: DoorOptions | None = None, kind: type[Socket] = Socket) -> type[asyncio.Protocol]:
    """Return the class that uvicorn hands upgraded sockets to: `uvicorn.Config(app, ws=make_door(live))`."""
    chosen = options or DoorOptions()
    sweeper = Sweeper(chosen.sweep_every_s)

    class Door(kind):  # type: ignore[misc, valid-type]
        """A socket of this server."""

        __slots__ = ()

        def __init__(self, config: Any, server_state: Any, app_state: Any) -> None:
            super().__init__(live, chosen, sweeper, server_state.connections)

    return Door


def _now_s() -> float:
    return asyncio.get_running_loop().time()
