"""Find a page's team without asking the store at each connection."""

from __future__ import annotations

from typing import Final

from twinpane.ports.records import Team
from twinpane.ports.store import Store
from twinpane.ports.world import Clock

KEEP_S: Final = 10.0
MAX_KEPT: Final = 10_000


class Teams:
    """Remembers for 10 s which team a public key belongs to, or that there is none."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._kept: dict[str, tuple[float, Team | None]] = {}

    def changed(self, team: Team) -> None:
        """Know a team as it is now."""
        self._kept[team.public_key] = (self._clock.monotonic(), team)

    async def by_public_key(self, public_key: str) -> Team | None:
        """Find the team whose pages carry this key."""
        now_s = self._clock.monotonic()
        kept = self._kept.get(public_key)
        if kept is not None and now_s - kept[0] < KEEP_S:
            return kept[1]
        team = await self._store.team_by_public_key(public_key)
        if len(self._kept) >= MAX_KEPT:
            self._kept.clear()
        self._kept[public_key] = (now_s, team)
        return team
