from __future__ import annotations

import os
from pathlib import Path

from twinpane.blobs.folder import FolderBlobs


async def test_blobs_survive_a_restart(tmp_path: Path) -> None:
    digest = await FolderBlobs(tmp_path / "blobs").put(b"one\ntwo", "text/css; charset=utf-8")
    assert await FolderBlobs(tmp_path / "blobs").get(digest) == (b"one\ntwo", "text/css; charset=utf-8")


async def test_a_digest_is_never_a_path(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("x\nsecret")
    blobs = FolderBlobs(tmp_path / "blobs")
    assert await blobs.get("../secret") is None
    assert await blobs.get("0" * 64) is None


async def test_what_was_read_least_recently_goes_when_the_bound_is_reached(tmp_path: Path) -> None:
    blobs = FolderBlobs(tmp_path, max_bytes=4000)
    digests = [await blobs.put(bytes([number]) * 1000, "image/png") for number in range(3)]
    for age, digest in enumerate(reversed(digests)):
        os.utime(tmp_path / digest[:2] / digest, (1000 - age, 1000 - age))
    await blobs.get(digests[0])
    newest = await blobs.put(b"n" * 1500, "image/png")
    assert await blobs.get(digests[0]) is not None
    assert await blobs.get(digests[1]) is None
    assert await blobs.get(newest) is not None


async def test_putting_twice_keeps_one(tmp_path: Path) -> None:
    blobs = FolderBlobs(tmp_path, max_bytes=2500)
    first = await blobs.put(b"x" * 1000, "image/png")
    for _ in range(5):
        assert await blobs.put(b"y" * 1000, "image/png") != first
    assert await blobs.get(first) is not None


async def test_r13_what_owners_have_is_apart_and_goes_with_them(tmp_path: Path) -> None:
    blobs = FolderBlobs(tmp_path)
    digest = await blobs.put(b"logo", "image/png")
    for owner in ("1/AAAA2222", "1/BBBB3333", "../../.."):
        assert await blobs.get(digest, owner) is None
        assert await blobs.put(b"logo", "image/png", owner) == digest
    await blobs.forget(["1/AAAA2222", "../../..", "", "nobody"])
    assert await blobs.get(digest, "1/AAAA2222") is None
    assert await blobs.get(digest, "1/BBBB3333") == (b"logo", "image/png")
    assert await blobs.get(digest) == (b"logo", "image/png")
