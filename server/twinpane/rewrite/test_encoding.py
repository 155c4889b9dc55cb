from __future__ import annotations

import contextlib
import gzip
import hashlib
import tracemalloc
import zlib

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from twinpane.rewrite.encoding import BodyDecoder, BodyEncoder, BodyError, choose_encoding, packed, unpacked

TEXT = b"<p>Twinpane</p>" * 5000
RAW_DEFLATE = zlib.compressobj(wbits=-15)
BODIES = {
    "gzip": gzip.compress(TEXT),
    "x-gzip": gzip.compress(TEXT[:100]) + gzip.compress(TEXT[100:]),
    "deflate": zlib.compress(TEXT),
    "Deflate": RAW_DEFLATE.compress(TEXT) + RAW_DEFLATE.flush(),
    "br": brotli.compress(TEXT),
    "zstd": zstandard.compress(TEXT),
    "zstd ": zstandard.compress(TEXT[:100]) + zstandard.compress(TEXT[100:]),
    "identity": TEXT,
    "": TEXT,
    "gzip, br": brotli.compress(gzip.compress(TEXT)),
}


def decoded(name: str, body: bytes, step: int, max_bytes: int = 1 << 20) -> bytes:
    decoder = BodyDecoder(name, max_bytes)
    return b"".join(decoder.feed(body[at : at + step]) for at in range(0, len(body), step)) + decoder.close()


@pytest.mark.parametrize("name", BODIES)
@pytest.mark.parametrize("step", [1, 1000, 1 << 20])
def test_p3_every_encoding_is_undone_whatever_the_pieces(name: str, step: int) -> None:
    assert decoded(name, BODIES[name], step) == TEXT


@pytest.mark.parametrize("name", ["gzip", "br", "zstd", "deflate"])
@pytest.mark.parametrize("step", [1000, 1 << 20])
def test_p3_a_body_that_shrinks_little_is_undone_to_its_end(name: str, step: int) -> None:
    text = b"".join(hashlib.sha256(bytes([number >> 8, number & 255])).hexdigest().encode() for number in range(3000))
    assert decoded(name, packed(text, name) if name != "deflate" else zlib.compress(text), step) == text


@pytest.mark.parametrize("name", ["gzip", "br", "zstd", "deflate"])
def test_p5_a_bomb_is_refused_before_it_has_unfolded(name: str) -> None:
    blanks = b" " * (64 << 20)
    bomb = {
        "gzip": lambda: gzip.compress(blanks, 9),
        "deflate": lambda: zlib.compress(blanks, 9),
        "br": lambda: brotli.compress(blanks, quality=5),
        "zstd": lambda: zstandard.compress(blanks),
    }[name]()
    with pytest.raises(BodyError, match="too_large"):
        decoded(name, bomb, len(bomb), max_bytes=20 << 20)
    if name in ("br", "zstd"):
        with pytest.raises(BodyError, match="too_large"):
            decoded(name, bomb, len(bomb), max_bytes=1 << 30)


@pytest.mark.parametrize("name", ["gzip", "deflate"])
def test_p5_what_follows_the_end_is_neither_shown_nor_kept(name: str) -> None:
    decoder = BodyDecoder(name, 1 << 20)
    assert decoder.feed(BODIES[name]) == TEXT
    tracemalloc.start()
    assert not any(decoder.feed(bytes(100_000)) for _ in range(200))
    assert tracemalloc.get_traced_memory()[0] < 1_000_000
    tracemalloc.stop()


def test_p5_a_body_packed_over_and_over_is_refused() -> None:
    with pytest.raises(BodyError, match="unknown_encoding"):
        BodyDecoder(", ".join(["gzip"] * 1000), 1 << 20)


@pytest.mark.parametrize(
    ("name", "code"), [("gzip", "corrupt"), ("br", "corrupt"), ("zstd", "corrupt"), ("pack", "unknown_encoding")]
)
def test_w6_what_is_not_so_encoded_has_a_clear_code(name: str, code: str) -> None:
    with pytest.raises(BodyError) as raised:
        decoded(name, b"\xffnonsense that no encoder made" * 10, 1000)
    assert raised.value.code == code


def test_p3_a_body_cut_short_is_shown_as_far_as_it_goes() -> None:
    for name in ("gzip", "br", "zstd", "deflate"):
        assert TEXT.startswith(decoded(name, BODIES[name][:-5], 100))


@pytest.mark.parametrize("name", ["gzip", "br", "zstd", "identity"])
def test_p3_each_piece_can_be_read_as_soon_as_it_arrives(name: str) -> None:
    encoder, decoder = BodyEncoder(name), BodyDecoder(name, 1 << 20)
    for piece in (b"<html>", b"", b"<body>"):
        assert decoder.feed(encoder.feed(piece)) == piece
    assert decoder.feed(encoder.close()) + decoder.close() == b""


@pytest.mark.parametrize(
    ("accept", "name"),
    [
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip, br", "br"),
        ("gzip;q=1.0, br;q=0", "gzip"),
        ("deflate", "identity"),
        ("", "identity"),
    ],
)
def test_p3_the_browsers_choice_is_kept(accept: str, name: str) -> None:
    assert choose_encoding(accept) == name


@pytest.mark.parametrize(("content_encoding", "name"), [("", "identity"), ("identity", "identity"), ("br", "zstd")])
def test_p3_what_the_site_does_not_pack_stays_so(content_encoding: str, name: str) -> None:
    assert choose_encoding("gzip, br, zstd", content_encoding) == name


@pytest.mark.parametrize("name", ["gzip", "br", "zstd", "identity"])
def test_p3_a_whole_body_comes_back(name: str) -> None:
    assert unpacked(packed(TEXT, name), name, len(TEXT)) == TEXT


@given(st.binary(max_size=300), st.sampled_from(["gzip", "deflate", "br", "zstd", "gzip, zstd"]))
def test_w6_any_bytes_give_bytes_or_a_code(body: bytes, name: str) -> None:
    with contextlib.suppress(BodyError):
        decoded(name, body, 50)
