"""Tell all that is stored about a visitor (R24)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from twinpane.actions.shapes import iso_time
from twinpane.errors import NotFoundError
from twinpane.ports.records import Team
from twinpane.ports.store import Store


async def export_visitor(store: Store, team: Team, short_id: str) -> dict[str, list[dict[str, Any]]]:
    """R24: rows by table, times in ISO 8601. Raises NotFoundError."""
    found = await store.stored_about(team.id, short_id)
    if not found["visitors"]:
        raise NotFoundError("There is no such visitor.")
    return {table: [_told(row) for row in rows] for table, rows in found.items()}


def _told(row: dict[str, Any]) -> dict[str, Any]:
    return {name: iso_time(value) if isinstance(value, datetime) else value for name, value in row.items()}
