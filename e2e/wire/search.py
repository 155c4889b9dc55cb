"""Looks for secrets in all that left a page: as they are, in other spellings, and in parts."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Generator, Iterable, Iterator
from contextlib import suppress
from typing import Any, Final

from twinpane_protocol.envelope import HEADER_BYTES, BadEnvelopeError, Flag, Kind, decode_header
from websockets.frames import Frame
from websockets.streams import StreamReader

from e2e.cable import Said

PART: Final = 8
"""So many letters of a secret in a row are a leak as well: texts are told in splices."""


def spellings(secret: str) -> set[bytes]:
    """A secret as bytes, in every spelling that something on the way may give it; letters as small ones."""
    plain = secret.encode()
    found = {plain, plain[::-1], secret.encode("utf-16-le"), plain.hex().encode()}
    for before in range(3):
        # Three ways in which base64 may fall; what it shares with its neighbours is cut off.
        spelled = base64.b64encode(b"\0" * before + plain)
        found |= {spelled[4 if before else 0 : -4], base64.urlsafe_b64encode(b"\0" * before + plain)[4:-4]}
    return {each.lower() for each in found}


def hits(secrets: dict[str, str], sinks: dict[str, bytes]) -> list[str]:
    """Which secrets are where. `secrets`: by what they are called; `sinks`: bytes by where they were."""
    parts = {
        secret[at : at + PART].lower(): name for name, secret in secrets.items() for at in range(len(secret) - PART + 1)
    }
    spelled = {each: name for name, secret in secrets.items() for each in spellings(secret)}
    found = set[str]()
    for where, raw in sinks.items():
        small = raw.lower()
        found |= {f"{name} · {where}" for each, name in spelled.items() if each in small}
        if where.endswith("decoded"):
            text = small.decode(errors="replace")
            windows = {text[at : at + PART] for at in range(len(text) - PART + 1)}
            found |= {f"{parts[part]} · {where}" for part in windows & parts.keys()}
    return sorted(found)


# ---- what sockets said ---------------------------------------------------------------------------


def raw(said: Iterable[Said]) -> bytes:
    """All bytes of some connections, as they were."""
    return b"\n".join(bytes(each.up) + b"\n" + bytes(each.down) for each in list(said))


def decoded(said: Iterable[Said]) -> bytes:
    """The messages of all WebSockets among the connections: unmasked, inflated, with JSON's own escapes undone."""
    found: list[bytes] = []
    for each in list(said):
        found += map(plain, messages(bytes(each.up), masked=True))
        found += map(plain, messages(bytes(each.down), masked=False))
    return b"\n".join(found)


def messages(stream: bytes, *, masked: bool) -> Iterator[bytes]:
    """Data of the frames of a WebSocket (RFC 6455) in one direction; none where it is none."""
    head, _, rest = stream.partition(b"\r\n\r\n")
    if b"upgrade: websocket" not in head.lower():
        return
    assert b"permessage-deflate" not in head.lower() or masked, "a compressed socket is not searched yet"
    reader = StreamReader()
    reader.feed_data(rest)
    reader.feed_eof()
    with suppress(EOFError):
        while True:
            yield bytes(_run(Frame.parse(reader.read_exact, mask=masked)).data)


def _run(parsing: Generator[None, None, Any]) -> Frame:
    while True:
        try:
            next(parsing)
        except StopIteration as done:
            frame: Frame = done.value
            return frame


def plain(message: bytes) -> bytes:
    """A message as text: control messages and page facts; an asset as its bytes."""
    if message[:1] == b"{":
        return _unescaped(message)
    try:
        envelope = decode_header(message)
    except BadEnvelopeError:
        return message
    payload = message[HEADER_BYTES:]
    if envelope.flags & Flag.DEFLATED:
        payload = zlib.decompress(payload, -15)
    return _unescaped(payload) if envelope.kind is Kind.FACTS else payload


def _unescaped(json_text: bytes) -> bytes:
    return json.dumps(json.loads(json_text), ensure_ascii=False).encode()
