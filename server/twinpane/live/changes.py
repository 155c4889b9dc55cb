"""Who wants to hear that something about a visitor changed: the team consoles that are open."""

from __future__ import annotations

from collections.abc import Callable

Hear = Callable[[str], None]
"""Is called with a short ID; returns at once."""


class Changes:
    """One listener a team at most. While nobody listens, noting costs a look into a dictionary."""

    def __init__(self) -> None:
        self._hear: dict[int, Hear] = {}
        self.tell_others: Callable[[int, str], None] | None = None
        """Among many nodes: is called with team and short ID of what changed at this one."""

    def note(self, team_id: int, short_id: str) -> None:
        """Note that a visitor, or their session, is not as it was."""
        if self.tell_others is not None:
            self.tell_others(team_id, short_id)
        self.heard(team_id, short_id)

    def heard(self, team_id: int, short_id: str) -> None:
        """Note that a visitor at any node is not as they were."""
        if (hear := self._hear.get(team_id)) is not None:
            hear(short_id)

    def listen(self, team_id: int, hear: Hear) -> Callable[[], None]:
        """Hear of a team's visitors; returns how to stop."""
        self._hear[team_id] = hear

        def stop() -> None:
            self._hear.pop(team_id, None)

        return stop
