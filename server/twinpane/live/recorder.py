"""Records one session: what agents get of the page, with its times (R20)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from twinpane.live.assets import Asset, owner_name
from twinpane.live.errands import Errands
from twinpane.ports.recordings import Figures, Piece, RecordedAsset, RecordedFrame, Recordings
from twinpane.ports.records import SessionRecord
from twinpane.ports.store import Store
from twinpane.ports.world import Clock

WRITTEN_WITHIN_S: Final = 1.0
"""What is lost at most when the process is killed."""
MAX_BYTES: Final = 100 * 1024 * 1024


class Recorder:
    """Takes frames and assets as they pass; a second later they are kept. Masked text was never in them."""

    def __init__(
        self,
        recordings: Recordings,
        clock: Clock,
        errands: Errands,
        owner: str,
        session_id: str,
        began_at: datetime,
        max_bytes: int = MAX_BYTES,
    ) -> None:
        """Take when the session went live, from which its times count, in whatever process."""
        self._recordings = recordings
        self._clock = clock
        self._errands = errands
        self._owner = owner
        self._session_id = session_id
        self._began_at = began_at
        self._bytes_left = max_bytes
        self._is_full = False
        self._frames: list[RecordedFrame] = []
        self._assets: list[RecordedAsset] = []
        self._cancel: Callable[[], None] | None = None

    def take(self, frame: bytes) -> None:
        """Take a frame that goes to agents. The bound is a word in the recording: nothing follows it."""
        if self._is_full:
            return
        self._bytes_left -= len(frame)
        self._is_full = self._bytes_left <= 0
        at_ms = max(0, round((self._clock.now() - self._began_at).total_seconds() * 1000))
        self._frames.append(RecordedFrame(at_ms, b"" if self._is_full else frame))
        self._write_soon()

    def take_asset(self, url: str, asset: Asset) -> None:
        """Take an asset that an agent's browser was given."""
        if self._is_full:
            return
        self._bytes_left -= len(asset.body)
        self._assets.append(RecordedAsset(url, asset.body, asset.content_type, asset.url))
        self._write_soon()

    def flush(self) -> None:
        """Begin to keep what was taken."""
        if self._cancel is not None:
            self._cancel()
            self._cancel = None
        if self._frames or self._assets:
            piece = Piece(self._frames, self._assets)
            self._frames, self._assets = [], []
            self._errands.run("record", self._recordings.append(self._owner, self._session_id, piece))

    def _write_soon(self) -> None:
        if self._cancel is None:
            self._cancel = self._clock.call_later(WRITTEN_WITHIN_S, self._write)

    def _write(self) -> None:
        self._cancel = None
        self.flush()


async def close_recording(recordings: Recordings, store: Store, record: SessionRecord) -> Figures | None:
    """Note with a session that ended what was recorded of it; returns it, None for nothing."""
    figures = await recordings.measure(owner_name(record.team_id, record.short_id), record.id)
    if figures is not None:
        await store.set_recording(record.id, figures._asdict())
    return figures
