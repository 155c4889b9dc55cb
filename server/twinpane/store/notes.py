"""Notes on sessions, in SQL and in memory."""

from __future__ import annotations

from datetime import datetime
from itertools import count

from sqlalchemy import insert, select

from twinpane.ports.records import Note
from twinpane.store.database import Database
from twinpane.store.tables import notes


class Notes:
    """The part of the SQL store behind notes; see `ports.store.Store`."""

    _database: Database

    async def add_note(self, session_id: str, author: str, text: str, now: datetime) -> Note:
        """Keep a note on a session that is kept."""
        row = {"session_id": session_id, "author": author, "text": text, "written_at": now}
        async with self._database.writing() as connection:
            made = await connection.execute(insert(notes).values(row).returning(*notes.c))
            return Note(**made.one()._mapping)

    async def notes(self, session_id: str) -> list[Note]:
        """The notes on a session, oldest first."""
        found = select(notes).where(notes.c.session_id == session_id).order_by(notes.c.id)
        return [Note(**row._mapping) for row in await self._database.rows(found)]


class MemoryNotes:
    """The part of the memory store behind notes; see `ports.store.Store`."""

    def __init__(self) -> None:
        """Begin empty."""
        self._notes: list[Note] = []
        self._note_numbers = count(1)

    async def add_note(self, session_id: str, author: str, text: str, now: datetime) -> Note:
        """Keep a note on a session that is kept."""
        note = Note(id=next(self._note_numbers), session_id=session_id, author=author, text=text, written_at=now)
        self._notes.append(note)
        return note

    async def notes(self, session_id: str) -> list[Note]:
        """The notes on a session, oldest first."""
        return [note for note in self._notes if note.session_id == session_id]
