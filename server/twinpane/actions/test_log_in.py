"""Logging in takes one check of a password, whoever tries."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher

from twinpane.actions.log_in import LogIns
from twinpane.actions.members import Joining, invite_first, join
from twinpane.actions.passwords import Passwords
from twinpane.errors import WrongLogInError
from twinpane.live.clock import RealChance
from twinpane.live.manual_clock import ManualClock
from twinpane.store.memory import MemoryStore

PASSWORD = "correct horse battery staple"


class CountingHasher(PasswordHasher):
    """The library's own, which counts how often it was asked to check."""

    checks = 0

    def verify(self, hash: str | bytes, password: str | bytes) -> bool:  # type: ignore[override]  # noqa: A002
        self.checks += 1
        return super().verify(hash, password)


async def test_an_unknown_member_takes_the_same_work_as_a_wrong_password() -> None:
    store, clock, chance = MemoryStore(), ManualClock(), RealChance()
    hasher = CountingHasher(time_cost=1, memory_cost=8, parallelism=1)
    log_ins = LogIns(store, clock, chance, Passwords(hasher))
    team = await store.add_team("Acme", "abcdef1234")
    invited = await invite_first(store, chance, team, clock.now())
    assert invited is not None
    joining = Joining(token=invited.token, password=PASSWORD, name="Zoë", email="zoe@shop.example")
    member = await join(store, log_ins.passwords, joining, clock.now())
    for email in ("zoe@shop.example", "nobody@shop.example", "", "a" * 254):
        before = hasher.checks
        with pytest.raises(WrongLogInError):
            await log_ins.by_password(email, "wrong horse battery", "192.0.2.7", None)
        assert hasher.checks == before + 1
    assert (await log_ins.by_password("Zoe@shop.example", PASSWORD, None, None)).member.id == member.id


async def test_a_password_hashed_at_other_costs_is_hashed_anew_at_log_in() -> None:
    store, clock, chance = MemoryStore(), ManualClock(), RealChance()
    team = await store.add_team("Acme", "abcdef1234")
    invited = await invite_first(store, chance, team, clock.now())
    assert invited is not None
    joining = Joining(token=invited.token, password=PASSWORD, name="Zoë", email="zoe@shop.example")
    cheap = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    before = (await join(store, cheap, joining, clock.now())).password_hash
    dearer = LogIns(store, clock, chance, Passwords(PasswordHasher(time_cost=2, memory_cost=8, parallelism=1)))
    await dearer.by_password("zoe@shop.example", PASSWORD, None, None)
    [member] = await store.members(team.id)
    assert member.password_hash != before
    await dearer.by_password("zoe@shop.example", PASSWORD, None, None)
