"""Keys and the first team."""

from __future__ import annotations

from twinpane.access.keys import is_public_key
from twinpane.actions.authenticate_key import authenticate_key
from twinpane.actions.conftest import Rooms
from twinpane.actions.create_key import FULL_SCOPES, create_key, ensure_preset_key, ensure_team
from twinpane.store.memory import MemoryStore


async def test_r2_secret_is_told_once_and_not_kept(rooms: Rooms) -> None:
    made, secret = await create_key(
        rooms.store, rooms.chance, rooms.team.id, "shop", frozenset({"read"}), rooms.clock.now()
    )
    assert secret not in repr(made)
    assert secret not in repr(vars(rooms.store))


async def test_first_team_is_made_once(rooms: Rooms) -> None:
    store = MemoryStore()
    made = await ensure_team(store, rooms.chance, None, "My team")
    assert is_public_key(made.public_key)
    assert await ensure_team(store, rooms.chance, None, "My team") == made


async def test_preset_public_key_names_the_team_whatever_others_there_are(rooms: Rooms) -> None:
    preset = await ensure_team(rooms.store, rooms.chance, "zyxwvu9876", "My team")
    assert preset.public_key == "zyxwvu9876"
    assert await ensure_team(rooms.store, rooms.chance, "zyxwvu9876", "My team") == preset
    assert len(await rooms.store.teams()) == 2


async def test_preset_rest_key_is_kept_once_with_all_scopes(rooms: Rooms) -> None:
    now = rooms.clock.now()
    for _ in range(2):
        await ensure_preset_key(rooms.store, rooms.team, "preset-secret", now)
    assert (await authenticate_key(rooms.store, "preset-secret", now)).scopes == FULL_SCOPES
    assert len(await rooms.store.rest_keys(rooms.team.id)) == 1
