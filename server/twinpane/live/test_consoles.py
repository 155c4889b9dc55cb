"""Consoles come in by their log-in, and go with it."""

from __future__ import annotations

import copy
from datetime import timedelta
from typing import Any

import pytest
from twinpane_protocol.console import ConsoleHello

from twinpane.access.keys import hash_secret
from twinpane.live.admission import Caller
from twinpane.live.conftest import MemoryWire, Node
from twinpane.live.console_peer import ConsolePeer
from twinpane.ports.members import LogIn, Member


async def log_in(node: Node, secret: str, role: Any = "agent") -> Member:
    now = node.clock.now()
    if not await node.store.members(node.team.id):
        owner = Member(id=0, team_id=node.team.id, email="o@t.example", name="O", role="owner", added_at=now)
        await node.store.add_member(owner)
    email = f"{secret}@t.example"
    member = await node.store.add_member(
        Member(id=0, team_id=node.team.id, email=email, name="Zoë", role=role, added_at=now)
    )
    await node.store.add_log_in(
        LogIn(
            secret_hash=hash_secret(secret),
            member_id=member.id,
            began_at=now,
            used_at=now,
            expires_at=now + timedelta(days=14),
            address=None,
        )
    )
    return member


async def ask_in(node: Node, secret: str | None) -> tuple[Any, MemoryWire]:
    wire = MemoryWire()
    caller = Caller(wire, "https://t.example", None, None, secret)
    return await node.live.hello_console(ConsoleHello(protocols=[1]), caller), wire


async def opened(node: Node, role: str = "agent") -> tuple[ConsolePeer, MemoryWire]:
    await log_in(node, f"secret-{role}", role)
    peer, wire = await ask_in(node, f"secret-{role}")
    assert isinstance(peer, ConsolePeer), peer
    await settle(node)
    return peer, wire


async def settle(node: Node, seconds: float = 0.3) -> None:
    """Let the lists catch up."""
    for _ in range(3):
        node.clock.advance(seconds)
        await node.world.errands.finish()


def state_of(node: Node) -> dict[str, Any]:
    return copy.deepcopy({name: each for name, each in vars(node.store).items() if name not in _COUNTERS})


_COUNTERS = ("_numbers", "_note_numbers")


@pytest.mark.parametrize("secret", [None, "", "unknown"])
async def test_without_a_log_in_nothing_is_told(node: Node, secret: str | None) -> None:
    answer, wire = await ask_in(node, secret)
    assert (answer, wire.said) == ("bad_credentials", [])


async def test_a_console_ends_with_its_log_in_its_role_and_its_time(node: Node) -> None:
    peers = {secret: await log_in(node, secret) for secret in ("out", "removed", "other-role", "stays")}
    wires = {secret: (await ask_in(node, secret))[1] for secret in peers}
    await node.store.end_log_in(hash_secret("out"))
    await node.store.remove_member(node.team.id, peers["removed"].id)
    await node.store.change_member(peers["other-role"].id, role="admin")
    node.live.consoles.look()
    await node.world.errands.finish()
    ended = {secret for secret, wire in wires.items() if wire.closed == (1008, "bad_credentials")}
    assert ended == {"out", "removed", "other-role"}
    assert wires["out"].of_type("error")[0]["code"] == "bad_credentials"
    node.clock.advance(25 * 3600)
    await node.world.errands.finish()
    assert wires["stays"].closed == (1008, "bad_credentials")


async def test_consoles_are_told_to_come_again_when_the_server_stops(node: Node) -> None:
    _, wire = await opened(node)
    await node.live.drain()
    assert wire.closed == (1012, "server restarting")
    await log_in(node, "late")
    assert (await ask_in(node, "late"))[0] == "server_restarting"
