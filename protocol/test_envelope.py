"""The header of binary frames: vectors that the browser's side reads too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twinpane_protocol.envelope import (
    HEADER_BYTES,
    BadEnvelopeError,
    Envelope,
    Flag,
    Kind,
    decode_header,
    encode_header,
)

VECTORS = json.loads((Path(__file__).parent / "vectors/envelope.json").read_text())


def envelope_of(fields: dict[str, Any]) -> Envelope:
    return Envelope(Kind(fields["kind"]), Flag(fields["flags"]), fields["epoch"], fields["seq"], fields["t_ms"])


@pytest.mark.parametrize("vector", VECTORS["valid"], ids=lambda vector: vector["name"])
def test_w4_a_header_is_read_and_written_as_the_vector_says(vector: dict[str, Any]) -> None:
    frame = bytes.fromhex(vector["hex"])
    envelope = envelope_of(vector["envelope"])
    assert decode_header(frame) == envelope
    assert encode_header(envelope) + bytes.fromhex(vector["payload"]) == frame


@pytest.mark.parametrize("vector", VECTORS["error"], ids=lambda vector: vector["name"])
def test_w6_a_bad_header_is_refused(vector: dict[str, Any]) -> None:
    with pytest.raises(BadEnvelopeError):
        decode_header(bytes.fromhex(vector["hex"]))


@given(st.binary(max_size=40))
def test_w6_any_bytes_are_read_or_refused_and_never_raise_otherwise(frame: bytes) -> None:
    try:
        envelope = decode_header(frame)
    except BadEnvelopeError:
        return
    assert encode_header(envelope) == frame[:HEADER_BYTES]
