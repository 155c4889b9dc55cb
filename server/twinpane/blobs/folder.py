"""Blobs in a folder, bounded: what was read least recently goes first. Survives a restart."""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Final

DEFAULT_MAX_BYTES: Final = 1024 * 1024 * 1024
_OWNED: Final = "owned"
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

    async def put(self, body: bytes, content_type: str, owner: str = "") -> str:
        """Keep bytes; returns their SHA-256 in hex."""
        digest = hashlib.sha256(body).hexdigest()
        async with self._writing:
            await asyncio.to_thread(self._write, self._place(digest, owner), body, content_type)
        return digest

    async def get(self, digest: str, owner: str = "") -> tuple[bytes, str] | None:
        """The bytes and their content type, if still kept."""
        if _DIGEST.fullmatch(digest) is None:
            return None
        return await asyncio.to_thread(self._read, self._place(digest, owner))

    async def forget(self, owners: Sequence[str]) -> None:
        """Delete all that these owners have."""
        async with self._writing:
            await asyncio.to_thread(self._remove, [self._folder_of(owner) for owner in owners if owner])

    def _place(self, digest: str, owner: str) -> Path:
        return self._folder_of(owner) / digest if owner else self._folder / digest[:2] / digest

    def _folder_of(self, owner: str) -> Path:
        """By hash: an owner's name is no path, and a listing of the folder names nobody."""
        return self._folder / _OWNED / hashlib.sha256(owner.encode()).hexdigest()

    def _remove(self, folders: list[Path]) -> None:
        found = [folder for folder in folders if folder.exists()]
        for folder in found:
            shutil.rmtree(folder)
        if found and self._bytes is not None:
            self._bytes = sum(size for _, size, _ in self._files())

    def _read(self, place: Path) -> tuple[bytes, str] | None:
        try:
            content_type, _, body = place.read_bytes().partition(b"\n")
            os.utime(place)
        except FileNotFoundError:
            return None
        return body, content_type.decode()

    def _write(self, place: Path, body: bytes, content_type: str) -> None:
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
        places = [*self._folder.glob("??/*"), *self._folder.glob(f"{_OWNED}/*/*")]
        stats = [(place.stat(), place) for place in places]
        return [(stat.st_mtime_ns, stat.st_size, place) for stat, place in stats]
