"""Four digits by which an agent finds an online visitor (S6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from twinpane.ports.world import Chance

VALID_FOR: Final = timedelta(hours=1)
TRIES: Final = 20
"""Draws before all codes are gone through: one is free in one of them unless nine in ten are in use."""
DIGITS: Final = 4


@dataclass(frozen=True, slots=True)
class Code:
    """A code and until when it holds."""

    digits: str
    expires_at: datetime


class LookupCodes:
    """The codes in use, unique within a team."""

    def __init__(self, chance: Chance) -> None:
        self._chance = chance
        self._code_of: dict[tuple[int, str], Code] = {}
        self._owner_of: dict[tuple[int, str], str] = {}

    def of(self, team_id: int, short_id: str, now: datetime) -> Code | None:
        """The visitor's code, if it has one that still holds."""
        code = self._code_of.get((team_id, short_id))
        return code if code is not None and code.expires_at > now else None

    def find(self, team_id: int, digits: str, now: datetime) -> str | None:
        """The short ID of the visitor with this code."""
        short_id = self._owner_of.get((team_id, digits))
        return short_id if short_id is not None and self.of(team_id, short_id, now) else None

    def give(self, team_id: int, short_id: str, renew: bool, now: datetime) -> Code | None:
        """The visitor's code, a fresh one if it has none or wants another; None when too many are in use."""
        code = self.of(team_id, short_id, now)
        if code is not None and not renew:
            return code
        digits = self._free(team_id, now)
        if digits is None:
            return None
        self.drop(team_id, short_id)
        self._forget_expired_owner(team_id, digits)
        code = Code(digits, now + VALID_FOR)
        self.put(team_id, short_id, code)
        return code

    def put(self, team_id: int, short_id: str, code: Code) -> None:
        """Take a code that the visitor has already."""
        self._code_of[team_id, short_id] = code
        self._owner_of[team_id, code.digits] = short_id

    def _free(self, team_id: int, now: datetime) -> str | None:
        """A code that nobody has, drawn by lot; when draws fail, the next free one after the last draw."""
        for _ in range(TRIES):
            digits = self._chance.digits(DIGITS)
            if self.find(team_id, digits, now) is None:
                return digits
        count = 10**DIGITS
        following = (f"{(int(digits) + step) % count:0{DIGITS}}" for step in range(1, count))
        return next((each for each in following if self.find(team_id, each, now) is None), None)

    def drop(self, team_id: int, short_id: str) -> None:
        """Forget the visitor's code."""
        code = self._code_of.pop((team_id, short_id), None)
        if code is not None:
            self._owner_of.pop((team_id, code.digits), None)

    def _forget_expired_owner(self, team_id: int, digits: str) -> None:
        if (short_id := self._owner_of.get((team_id, digits))) is not None:
            self.drop(team_id, short_id)
