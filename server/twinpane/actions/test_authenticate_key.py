"""Whose key it is (R2)."""

from __future__ import annotations

import pytest

from twinpane.actions.authenticate_key import authenticate_key
from twinpane.actions.conftest import Rooms
from twinpane.actions.create_key import create_key
from twinpane.errors import InvalidApiKeyError


async def test_r2_secret_tells_its_key_until_revoked(rooms: Rooms) -> None:
    now = rooms.clock.now()
    made, secret = await create_key(rooms.store, rooms.chance, rooms.team.id, "shop", frozenset({"read"}), now)
    assert (await authenticate_key(rooms.store, secret, now)).id == made.id
    await rooms.store.revoke_rest_key(rooms.team.id, made.id, now)
    for wrong in (secret, "wrong", "", None):
        with pytest.raises(InvalidApiKeyError):
            await authenticate_key(rooms.store, wrong, now)
