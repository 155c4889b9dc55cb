"""Answers that are given again, in SQL and in memory (R3)."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from twinpane.ports.answers import Asked, FirstTime
from twinpane.store.database import Database
from twinpane.store.tables import answers

_MOST: Final = 10_000
"""Answers kept of a team; then the oldest go first."""
_COUNTED_EACH: Final = 100
"""Claims, between two looks at how many are kept."""


class Answers:
    """The part of the SQL store behind `Idempotency-Key`; see `ports.answers.AnswerStore`."""

    _database: Database
    _claims = 0

    async def claim_answer(self, asked: Asked, now: datetime, until: datetime) -> FirstTime | None:
        """Be the one who answers, until then."""
        make = postgresql.insert if self._database.dialect == "postgresql" else sqlite.insert
        mine = make(answers).values(**asdict(asked), until=until).on_conflict_do_nothing().returning(answers.c.name)
        self._claims += 1
        async with self._database.writing() as connection:
            await connection.execute(delete(answers).where(answers.c.until <= now))
            if self._claims % _COUNTED_EACH == 0:
                kept = select(answers.c.until).where(answers.c.team_id == asked.team_id)
                newest = kept.order_by(answers.c.until.desc()).offset(_MOST - 1).limit(1).scalar_subquery()
                await connection.execute(
                    delete(answers).where(answers.c.team_id == asked.team_id, answers.c.until < newest)
                )
            if (await connection.execute(mine)).first() is not None:
                return None
            first = (await connection.execute(select(answers).where(_is(asked)))).first()
            # Given back at this moment by another node: it may be asked again.
            return FirstTime(asked.fingerprint, None) if first is None else FirstTime(first.fingerprint, first.answer)

    async def keep_answer(self, asked: Asked, answer: bytes, until: datetime) -> None:
        """Keep the answer that was claimed."""
        async with self._database.writing() as connection:
            await connection.execute(update(answers).where(_is(asked)).values(answer=answer, until=until))

    async def drop_answer(self, asked: Asked) -> None:
        """Give the claim back."""
        async with self._database.writing() as connection:
            await connection.execute(delete(answers).where(_is(asked)))


def _is(asked: Asked) -> ColumnElement[bool]:
    return (answers.c.team_id == asked.team_id) & (answers.c.name == asked.name)


class MemoryAnswers:
    """The part of the memory store behind `Idempotency-Key`."""

    def __init__(self) -> None:
        """Begin with none."""
        self._answers: dict[tuple[int, bytes], tuple[Asked, datetime, bytes | None]] = {}

    async def claim_answer(self, asked: Asked, now: datetime, until: datetime) -> FirstTime | None:
        """Be the one who answers, until then."""
        self._answers = {place: kept for place, kept in self._answers.items() if kept[1] > now}
        first: Any = self._answers.setdefault((asked.team_id, asked.name), (asked, until, None))
        return None if first[0] is asked else FirstTime(first[0].fingerprint, first[2])

    async def keep_answer(self, asked: Asked, answer: bytes, until: datetime) -> None:
        """Keep the answer that was claimed."""
        if (asked.team_id, asked.name) in self._answers:
            self._answers[asked.team_id, asked.name] = (asked, until, answer)

    async def drop_answer(self, asked: Asked) -> None:
        """Give the claim back."""
        self._answers.pop((asked.team_id, asked.name), None)

    def _erase_answers(self, team_id: int, short_ids: set[str]) -> None:
        gone = [place for place, kept in self._answers.items() if place[0] == team_id and kept[0].short_id in short_ids]
        for place in gone:
            del self._answers[place]
