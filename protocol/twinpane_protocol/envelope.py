"""The 12-byte header of a binary frame; the only part of a page frame the server reads (W4).

Layout, big-endian: version and kind (u8: 4 bits each), flags (u8), epoch (u16), seq (u32), t_ms (u32), payload.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import IntEnum, IntFlag

VERSION = 1
HEADER = struct.Struct(">BBHII")
HEADER_BYTES = HEADER.size


class Kind(IntEnum):
    """What the payload is."""

    FACTS = 1
    """A batch of facts of the page, in order."""
    ASSET = 2
    """Bytes of an asset the page supplies: u32 length of a UTF-8 JSON head `{url,type,status}`, head, body."""


class Flag(IntFlag):
    """How to treat the frame."""

    SNAPSHOT_START = 1
    """First frame of an epoch: what came before is void (F2)."""
    SNAPSHOT_END = 2
    """The whole page has now been told once."""
    DEFLATED = 4
    """The payload is compressed with raw deflate (RFC 1951)."""
    VOLATILE = 8
    """Only the newest counts (pointer): not journalled, dropped first when an agent lags."""


class BadEnvelopeError(ValueError):
    """A binary frame that is too short, of another version or of an unknown kind."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """A decoded header. `epoch` 0..65535, `seq` counts frames of the epoch from 0, `t_ms`
    the server's time at the page when the first change it tells was seen, mod 2^32; 0: not known."""

    kind: Kind
    flags: Flag
    epoch: int
    seq: int
    t_ms: int


def encode_header(envelope: Envelope) -> bytes:
    """Return the 12 bytes that precede a payload."""
    first = VERSION << 4 | envelope.kind
    return HEADER.pack(first, envelope.flags, envelope.epoch, envelope.seq, envelope.t_ms)


def decode_header(frame: bytes | bytearray | memoryview) -> Envelope:
    """Read the header of a binary frame.

    Raises BadEnvelopeError when it is shorter than a header, of another version, or of an unknown kind or flag.
    """
    if len(frame) < HEADER_BYTES:
        raise BadEnvelopeError(f"a frame has at least {HEADER_BYTES} bytes, this one {len(frame)}")
    first, flags, epoch, seq, t_ms = HEADER.unpack_from(frame)
    if first >> 4 != VERSION:
        raise BadEnvelopeError(f"version {first >> 4} is not {VERSION}")
    if flags > 15:
        raise BadEnvelopeError(f"unknown flags {flags:#x}")
    try:
        kind = Kind(first & 15)
    except ValueError:
        raise BadEnvelopeError(f"unknown kind {first & 15}") from None
    return Envelope(kind, Flag(flags), epoch, seq, t_ms)
