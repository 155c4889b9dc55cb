"""What a change makes of a visitor; the same in every adapter."""

from __future__ import annotations

from dataclasses import fields, replace

from twinpane.ports.records import Visitor, VisitorChange

_COLUMNS = frozenset(field.name for field in fields(Visitor)) - {"team_id", "short_id"}


def check_change(change: VisitorChange) -> None:
    """Raise ValueError for a column that is not there."""
    unknown = change.set.keys() - _COLUMNS
    if unknown:
        raise ValueError(f"not a column of a visitor: {', '.join(sorted(unknown))}")


def apply_change(visitor: Visitor | None, change: VisitorChange) -> Visitor:
    """The visitor after a change; a new one if there was none."""
    if visitor is None:
        visitor = Visitor(
            team_id=change.team_id, short_id=change.short_id, first_seen_at=change.at, last_seen_at=change.at
        )
    return replace(visitor, **{"last_seen_at": change.at, **change.set})
