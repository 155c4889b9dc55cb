"""Encode what peers are sent, once for all of them (W1)."""

from __future__ import annotations

from typing import Any, Final

import msgspec
from websockets.frames import Frame, Opcode

_ENCODER = msgspec.json.Encoder()

MAX_CUSTOM_CHARACTERS: Final = 5000
"""The longest custom message as JSON (W5)."""


def text_frame(message: msgspec.Struct) -> bytes:
    """Return the WebSocket text frame of a control message (RFC 6455, section 5.2; a server does not mask)."""
    return Frame(Opcode.TEXT, _ENCODER.encode(message)).serialize(mask=False)


def binary_frame(data: bytes) -> bytes:
    """Return the WebSocket binary frame of a page frame."""
    return Frame(Opcode.BINARY, data).serialize(mask=False)


def characters_of(message: Any) -> int:
    """Return how long a custom message is as JSON, in characters (W5)."""
    return len(_ENCODER.encode(message).decode())
