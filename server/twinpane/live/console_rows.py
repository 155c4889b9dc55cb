"""The rows of the console's live lists, as a team's consoles watch them: sorted, searched, one window each."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

from msgspec import Struct

from twinpane.access.search import Searched, SearchQuery, fits

CHANGES_EVERY_S: Final = 0.25
"""How often a console is told of changes at most."""

Place = tuple[int, float, str]
"""Where a row stands: group, then newest first, then by id."""
Told = TypeVar("Told", bound=Struct)


@dataclass(frozen=True, slots=True)
class Row(Generic[Told]):
    """A row, where it stands and by what it is found."""

    id: str
    place: Place
    told: Told
    searched: Searched | None = None


class Rows(Generic[Told]):
    """All rows of a team. What changes is replaced, so that a row that is the same object is the same row."""

    def __init__(self) -> None:
        """Begin empty."""
        self.by_id: dict[str, Row[Told]] = {}
        self.order: list[Place] = []

    def put(self, row: Row[Told]) -> None:
        """Add a row, or replace the one with its id."""
        self.remove(row.id)
        self.by_id[row.id] = row
        insort(self.order, row.place)

    def remove(self, row_id: str) -> None:
        """Take a row out, if it is there."""
        if (row := self.by_id.pop(row_id, None)) is not None:
            _take_out(self.order, row.place)


@dataclass(slots=True)
class Window(Generic[Told]):
    """What one console watches of a list, and what it has been told of it."""

    ask: int
    first: int
    count: int
    query: SearchQuery | None = None
    is_new: bool = True
    """Nothing has been told yet."""
    _places: dict[str, Place] = field(default_factory=dict)
    _found: list[Place] = field(default_factory=list)
    _order: list[str] = field(default_factory=list)
    _rows: dict[str, Row[Told]] = field(default_factory=dict)
    _total: int = -1

    def search(self, rows: Rows[Told]) -> None:
        """Look through all rows, for the first time."""
        if self.query is not None:
            self.follow(rows, rows.by_id)

    def follow(self, rows: Rows[Told], changed: Iterable[str]) -> None:
        """Look through the rows that changed."""
        if self.query is None:
            return
        for row_id in changed:
            if (old := self._places.pop(row_id, None)) is not None:
                _take_out(self._found, old)
            row = rows.by_id.get(row_id)
            if row is not None and row.searched is not None and fits(self.query, row.searched):
                self._places[row_id] = row.place
                insort(self._found, row.place)

    def news(self, rows: Rows[Told]) -> tuple[int, list[str], list[Told]] | None:
        """Total, ids in order, and rows that are new or changed since the last time; None if all is as it was."""
        places = rows.order if self.query is None else self._found
        shown = [rows.by_id[place[2]] for place in places[self.first : self.first + self.count]]
        order = [row.id for row in shown]
        changed = [row.told for row in shown if self._rows.get(row.id) is not row]
        if not self.is_new and not changed and order == self._order and len(places) == self._total:
            return None
        self.is_new, self._order, self._total = False, order, len(places)
        self._rows = {row.id: row for row in shown}
        return len(places), order, changed

    def forget(self) -> None:
        """Tell the whole window next time."""
        self.is_new, self._rows = True, {}


def _take_out(order: list[Place], place: Place) -> None:
    at = bisect_left(order, place)
    if at < len(order) and order[at] == place:
        del order[at]
