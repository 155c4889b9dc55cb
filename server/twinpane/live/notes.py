"""The notes of one session, as its agents write and read them (E1). The visitor's side never hears of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from twinpane_protocol import agent as to_agent
from twinpane_protocol.console_answers import Note

from twinpane.live.world import World
from twinpane.ports import records

if TYPE_CHECKING:
    from twinpane.live.agent_peer import AgentPeer

SHOWN: Final = 200


class NoteDesk:
    """Keeps what agents write, and tells those who may see it. `agents` are those of the session, by seat."""

    def __init__(self, session_id: str, world: World, agents: Mapping[str, AgentPeer]) -> None:
        self._session_id = session_id
        self._world = world
        self._agents = agents

    def tell(self, agent: AgentPeer) -> None:
        """Tell an agent all notes."""

        async def told() -> None:
            notes = await self._world.store.notes(self._session_id)
            agent.link.send(to_agent.Notes(notes=[_told(note) for note in notes[-SHOWN:]]))

        self._world.errands.write("tell notes", told)

    def keep(self, author: AgentPeer, name: str, number: int, text: str) -> None:
        """Keep a note, then tell everybody who may see it."""
        written_at = self._world.clock.now()

        async def kept() -> None:
            note = await self._world.store.add_note(self._session_id, name, text, written_at)
            added = to_agent.NoteAdded(note=_told(note), seat=author.seat, wrote=number)
            for agent in self._agents.values():
                if agent.may_note:
                    agent.link.send(added)

        self._world.errands.write("keep a note", kept)


def _told(note: records.Note) -> Note:
    written_at = note.written_at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return Note(id=note.id, author=note.author, text=note.text, written_at=written_at)
