"""Control messages that both languages read the same way, and those that both refuse."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from twinpane_protocol.agent import FromAgent, ToAgent
from twinpane_protocol.visitor import FromVisitor, ToVisitor

VECTORS = json.loads((Path(__file__).parent / "vectors/messages.json").read_text())
DECODERS: dict[str, msgspec.json.Decoder[Any]] = {
    "FromVisitor": msgspec.json.Decoder(FromVisitor),
    "ToVisitor": msgspec.json.Decoder(ToVisitor),
    "FromAgent": msgspec.json.Decoder(FromAgent),
    "ToAgent": msgspec.json.Decoder(ToAgent),
}


def cases(kind: str) -> list[Any]:
    return [
        pytest.param(direction, message, id=f"{direction}-{number}")
        for direction in DECODERS
        for number, message in enumerate(VECTORS[direction][kind])
    ]


@pytest.mark.parametrize(("direction", "message"), cases("valid"))
def test_w1_a_message_is_understood_and_survives_a_round_trip(direction: str, message: dict[str, Any]) -> None:
    decoded = DECODERS[direction].decode(json.dumps(message))
    assert DECODERS[direction].decode(msgspec.json.encode(decoded)) == decoded
    assert msgspec.to_builtins(decoded)["type"] == message["type"]


@pytest.mark.parametrize(("direction", "message"), cases("invalid"))
def test_w6_what_is_no_message_is_refused(direction: str, message: Any) -> None:
    with pytest.raises(msgspec.ValidationError):
        DECODERS[direction].decode(json.dumps(message))
