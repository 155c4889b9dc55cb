"""What the actions ask of the live room; `live.registry.Live` has it."""

from __future__ import annotations

from typing import Protocol

from twinpane_protocol.shared import EndReason

from twinpane.actions.shapes import Presence
from twinpane.ports.records import Seat, SessionRecord, Team


class Online(Protocol):
    """The visitors and sessions of this node, as they are now."""

    async def start_session(self, team: Team, short_id: str, seat: Seat, record: SessionRecord) -> SessionRecord:
        """Give an agent a seat in the visitor's session, or begin one with `record`; the record really used.

        Raises ConflictError when the session has no seat left.
        """

    async def end_session(self, team_id: int, short_id: str, reason: EndReason) -> bool:
        """End the visitor's session; False if there is none."""

    def is_online(self, team_id: int, short_id: str) -> bool:
        """Whether a tab of the visitor is connected."""

    def session_id_of(self, team_id: int, short_id: str) -> str | None:
        """The visitor's session now."""

    def lookup_code_of(self, team_id: int, short_id: str) -> str | None:
        """The visitor's lookup code, if one was asked for and is valid (S6)."""

    def short_id_by_code(self, team_id: int, code: str) -> str | None:
        """The visitor online with this lookup code (S6)."""

    def online_count(self, team_id: int) -> int:
        """Visitors online now."""

    def session_count(self, team_id: int) -> int:
        """Sessions now."""


def presence_of(online: Online, team_id: int, short_id: str) -> Presence:
    """What the live room knows of a visitor."""
    return Presence(
        is_online=online.is_online(team_id, short_id),
        is_in_session=online.session_id_of(team_id, short_id) is not None,
        lookup_code=online.lookup_code_of(team_id, short_id),
    )
