"""Blobs in a folder, bounded: what was read least recently goes first. Survives a restart."""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
from pathlib import Path
from typing import Final

DEFAULT_MAX_BYTES: Final = 1024 * 1024 * 1024
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


class FolderBlobs:
    """See `ports.blobs.Blobs`. A file is its content type in one line, then the body; its name is the body's hash.

    Reading and writing happen in threads, one writer at a time.
    """

    def __init__(self, folder: Path, max_bytes: int = DEFAULT_MAX_BYTES) -> None:
        """Take the folder, which is made if missing, and the bound of all files together."""
        self._folder = folder
        self._max_bytes = max_bytes
        self._bytes: int | None = None
        self._writing = asyncio.Lock()

    async def put(self, body: bytes, content_type: str) -> str:
        """Keep bytes; returns their SHA-256 in hex."""
        digest = hashlib.sha256(body).hexdigest()
        async with self._writing:
            await asyncio.to_thread(self._write, digest, body, content_type)
        return digest

    async def get(self, digest: str) -> tuple[bytes, str] | None:
        """The bytes and their content type, if still kept."""
        if _DIGEST.fullmatch(digest) is None:
            return None
        return await asyncio.to_thread(self._read, digest)

    def _place(self, digest: str) -> Path:
        return self._folder / digest[:2] / digest

    def _read(self, digest: str) -> tuple[bytes, str] | None:
        place = self._place(digest)
        try:
            content_type, _, body = place.read_bytes().partition(b"\n")
            os.utime(place)
        except FileNotFoundError:
            return None
        return body, content_type.decode()

    def _write(self, digest: str, body: bytes, content_type: str) -> None:
        place = self._place(digest)
        if place.exists():
            os.utime(place)
            return
        place.parent.mkdir(parents=True, exist_ok=True)
        # Written aside and renamed, so that nobody ever reads half a blob.
        aside = place.with_suffix(".part")
        aside.write_bytes(content_type.replace("\n", " ").encode() + b"\n" + body)
        aside.replace(place)
        if self._bytes is None:
            self._bytes = sum(size for _, size, _ in self._files())
        else:
            self._bytes += place.stat().st_size
        if self._bytes > self._max_bytes:
            self._bytes = self._make_room()

    def _make_room(self) -> int:
        """Delete the files that were not read for longest, down to nine tenths of the bound."""
        files = sorted(self._files())
        total = sum(size for _, size, _ in files)
        for _, size, place in files:
            if total <= self._max_bytes * 9 // 10:
                break
            place.unlink(missing_ok=True)
            total -= size
        return total

    def _files(self) -> list[tuple[float, int, Path]]:
        stats = [(place.stat(), place) for place in self._folder.glob("??/*")]
        return [(stat.st_mtime_ns, stat.st_size, place) for stat, place in stats]
