"""What every store promises of members, their log-ins and invitations."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from twinpane_protocol.console_answers import Role

from twinpane.errors import ConflictError
from twinpane.ports.members import Invitation, LogIn, Member
from twinpane.ports.records import Team
from twinpane.ports.store import Store
from twinpane.store.conftest import NOW


async def add(store: Store, team: Team, email: str, role: Role = "agent", **columns: Any) -> Member:
    return await store.add_member(
        Member(id=0, team_id=team.id, email=email, name=email, role=role, added_at=NOW, **columns)
    )


def log_in(member: Member, secret: bytes) -> LogIn:
    return LogIn(
        secret_hash=secret * 32,
        member_id=member.id,
        began_at=NOW,
        used_at=NOW,
        expires_at=NOW + timedelta(days=1),
        address="192.0.2.7",
    )


def invitation(team: Team, token: bytes, **columns: Any) -> Invitation:
    given: dict[str, Any] = {
        "team_id": team.id,
        "token_hash": token * 32,
        "role": "agent",
        "invited_by": "Zoë",
        "created_at": NOW,
        "expires_at": NOW + timedelta(days=7),
    }
    return Invitation(**given | columns)


async def test_a_member_is_found_by_number_address_and_subject(store: Store, team: Team) -> None:
    other = await store.add_team("Other", "zyxwvu9876")
    zoe = await add(store, team, "zoe@shop.example", "owner", password_hash="$argon2id$…", subject="https://id 7")
    assert await store.members(team.id) == [zoe]
    assert await store.member(team.id, zoe.id) == zoe
    assert await store.member_by_email("zoe@shop.example") == zoe
    assert await store.member_by_subject("https://id 7") == zoe
    assert await store.member(other.id, zoe.id) is None
    assert await store.members(other.id) == []
    assert await store.member_by_email("Zoe@shop.example") is None


async def test_an_address_belongs_to_one_member_of_all_teams(store: Store, team: Team) -> None:
    other = await store.add_team("Other", "zyxwvu9876")
    await add(store, team, "zoe@shop.example", "owner")
    with pytest.raises(ConflictError):
        await add(store, other, "zoe@shop.example")


async def test_what_is_changed_of_a_member_is_kept_and_the_rest_left(store: Store, team: Team) -> None:
    zoe = await add(store, team, "zoe@shop.example", "owner", password_hash="old")
    await store.change_member(zoe.id, name="Zoë Grey", password_hash="new")
    changed = await store.member(team.id, zoe.id)
    assert changed is not None
    assert (changed.name, changed.password_hash, changed.role) == ("Zoë Grey", "new", "owner")


async def test_the_last_owner_stays(store: Store, team: Team) -> None:
    zoe = await add(store, team, "zoe@shop.example", "owner")
    bo = await add(store, team, "bo@shop.example", "admin")
    with pytest.raises(ConflictError):
        await store.remove_member(team.id, zoe.id)
    with pytest.raises(ConflictError):
        await store.change_member(zoe.id, role="admin")
    assert await store.members(team.id) == [zoe, bo]
    await store.change_member(bo.id, role="owner")
    assert await store.remove_member(team.id, zoe.id)
    assert not await store.remove_member(team.id, zoe.id)


async def test_a_removed_members_log_ins_and_links_go_and_the_number_is_not_used_again(
    store: Store, team: Team
) -> None:
    await add(store, team, "zoe@shop.example", "owner")
    bo = await add(store, team, "bo@shop.example")
    await store.add_log_in(log_in(bo, b"b"))
    await store.add_invitation(invitation(team, b"r", member_id=bo.id))
    other = await store.add_team("Other", "zyxwvu9876")
    assert not await store.remove_member(other.id, bo.id)
    assert await store.remove_member(team.id, bo.id)
    assert await store.log_in(b"b" * 32) is None
    assert await store.invitation(b"r" * 32, NOW) is None
    assert (await add(store, team, "bo@shop.example")).id > bo.id


async def test_a_log_in_is_found_by_its_secret_and_ends_alone_or_with_the_others(store: Store, team: Team) -> None:
    zoe = await add(store, team, "zoe@shop.example", "owner")
    for secret in (b"a", b"b", b"c"):
        await store.add_log_in(log_in(zoe, secret))
    later = NOW + timedelta(minutes=5)
    await store.touch_log_in(b"a" * 32, later)
    found = await store.log_in(b"a" * 32)
    assert found is not None
    assert (found[0].used_at, found[1].id, found[1].last_seen_at) == (later, zoe.id, later)
    await store.end_log_in(b"b" * 32)
    assert await store.log_in(b"b" * 32) is None
    await store.end_log_ins(zoe.id, but=b"a" * 32)
    assert await store.log_in(b"c" * 32) is None
    await store.end_log_ins(zoe.id)
    assert await store.log_in(b"a" * 32) is None


async def test_expired_log_ins_are_forgotten_when_somebody_logs_in(store: Store, team: Team) -> None:
    zoe = await add(store, team, "zoe@shop.example", "owner")
    await store.add_log_in(log_in(zoe, b"a"))
    begun = NOW + timedelta(days=2)
    await store.add_log_in(
        LogIn(
            secret_hash=b"b" * 32,
            member_id=zoe.id,
            began_at=begun,
            used_at=begun,
            expires_at=begun + timedelta(days=1),
            address=None,
        )
    )
    assert await store.log_in(b"a" * 32) is None


async def test_an_invitation_is_used_once_and_not_after_it_expired(store: Store, team: Team) -> None:
    made = await store.add_invitation(invitation(team, b"a", email="bo@shop.example", name="Bo"))
    assert await store.invitations(team.id, NOW) == [made]
    assert await store.invitation(b"a" * 32, NOW) == made
    assert await store.invitation(b"a" * 32, made.expires_at) is None
    assert await store.invitations(team.id, made.expires_at) == []
    assert await store.use_invitation(b"a" * 32, NOW) == made
    assert await store.use_invitation(b"a" * 32, NOW) is None
    late = await store.add_invitation(invitation(team, b"b"))
    assert await store.use_invitation(b"b" * 32, late.expires_at) is None


async def test_an_invitation_is_taken_back_by_its_own_team(store: Store, team: Team) -> None:
    other = await store.add_team("Other", "zyxwvu9876")
    made = await store.add_invitation(invitation(team, b"a"))
    assert not await store.remove_invitation(other.id, made.id)
    assert await store.remove_invitation(team.id, made.id)
    assert not await store.remove_invitation(team.id, made.id)
