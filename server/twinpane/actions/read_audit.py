"""Read the audit, and look whether it is as it was written (R22)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from twinpane.access.chain import START
from twinpane.actions.shapes import iso_time
from twinpane.ports.audit import AuditStore
from twinpane.ports.records import Team


@dataclass(frozen=True, slots=True)
class Verified:
    """What the chain showed. `broken_at` is the number of the first entry that was changed, or follows a gap.

    `head` is the hash of the last good entry: kept elsewhere, it also shows later that the end was cut off.
    """

    entries: int
    broken_at: int | None
    head: bytes


async def verify_audit(store: AuditStore) -> Verified:
    """Follow the chain from its start."""
    entries, head = 0, START
    async for entry in store.audit_chain():
        if entry.previous_hash != head or entry.deed.hash_after(head) != entry.hash:
            return Verified(entries, entry.number, head)
        entries, head = entries + 1, entry.hash
    return Verified(entries, None, head)


async def list_audit(store: AuditStore, team: Team, limit: int, before: int | None) -> dict[str, Any]:
    """R22: who did what, when, from where; newest first."""
    found = await store.audit(team.id, limit + 1, before)
    shown = found[:limit]
    shapes = [
        {
            "_type": "audit_entry",
            "id": entry.number,
            "at": iso_time(entry.deed.at),
            "who": entry.deed.who,
            "did": entry.deed.did,
            "ip_address": entry.deed.address,
            "hash": entry.hash.hex(),
        }
        for entry in shown
    ]
    return {"entries": shapes} | ({"next_cursor": str(shown[-1].number)} if len(found) > limit and shown else {})
