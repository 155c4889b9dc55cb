"""Session states as the server tells them, for cards to show."""

from __future__ import annotations

from typing import Any

ZOE = {"id": "a1", "name": "Zoë Lindqvist", "color": "#b3261e", "connected": True}
ADA = {"id": "a2", "name": "Ada", "color": "#6750a4", "connected": True}


def session(phase: str, *agents: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """A session in a phase; by default with one agent, nobody in control and nothing asked."""
    defaults = {"control": None, "asking": None, "permissions": {}, "tabs": [], "end_reason": None, "away": None}
    return {"id": "s1", "phase": phase, "agents": list(agents or (ZOE,)), **defaults, **fields}


def asking(kind: str, agent: dict[str, Any] = ZOE) -> dict[str, Any]:
    return {"kind": kind, "agent": agent["id"], "agent_name": agent["name"]}
