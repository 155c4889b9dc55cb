"""Carry a peer who landed here to the node that is its home: one hop, bytes both ways (N3).

The client has its 101 from us already; the home is told the client's own request again, under the server's seal, and
its 101 is swallowed. After that nothing is parsed: what one side cannot take stops the reading from the other.
"""

from __future__ import annotations

import asyncio
import ssl
from dataclasses import replace
from typing import Any, Final, cast
from urllib.parse import urlsplit

import structlog
from twinpane_protocol.agent import AgentHello
from twinpane_protocol.console import ConsoleHello
from twinpane_protocol.visitor import Hello
from websockets.http11 import Request

from twinpane.errors import UnavailableError
from twinpane.live.admission import Caller
from twinpane.live.framing import text_frame
from twinpane.live.refusals import refusal
from twinpane.live.registry import Live
from twinpane.ports.nodes import Node
from twinpane.web.door import DoorOptions, Socket
from twinpane.web.door_sweeper import Sweeper

HOP: Final = "Twinpane-Hop"
_REACHED_WITHIN_S: Final = 3.0
_MAX_HEAD_BYTES: Final = 16_384
_AGAIN_MS: Final = 700
_END: Final = b"\r\n\r\n"

_log = structlog.get_logger(__name__)


class Hop(asyncio.Protocol):
    """The connection to a peer's home. `reached` is set once the home has taken the upgrade, or has an error."""

    def __init__(self, head: bytes, client: asyncio.Transport) -> None:
        self.reached: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.transport: asyncio.Transport | None = None
        self._head = head
        self._answer = b""
        self._client = client

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the upgrade."""
        self.transport = cast(asyncio.Transport, transport)
        self.transport.write(self._head)

    def data_received(self, data: bytes) -> None:
        """Pass on what the home says."""
        if self.reached.done():
            self._pass_on(data)
            return
        self._answer += data
        head, end, rest = self._answer.partition(_END)
        if end and head.startswith(b"HTTP/1.1 101 "):
            self.reached.set_result(None)
            self._pass_on(rest)
        elif end or len(self._answer) > _MAX_HEAD_BYTES:
            self.reached.set_exception(ConnectionError("the home did not take the upgrade"))

    def connection_lost(self, exc: Exception | None) -> None:
        """Hang up on the client: it comes again."""
        if not self.reached.done():
            self.reached.set_exception(ConnectionError("the home hung up"))
        elif not self.reached.exception():
            self._client.close()

    def pause_writing(self) -> None:
        """The home does not keep up: read no more from the client."""
        if not self._client.is_closing():
            self._client.pause_reading()

    def resume_writing(self) -> None:
        """Read on from the client."""
        if not self._client.is_closing():
            self._client.resume_reading()

    def _pass_on(self, data: bytes) -> None:
        if data and not self._client.is_closing():
            self._client.write(data)


class NodeSocket(Socket):
    """A socket of one node of many: before the welcome it finds out whose the peer is."""

    __slots__ = ("_carried_from", "_hop", "_raw")

    def __init__(self, live: Live, options: DoorOptions, sweeper: Sweeper, connections: set[Any]) -> None:
        super().__init__(live, options, sweeper, connections)
        self._hop: Hop | None = None
        self._raw: list[bytes] = []
        self._carried_from: str | None = None
        """Of a connection that another node carries here: the client's address."""

    # ---- asyncio.Protocol ----------------------------------------------------------------------------

    def data_received(self, data: bytes) -> None:
        """Take bytes, or pass them on."""
        if self._hop is not None:
            if self._hop.transport is not None and not self._hop.transport.is_closing():
                self._hop.transport.write(data)
            return
        if self._peer is None:
            self._raw.append(data)
        super().data_received(data)

    def connection_lost(self, exc: Exception | None) -> None:
        """Let go of everything; the home sees its peer go."""
        if self._hop is not None and self._hop.transport is not None:
            self._hop.transport.close()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """The client does not keep up: read no more from its home."""
        super().pause_writing()
        if self._hop is not None and self._hop.transport is not None and not self._hop.transport.is_closing():
            self._hop.transport.pause_reading()

    def resume_writing(self) -> None:
        """Read on from its home."""
        super().resume_writing()
        if self._hop is not None and self._hop.transport is not None and not self._hop.transport.is_closing():
            self._hop.transport.resume_reading()

    def shutdown(self) -> None:
        """Hang up; into what is passed on nothing of ours can be said."""
        if self._hop is None:
            super().shutdown()
        elif self._transport is not None:
            self._transport.close()

    # ---- coming in -----------------------------------------------------------------------------------

    def _take_request(self, request: Request) -> None:
        said = request.headers.get_all(HOP)
        if said:
            seal, _, address = said[0].partition(" ")
            if not self._live.is_true_hop(seal, *_words(request, address)):
                self._core.send_response(self._core.reject(403, "Not allowed.\n"))
                return
            self._carried_from = address
        super()._take_request(request)

    async def _admit(self, hello: Hello | AgentHello | ConsoleHello) -> None:
        transport = self._transport
        if transport is None or transport.is_closing():
            return
        # Until it is known whose the peer is, nothing more is read than came with the hello.
        transport.pause_reading()
        try:
            home = await self._live.other_home(hello)
            if home is not None and self._carried_from is not None:
                raise UnavailableError("The peer belongs to a third node by now.")
            if home is not None:
                await self._carry(home, transport)
        except (UnavailableError, OSError, TimeoutError) as error:
            _log.info("peer_not_carried", why=str(error) or type(error).__name__)
            self._come_again()
            return
        if home is None and not transport.is_closing():
            self._raw = []
            transport.resume_reading()
            await super()._admit(hello)

    def _caller(self) -> Caller:
        caller = super()._caller()
        return caller if self._carried_from is None else replace(caller, ip_address=self._carried_from or None)

    # ---- carrying ------------------------------------------------------------------------------------

    async def _carry(self, home: Node, transport: asyncio.Transport) -> None:
        """Connect to the home and pass on what the client has said; raises OSError or TimeoutError."""
        loop, to = asyncio.get_running_loop(), urlsplit(home.address)
        secure = ssl.create_default_context() if to.scheme == "https" else None
        hop = Hop(self._head(home), transport)
        try:
            async with asyncio.timeout(_REACHED_WITHIN_S):
                await loop.create_connection(
                    lambda: hop, to.hostname or "", to.port or (443 if secure else 80), ssl=secure
                )
                await hop.reached
        except BaseException:
            if hop.transport is not None:
                hop.transport.abort()
            raise
        if transport.is_closing() or hop.transport is None:
            if hop.transport is not None:
                hop.transport.close()
            return
        self._hop = hop
        self._sweeper.remove(self)
        _, _, said = b"".join(self._raw).partition(_END)
        self._raw, self._waiting, self._hello = [], [], None
        hop.transport.write(said)
        transport.resume_reading()

    def _head(self, home: Node) -> bytes:
        request = cast(Request, self._request)
        address = super()._caller().ip_address or ""
        seal = self._live.hop_seal(home.id, *_words(request, address))
        lines = [f"GET {request.path} HTTP/1.1"]
        lines += [f"{name}: {value}" for name, value in request.headers.raw_items() if name.lower() != HOP.lower()]
        lines.append(f"{HOP}: {seal} {address}")
        return "\r\n".join([*lines, "", ""]).encode("latin-1", errors="replace")

    def _come_again(self) -> None:
        self._live.count_refusal("server_restarting")
        self.write(text_frame(refusal("server_restarting", retry_in_ms=_AGAIN_MS)))
        self.close(1012, "server_restarting")
        if self._transport is not None and not self._transport.is_closing():
            self._transport.resume_reading()


def _words(request: Request, address: str) -> tuple[str, str, str]:
    """What is sealed: the handshake's own random key, so that a seal is of one connection, and who it is from."""
    return request.headers.get("Sec-WebSocket-Key", ""), request.path, address
