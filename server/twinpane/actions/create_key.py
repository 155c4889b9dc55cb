"""Make REST keys and the first team."""

from __future__ import annotations

from datetime import datetime

from twinpane.access.keys import hash_secret, make_public_key, make_rest_key
from twinpane.ports.records import RestKey, Scope, Team
from twinpane.ports.store import Store
from twinpane.ports.world import Chance

FULL_SCOPES: frozenset[Scope] = frozenset({"read", "sessions", "proxy", "admin"})


async def create_key(
    store: Store, chance: Chance, team_id: int, name: str, scopes: frozenset[Scope], now: datetime
) -> tuple[RestKey, str]:
    """A new REST key and its secret, which is told only here."""
    secret = make_rest_key(chance.token())
    return await store.add_rest_key(team_id, name, hash_secret(secret), scopes, now), secret


async def ensure_team(store: Store, chance: Chance, public_key: str | None, name: str) -> Team:
    """The team with this public key, else the oldest; made if there is none yet."""
    if public_key is not None:
        known = await store.team_by_public_key(public_key)
        return known or await store.add_team(name, public_key)
    for team in await store.teams():
        return team
    made = None
    while made is None:
        made = make_public_key(chance.token())
    return await store.add_team(name, made)


async def ensure_preset_key(store: Store, team: Team, secret: str, now: datetime) -> None:
    """Keep a REST key that the operator chose, with all scopes; nothing if it is kept already."""
    if await store.rest_key_by_hash(hash_secret(secret)) is None:
        await store.add_rest_key(team.id, "preset", hash_secret(secret), FULL_SCOPES, now)
