"""What an identity message changes about a visitor (S4)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from twinpane_protocol.agent import VisitorInfo
from twinpane_protocol.visitor import Identity

from twinpane.ports.records import Visitor

PLAIN: Final = ("unique_id", "call_name", "agent_prompt")
LISTS: Final = ("identities", "tags")
MERGED: Final = ("metadata", "integration_ids")
SEEN: Final = frozenset({"unique_id", "identities", "call_name", "agent_prompt"})


def needs_current(identity: Identity) -> bool:
    """Whether what is known must be read first, because the message adds to it."""
    return any(name in identity.set_fields and getattr(identity, name) for name in MERGED)


def changes_how_agents_see_them(identity: Identity) -> bool:
    """Whether agents are to be told anew who the visitor is."""
    return not SEEN.isdisjoint(identity.set_fields)


def visitor_info(visitor: Visitor | None, short_id: str) -> VisitorInfo:
    """What agents are told of a visitor: first identity, else call name, else the short ID. None: only that."""
    if visitor is None:
        return VisitorInfo(short_id=short_id, name=short_id, unique_id=None)
    name = next(iter(visitor.identities), None) or visitor.call_name or short_id
    return VisitorInfo(short_id=short_id, name=name, unique_id=visitor.unique_id, agent_prompt=visitor.agent_prompt)


def changed_columns(identity: Identity, current: Visitor | None) -> dict[str, Any]:
    """Return columns of a visitor and their new values. A field not named in `set_fields` stays; null clears it."""
    named = set(identity.set_fields)
    columns: dict[str, Any] = {name: getattr(identity, name) for name in PLAIN if name in named}
    columns |= {name: getattr(identity, name) or [] for name in LISTS if name in named}
    if "metadata" in named:
        known = dict(current.metadata) if current and identity.metadata else {}
        merged = known | (identity.metadata or {})
        columns["metadata"] = {key: value for key, value in merged.items() if value is not None}
    if "integration_ids" in named:
        known_ids = current.integration_ids if current and identity.integration_ids else []
        columns["integration_ids"] = joined_integrations(known_ids, identity.integration_ids or [])
    return columns


def joined_integrations(known: Iterable[str], added: Iterable[str]) -> list[str]:
    """Add `system:id` entries; one a system, and `system:` alone clears it."""
    by_system = {entry.partition(":")[0]: entry for entry in known}
    for entry in added:
        system, _, value = entry.partition(":")
        if value:
            by_system[system] = entry
        else:
            by_system.pop(system, None)
    return list(by_system.values())
