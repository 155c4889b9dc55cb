from __future__ import annotations

import hashlib

from twinpane.blobs.memory import MemoryBlobs


async def test_blobs_are_found_by_the_hash_of_their_bytes() -> None:
    blobs = MemoryBlobs()
    digest = await blobs.put(b"logo", "image/png")
    assert digest == hashlib.sha256(b"logo").hexdigest()
    assert await blobs.get(digest) == (b"logo", "image/png")
    assert await blobs.get("0" * 64) is None


async def test_what_was_used_least_recently_goes_first() -> None:
    blobs = MemoryBlobs(max_bytes=30)
    first, second, third = [await blobs.put(bytes([number]) * 10, "image/png") for number in range(3)]
    await blobs.get(first)
    await blobs.put(b"newest....", "image/png")
    assert await blobs.get(first) is not None
    assert await blobs.get(second) is None
    assert await blobs.get(third) is not None


async def test_a_blob_above_the_bound_is_not_kept_and_pushes_nothing_out() -> None:
    blobs = MemoryBlobs(max_bytes=20)
    small = await blobs.put(b"small", "image/png")
    large = await blobs.put(bytes(21), "image/png")
    assert await blobs.get(large) is None
    assert await blobs.get(small) is not None


async def test_r13_what_owners_have_is_apart_and_goes_with_them() -> None:
    blobs = MemoryBlobs()
    digest = await blobs.put(b"logo", "image/png")
    for owner in ("1/AAAA2222", "1/BBBB3333", "../../.."):
        assert await blobs.get(digest, owner) is None
        assert await blobs.put(b"logo", "image/png", owner) == digest
    await blobs.forget(["1/AAAA2222", "../../..", "", "nobody"])
    assert await blobs.get(digest, "1/AAAA2222") is None
    assert await blobs.get(digest, "1/BBBB3333") == (b"logo", "image/png")
    assert await blobs.get(digest) == (b"logo", "image/png")
