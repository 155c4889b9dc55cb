"""Undo and redo content encodings (gzip, deflate, br, zstd) piece by piece, within bounds (P5)."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Final, Protocol

import brotli
import zstandard

KNOWN_ENCODINGS: Final = ("zstd", "br", "gzip", "deflate")
_STEP_BYTES: Final = 65_536
# Every 4 bytes of zstd may stand for 128 kB: fed in small pieces, a bomb is seen before it has unfolded.
_ZSTD_FEED_BYTES: Final = 256
_ZSTD_WINDOW_BYTES: Final = 1 << 27
# A few kilobytes of blanks shrink a thousandfold, honestly.
_RATIO_FREE_BYTES: Final = 1 << 20
_GZIP_WINDOW: Final = 31
_GZIP_LEVEL: Final = 4
_GZIP_MAGIC: Final = b"\x1f\x8b"
_BROTLI_QUALITY: Final = 4
# Nobody packs more than twice; a header with a thousand would be a thousand calls deep.
_STEPS_MAX: Final = 8


class BodyError(ValueError):
    """A body that cannot be decoded: `code` is `corrupt`, `too_large` or `unknown_encoding`."""

    def __init__(self, code: str):
        """Take the code."""
        super().__init__(code)
        self.code = code


class _Unpacker(Protocol):
    def unpack(self, data: bytes) -> Iterator[bytes]:
        """Give the decoded bytes in pieces of bounded size."""
        ...

    def finish(self) -> bytes:
        """Give the rest; raise BodyError if the end is missing."""
        ...


class BodyDecoder:
    """Decode one body. Raises BodyError beyond `max_bytes`, or `max_ratio` times what came in (after a first MB)."""

    def __init__(self, content_encoding: str, max_bytes: int, max_ratio: int = 1000):
        """Take the `Content-Encoding` header: encodings in the order they were applied."""
        names = [name.strip().lower() for name in content_encoding.split(",")]
        self._steps = [_unpacker(name) for name in reversed(names) if name not in ("", "identity")]
        if len(self._steps) > _STEPS_MAX:
            raise BodyError("unknown_encoding")
        self._max_bytes = max_bytes
        self._max_ratio = max_ratio
        self._given_bytes = 0
        self._made_bytes = 0

    def feed(self, data: bytes) -> bytes:
        """Return the decoded bytes that this piece makes known."""
        self._given_bytes += len(data)
        return b"".join(self._through(data, 0))

    def close(self) -> bytes:
        """Return the rest."""
        parts: list[bytes] = []
        for number, step in enumerate(self._steps):
            parts += self._through(step.finish(), number + 1)
        return b"".join(parts)

    def _through(self, data: bytes, number: int) -> Iterator[bytes]:
        if number == len(self._steps):
            self._made_bytes += len(data)
            allowed = max(_RATIO_FREE_BYTES, self._given_bytes * self._max_ratio)
            if self._made_bytes > min(self._max_bytes, allowed):
                raise BodyError("too_large")
            yield data
            return
        try:
            for piece in self._steps[number].unpack(data):
                yield from self._through(piece, number + 1)
        except (zlib.error, brotli.error, zstandard.ZstdError) as error:
            raise BodyError("corrupt") from error


class _Zlib:
    """Gzip with any number of members, or deflate with or without its header: servers do both."""

    def __init__(self, name: str):
        self._name = name
        self._window = _GZIP_WINDOW if name == "gzip" else 0
        self._inflater = zlib.decompressobj(_GZIP_WINDOW) if name == "gzip" else None
        self._is_empty = True
        self._is_over = False

    def unpack(self, data: bytes) -> Iterator[bytes]:
        while data and not self._is_over:
            if self._inflater is None:
                # A zlib header's first two bytes are a multiple of 31 and say method 8.
                self._window = zlib.MAX_WBITS if data[0] & 0x0F == 8 else -zlib.MAX_WBITS
                self._inflater = zlib.decompressobj(self._window)
            self._is_empty = False
            yield self._inflater.decompress(data, _STEP_BYTES)
            data = self._inflater.unconsumed_tail
            if self._inflater.eof:
                data = self._inflater.unused_data
                if self._name == "gzip" and data[:2] == _GZIP_MAGIC:
                    self._inflater = zlib.decompressobj(_GZIP_WINDOW)
                    continue
                # Browsers forgive what follows the end; it is not kept. Half of another beginning may yet become one.
                self._is_over = self._name != "gzip" or not _GZIP_MAGIC.startswith(data)
                return

    def finish(self) -> bytes:
        # A body cut short is shown as far as it goes, as browsers do.
        return self._inflater.flush() if self._inflater is not None and not self._is_empty else b""


class _Brotli:
    def __init__(self) -> None:
        self._decompressor = brotli.Decompressor()

    def unpack(self, data: bytes) -> Iterator[bytes]:
        piece = self._decompressor.process(data, output_buffer_limit=_STEP_BYTES)
        # It may take all that is given and still hold back what that makes known.
        while piece or not self._decompressor.can_accept_more_data():
            yield piece
            piece = self._decompressor.process(b"", output_buffer_limit=_STEP_BYTES)

    def finish(self) -> bytes:
        return b""


class _Zstd:
    def __init__(self) -> None:
        self._decompressor = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW_BYTES).decompressobj(
            read_across_frames=True
        )

    def unpack(self, data: bytes) -> Iterator[bytes]:
        for at in range(0, len(data), _ZSTD_FEED_BYTES):
            yield self._decompressor.decompress(data[at : at + _ZSTD_FEED_BYTES])

    def finish(self) -> bytes:
        return b""


def _unpacker(name: str) -> _Unpacker:
    if name in ("gzip", "x-gzip"):
        return _Zlib("gzip")
    if name == "deflate":
        return _Zlib("deflate")
    if name == "br":
        return _Brotli()
    if name == "zstd":
        return _Zstd()
    raise BodyError("unknown_encoding")


class BodyEncoder:
    """Encode one body as it streams: `name` is gzip, br or zstd. Every piece can be read as soon as it arrives."""

    def __init__(self, name: str):
        """Begin a body."""
        self.name = name
        self._gzip = zlib.compressobj(_GZIP_LEVEL, zlib.DEFLATED, _GZIP_WINDOW) if name == "gzip" else None
        self._brotli = brotli.Compressor(quality=_BROTLI_QUALITY) if name == "br" else None
        self._zstd = zstandard.ZstdCompressor().compressobj() if name == "zstd" else None

    def feed(self, data: bytes) -> bytes:
        """Return the encoded piece, flushed."""
        if not data:
            return b""
        if self._gzip is not None:
            return self._gzip.compress(data) + self._gzip.flush(zlib.Z_SYNC_FLUSH)
        if self._brotli is not None:
            return bytes(self._brotli.process(data)) + bytes(self._brotli.flush())
        if self._zstd is not None:
            return self._zstd.compress(data) + self._zstd.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)
        return data

    def close(self) -> bytes:
        """Return the end of the body."""
        if self._gzip is not None:
            return self._gzip.flush()
        if self._brotli is not None:
            return bytes(self._brotli.finish())
        return self._zstd.flush() if self._zstd is not None else b""


def packed(body: bytes, name: str) -> bytes:
    """Return a whole body encoded."""
    encoder = BodyEncoder(name)
    return encoder.feed(body) + encoder.close()


def unpacked(body: bytes, content_encoding: str, max_bytes: int) -> bytes:
    """Return a whole body decoded. Raises BodyError."""
    decoder = BodyDecoder(content_encoding, max_bytes)
    return decoder.feed(body) + decoder.close()


def choose_encoding(accept_encoding: str, content_encoding: str = "gzip") -> str:
    """Return the encoding for a rewritten body: the fastest that the browser takes, or `identity`.

    `content_encoding` is what the site chose: what it does not pack stays so, it may have a reason (secrets).
    """
    if content_encoding.strip().lower() in ("", "identity"):
        return "identity"
    accepted = {
        name.partition(";")[0].strip().lower()
        for name in accept_encoding.split(",")
        if name.partition(";")[2].replace(" ", "").lower() not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    }
    return next((name for name in ("zstd", "br", "gzip") if name in accepted), "identity")
