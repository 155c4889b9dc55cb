"""Rows of the tables as records, and back."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import msgspec
from sqlalchemy import Row
from twinpane_protocol.settings import AccountSettings
from twinpane_protocol.shared import Permissions

from twinpane.access.search import exact_tokens, search_text
from twinpane.ports.records import RestKey, Seat, SessionRecord, Team, Visitor

DERIVED = frozenset({"id", "search_text", "exact_tokens"})


def team_of(row: Row[Any]) -> Team:
    """A row of `teams`."""
    given = dict(row._mapping)
    settings = msgspec.convert(given["settings"], AccountSettings)
    return Team(**given | {"allowed_domains": tuple(given["allowed_domains"]), "settings": settings})


def rest_key_of(row: Row[Any]) -> RestKey:
    """A row of `rest_keys`."""
    given = {name: value for name, value in row._mapping.items() if name != "key_hash"}
    return RestKey(**given | {"scopes": frozenset(given["scopes"])})


def visitor_of(row: Row[Any]) -> Visitor:
    """A row of `visitors`."""
    return Visitor(**{name: value for name, value in row._mapping.items() if name not in DERIVED})


def visitor_row(visitor: Visitor) -> dict[str, Any]:
    """The columns of a visitor, with those made for searching."""
    given = {name: getattr(visitor, name) for name in visitor.__slots__}
    given["search_text"] = search_text(
        visitor.short_id, visitor.unique_id, visitor.identities, visitor.metadata, visitor.last_url
    )
    given["exact_tokens"] = exact_tokens(visitor.identities, visitor.metadata, visitor.tags, visitor.integration_ids)
    return given


def session_of(row: Row[Any], seats: list[Seat]) -> SessionRecord:
    """A row of `sessions`, with its seats."""
    given = dict(row._mapping)
    return SessionRecord(**given | {"permissions": msgspec.convert(given["permissions"], Permissions), "agents": seats})


def session_row(record: SessionRecord) -> dict[str, Any]:
    """The columns of a session."""
    given = {name: getattr(record, name) for name in record.__slots__ if name != "agents"}
    return given | {"permissions": msgspec.to_builtins(record.permissions)}


def seat_of(row: Row[Any]) -> Seat:
    """A row of `seats`."""
    given = dict(row._mapping)
    return Seat(**given | {"permissions": msgspec.convert(given["permissions"], Permissions)})


def seat_row(seat: Seat) -> dict[str, Any]:
    """The columns of a seat."""
    return {**asdict(seat), "permissions": msgspec.to_builtins(seat.permissions)}
