"""Recordings in a folder or in memory. On disk each is one SQLite file: what was added survives a kill -9 (ADR 24)."""

from __future__ import annotations

import asyncio
import hashlib
import shutil
import sqlite3
import struct
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from twinpane.ports.recordings import Figures, Piece, RecordedAsset, RecordedFrame

_CHUNK_BYTES: Final = 256 * 1024
_HEAD: Final = struct.Struct("<II")
_TABLES: Final = """
CREATE TABLE IF NOT EXISTS frames (number INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, frame BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS assets (
    url TEXT PRIMARY KEY, body BLOB NOT NULL, content_type TEXT NOT NULL, final_url TEXT NOT NULL
);
"""


class FolderRecordings:
    """See `ports.recordings.Recordings`. Reading and writing happen in threads, one writer at a time."""

    def __init__(self, folder: Path) -> None:
        """Take the folder, which is made when it is needed."""
        self._folder = folder
        self._writing = asyncio.Lock()

    async def append(self, owner: str, session_id: str, piece: Piece) -> None:
        """Add to a recording."""
        async with self._writing:
            await asyncio.to_thread(self._append, self._place(owner, session_id), piece)

    async def has(self, owner: str, session_id: str) -> bool:
        """Whether there is anything of it here."""
        return await asyncio.to_thread(self._place(owner, session_id).exists)

    async def measure(self, owner: str, session_id: str) -> Figures | None:
        """What there is, and what is being added; None: nothing."""
        async with self._writing:
            return await asyncio.to_thread(self._measure, self._place(owner, session_id))

    async def frames(self, owner: str, session_id: str) -> AsyncIterator[bytes]:
        """All frames in their order, in chunks of some 256 kB."""
        place, after = self._place(owner, session_id), 0
        while True:
            chunk, after = await asyncio.to_thread(self._chunk, place, after)
            if not chunk:
                return
            yield chunk

    async def asset(self, owner: str, session_id: str, url: str) -> RecordedAsset | None:
        """An asset by the address that the page has for it."""
        return await asyncio.to_thread(self._asset, self._place(owner, session_id), url)

    async def delete(self, owner: str, session_id: str) -> None:
        """Delete a recording, if there is one."""
        async with self._writing:
            await asyncio.to_thread(_remove, [self._place(owner, session_id)])

    async def forget(self, owners: Sequence[str]) -> None:
        """Delete all that these owners have."""
        async with self._writing:
            await asyncio.to_thread(_remove, [self._folder_of(owner) for owner in owners])

    def _folder_of(self, owner: str) -> Path:
        """By hash: an owner's name is no path, and a listing of the folder names nobody."""
        return self._folder / hashlib.sha256(owner.encode()).hexdigest()

    def _place(self, owner: str, session_id: str) -> Path:
        return self._folder_of(owner) / f"{hashlib.sha256(session_id.encode()).hexdigest()[:32]}.db"

    def _append(self, place: Path, piece: Piece) -> None:
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with closing(sqlite3.connect(place)) as file, file:
            file.executescript(_TABLES)
            file.executemany("INSERT INTO frames (at_ms, frame) VALUES (?, ?)", piece.frames)
            file.executemany("INSERT OR REPLACE INTO assets VALUES (?, ?, ?, ?)", piece.assets)

    def _measure(self, place: Path) -> Figures | None:
        with _opened(place) as file:
            if file is None:
                return None
            [(length_ms, is_whole)] = file.execute("SELECT max(at_ms), min(length(frame)) > 0 FROM frames")
        return None if length_ms is None else Figures(length_ms, place.stat().st_size, bool(is_whole))

    def _chunk(self, place: Path, after: int) -> tuple[bytes, int]:
        """The frames after a number, and the number of the last one."""
        chunk = bytearray()
        with _opened(place) as file:
            rows = "SELECT number, at_ms, frame FROM frames WHERE number > ? AND length(frame) > 0 ORDER BY number"
            for number, at_ms, frame in () if file is None else file.execute(rows, (after,)):
                chunk += _HEAD.pack(at_ms, len(frame)) + frame
                after = number
                if len(chunk) >= _CHUNK_BYTES:
                    break
        return bytes(chunk), after

    def _asset(self, place: Path, url: str) -> RecordedAsset | None:
        with _opened(place) as file:
            rows = "SELECT url, body, content_type, final_url FROM assets WHERE url = ?"
            found = None if file is None else file.execute(rows, (url,)).fetchone()
        return None if found is None else RecordedAsset(*found)


@contextmanager
def _opened(place: Path) -> Iterator[sqlite3.Connection | None]:
    """Open a recording to read; None if there is none, or if it has gone meanwhile."""
    if not place.exists():
        yield None
        return
    with closing(sqlite3.connect(f"{place.as_uri()}?mode=ro", uri=True)) as file:
        yield file


def _remove(places: list[Path]) -> None:
    for place in places:
        if place.is_dir():
            with suppress(FileNotFoundError):  # Another server of many may be at it, too.
                shutil.rmtree(place)
        else:
            place.unlink(missing_ok=True)


@dataclass(slots=True)
class _Kept:
    frames: list[RecordedFrame] = field(default_factory=list)
    assets: dict[str, RecordedAsset] = field(default_factory=dict)


class MemoryRecordings:
    """See `ports.recordings.Recordings`."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], _Kept] = {}

    async def append(self, owner: str, session_id: str, piece: Piece) -> None:
        """Add to a recording."""
        kept = self._kept.setdefault((owner, session_id), _Kept())
        kept.frames.extend(piece.frames)
        kept.assets.update((asset.url, asset) for asset in piece.assets)

    async def has(self, owner: str, session_id: str) -> bool:
        """Whether there is anything of it here."""
        return (owner, session_id) in self._kept

    async def measure(self, owner: str, session_id: str) -> Figures | None:
        """What there is; None: nothing."""
        kept = self._kept.get((owner, session_id))
        if kept is None or not kept.frames:
            return None
        size = sum(len(each.frame) for each in kept.frames) + sum(len(each.body) for each in kept.assets.values())
        return Figures(max(each.at_ms for each in kept.frames), size, all(each.frame for each in kept.frames))

    async def frames(self, owner: str, session_id: str) -> AsyncIterator[bytes]:
        """All frames in their order, each a chunk."""
        kept = self._kept.get((owner, session_id), _Kept())
        for at_ms, frame in kept.frames:
            if frame:
                yield _HEAD.pack(at_ms, len(frame)) + frame

    async def asset(self, owner: str, session_id: str, url: str) -> RecordedAsset | None:
        """An asset by the address that the page has for it."""
        return self._kept.get((owner, session_id), _Kept()).assets.get(url)

    async def delete(self, owner: str, session_id: str) -> None:
        """Delete a recording, if there is one."""
        self._kept.pop((owner, session_id), None)

    async def forget(self, owners: Sequence[str]) -> None:
        """Delete all that these owners have."""
        for place in [place for place in self._kept if place[0] in owners]:
            del self._kept[place]
