"""Recordings are kept by both adapters alike (R20)."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from twinpane.blobs.recordings import FolderRecordings, MemoryRecordings
from twinpane.ports.recordings import Piece, RecordedAsset, RecordedFrame, Recordings


@pytest.fixture(params=["memory", "folder"])
def recordings(request: pytest.FixtureRequest, tmp_path: Path) -> Recordings:
    return MemoryRecordings() if request.param == "memory" else FolderRecordings(tmp_path / "recordings")


def frames(*pairs: tuple[int, bytes]) -> Piece:
    return Piece(frames=[RecordedFrame(*pair) for pair in pairs])


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


async def read(recordings: Recordings, owner: str, session_id: str) -> list[tuple[int, bytes]]:
    found = b"".join([chunk async for chunk in recordings.frames(owner, session_id)])
    told = []
    while found:
        at_ms, length = struct.unpack_from("<II", found)
        told.append((at_ms, found[8 : 8 + length]))
        found = found[8 + length :]
    return told


async def test_r20_pieces_come_back_in_their_order_and_each_session_has_its_own(recordings: Recordings) -> None:
    await recordings.append("1/A", "s1", frames((0, b"first"), (40, b"second")))
    await recordings.append("1/A", "s2", frames((7, b"other")))
    await recordings.append("1/A", "s1", frames((90_000, b"third" * 100_000), (90_001, b"last")))
    assert await read(recordings, "1/A", "s1") == [
        (0, b"first"),
        (40, b"second"),
        (90_000, b"third" * 100_000),
        (90_001, b"last"),
    ]
    assert await read(recordings, "1/A", "s2") == [(7, b"other")]
    figures = await recordings.measure("1/A", "s1")
    assert figures is not None
    assert (figures.length_ms, figures.is_whole) == (90_001, True)
    assert 500_000 < figures.byte_count < 600_000


async def test_r20_what_stopped_at_its_bound_is_not_whole_and_ends_there(recordings: Recordings) -> None:
    await recordings.append("1/A", "s1", frames((0, b"first"), (5, b"")))
    figures = await recordings.measure("1/A", "s1")
    assert figures is not None
    assert not figures.is_whole
    assert await read(recordings, "1/A", "s1") == [(0, b"first")]


async def test_r20_assets_are_found_by_the_pages_address_and_the_newest_counts(recordings: Recordings) -> None:
    old = RecordedAsset("https://a/x.css", b"old", "text/css", "https://a/x.css")
    new = RecordedAsset("https://a/x.css", b"new", "text/css", "https://cdn/x.css")
    await recordings.append("1/A", "s1", Piece(assets=[old]))
    await recordings.append("1/A", "s1", Piece(assets=[new]))
    assert await recordings.asset("1/A", "s1", "https://a/x.css") == new
    assert await recordings.asset("1/A", "s1", "https://a/y.css") is None
    assert await recordings.asset("1/A", "s2", "https://a/x.css") is None
    assert await recordings.measure("1/A", "s1") is None


async def test_r13_recordings_go_one_by_one_and_with_their_visitor(recordings: Recordings, tmp_path: Path) -> None:
    for session_id in ("s1", "s2"):
        await recordings.append("1/A", session_id, frames((0, b"zebra")))
    await recordings.append("1/B", "s3", frames((0, b"zebra")))
    await recordings.delete("1/A", "s1")
    await recordings.delete("1/A", "s1")
    assert await recordings.measure("1/A", "s1") is None
    assert not await recordings.has("1/A", "s1")
    assert await recordings.has("1/A", "s2")
    assert await read(recordings, "1/A", "s2") == [(0, b"zebra")]
    await recordings.forget(["1/A", "1/nobody"])
    assert await read(recordings, "1/A", "s2") == []
    assert await read(recordings, "1/B", "s3") == [(0, b"zebra")]
    await recordings.forget(["1/B"])
    assert files(tmp_path) == []


async def test_a_recording_can_be_read_by_its_owner_alone_and_names_nobody(tmp_path: Path) -> None:
    await FolderRecordings(tmp_path / "recordings").append("1/SHORTID2", "session-1", frames((0, b"x")))
    [file] = files(tmp_path)
    assert "SHORTID2" not in str(file)
    assert "session-1" not in str(file)
    assert file.parent.stat().st_mode & 0o077 == 0
