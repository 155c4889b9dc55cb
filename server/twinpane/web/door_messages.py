"""Read what peers send: control messages told apart by `type`, strictly (W1)."""

from __future__ import annotations

from typing import Any, Literal

import msgspec
from starlette.requests import cookie_parser
from twinpane_protocol.agent import AgentHello, FromAgent
from twinpane_protocol.console import ConsoleHello, FromConsole
from twinpane_protocol.visitor import FromVisitor, Hello

from twinpane.access.log_ins import cookie_name
from twinpane.errors import ForbiddenError

Role = Literal["visitor", "agent", "console"]


class _Opening(msgspec.Struct, frozen=True):
    """What a first frame must have to be a hello at all."""

    type: str
    role: Role = "visitor"


_OPENING = msgspec.json.Decoder(_Opening)
_HELLOS: dict[Role, msgspec.json.Decoder[Any]] = {
    "visitor": msgspec.json.Decoder(Hello),
    "agent": msgspec.json.Decoder(AgentHello),
    "console": msgspec.json.Decoder(ConsoleHello),
}
_MESSAGES: dict[Role, msgspec.json.Decoder[Any]] = {
    "visitor": msgspec.json.Decoder(FromVisitor),
    "agent": msgspec.json.Decoder(FromAgent),
    "console": msgspec.json.Decoder(FromConsole),
}
UNREADABLE = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)
"""What reading raises for anything that is not a message of ours."""


class NoHelloError(Exception):
    """A first frame that is something else."""


def read_hello(data: bytes) -> Hello | AgentHello | ConsoleHello:
    """Read a first frame. Raises NoHelloError when it is another message, one of UNREADABLE when it is none."""
    try:
        opening = _OPENING.decode(data)
    except msgspec.ValidationError:
        raise NoHelloError from None
    if opening.type != "hello":
        raise NoHelloError
    hello: Hello | AgentHello | ConsoleHello = _HELLOS[opening.role].decode(data)
    return hello


def decoder_for(role: Role) -> msgspec.json.Decoder[Any]:
    """Return the decoder of all messages that this role may send."""
    return _MESSAGES[role]


def log_in_of(origin: str, cookies: str | None) -> str | None:
    """The secret of the console's log-in among the cookies that a socket's request carries."""
    try:
        return cookie_parser(cookies or "").get(cookie_name(origin))
    except ForbiddenError:
        return None
