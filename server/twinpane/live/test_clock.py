from __future__ import annotations

import asyncio

from twinpane.live.clock import SHORT_ID_ALPHABET, RealChance, RealClock


async def test_r30_short_ids_are_8_characters_that_cannot_be_confused() -> None:
    chance = RealChance()
    ids = {chance.short_id() for _ in range(200)}
    assert len(ids) == 200
    assert all(len(each) == 8 and set(each) <= set(SHORT_ID_ALPHABET) for each in ids)
    assert not set("0O1I") & set(SHORT_ID_ALPHABET)


def test_r15a_tokens_carry_256_bits_and_codes_keep_their_zeros() -> None:
    chance = RealChance()
    assert len(chance.token()) == 43
    assert all(len(chance.digits(4)) == 4 for _ in range(100))


async def test_timers_run_once_unless_cancelled() -> None:
    clock, rang = RealClock(), asyncio.Event()
    cancel = clock.call_later(0, rang.clear)
    cancel()
    clock.call_later(0, rang.set)
    await rang.wait()
    assert clock.now().tzinfo is not None
    assert clock.monotonic() <= clock.monotonic()
