"""What a restart reads, in memory: open sessions and lookup codes (K1)."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from datetime import datetime
from typing import Any

from twinpane.ports.kept import LookupCodeRecord
from twinpane.ports.records import Seat, SessionRecord, Visitor


class MemoryKept:
    """The part of the memory store that a restart reads; see `ports.kept.KeptStore`."""

    _sessions: dict[str, SessionRecord]
    _visitors: dict[tuple[int, str], Visitor]

    def __init__(self) -> None:
        """Begin empty."""
        self._codes: dict[tuple[int, str], LookupCodeRecord] = {}

    def _seats_of(self, session_id: str) -> list[Seat]:
        raise NotImplementedError

    async def keep_sessions(
        self, states: Mapping[str, dict[str, Any] | None], now: datetime, holder: str | None = None
    ) -> None:
        """Note that these sessions were alive, and what each wants kept; None leaves what is kept."""
        for session_id, state in states.items():
            record = self._sessions.get(session_id)
            if record is not None and record.ended_at is None:
                record.kept_at, record.state = now, record.state if state is None else deepcopy(state)

    async def open_sessions(self) -> list[SessionRecord]:
        """All sessions that have no end, with their seats; oldest first."""
        unended = [record for record in self._sessions.values() if record.ended_at is None]
        unended.sort(key=lambda record: record.started_at)
        return [replace(deepcopy(record), agents=self._seats_of(record.id)) for record in unended]

    async def keep_lookup_code(self, code: LookupCodeRecord) -> None:
        """Keep a visitor's code instead of the one before."""
        if (code.team_id, code.short_id) in self._visitors:
            self._codes[code.team_id, code.short_id] = code

    def codes_of(self, team_id: int, short_id: str) -> list[LookupCodeRecord]:
        """The visitor's code, if they have one."""
        code = self._codes.get((team_id, short_id))
        return [code] if code is not None else []

    async def lookup_codes(self, now: datetime) -> list[LookupCodeRecord]:
        """All codes that hold; the others are deleted."""
        self._codes = {place: code for place, code in self._codes.items() if code.expires_at > now}
        return list(self._codes.values())
