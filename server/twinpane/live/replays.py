"""Links to replays of recorded sessions (R20): nothing to store, as the server's seal is on them."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Literal

from twinpane.live.credentials import Seal

VALID_FOR: Final = timedelta(hours=1)
Door = Literal["replay", "replay assets"]
"""What a token opens: the frames, or images and the like alone, whose token stands in addresses."""


@dataclass(frozen=True, slots=True)
class Replay:
    """The recording that a token opens, until when."""

    team_id: int
    short_id: str
    session_id: str
    expires_at: datetime


class Replays:
    """Makes and reads the tokens of replays."""

    def __init__(self, seal: Seal) -> None:
        self._seal = seal

    def token(self, door: Door, replay: Replay) -> str:
        """What shows a door which recording may be seen. Times count in whole seconds."""
        words = _words(replay)
        return ".".join((*words, self._seal.sign(door, *words)))

    def read(self, door: Door, token: str) -> Replay | None:
        """The recording of a token, also when its time is over; None if it is not ours or opens another door."""
        *words, seal = token.split(".")
        if len(words) != 4 or not hmac.compare_digest(seal.encode(), self._seal.sign(door, *words).encode()):
            return None
        team_id, short_id, session_id, expires_s = words
        return Replay(int(team_id), short_id, session_id, datetime.fromtimestamp(int(expires_s), UTC))


def _words(replay: Replay) -> tuple[str, str, str, str]:
    return str(replay.team_id), replay.short_id, replay.session_id, str(int(replay.expires_at.timestamp()))
