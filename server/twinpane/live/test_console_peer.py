"""What a console says changes nothing; what cannot be read is refused."""

from __future__ import annotations

from typing import get_args

from twinpane_protocol import console as said
from twinpane_protocol.link import Ping

from twinpane.live.conftest import Node
from twinpane.live.console_peer import ConsolePeer
from twinpane.live.test_consoles import opened, state_of

MESSAGES = {
    said.ConsoleHello: said.ConsoleHello(protocols=[1]),
    Ping: Ping(t=1.0),
    said.ListVisitors: said.ListVisitors(ask=1, search="zoe"),
    said.ListSessions: said.ListSessions(ask=1),
    said.StopList: said.StopList(list="visitors"),
}


async def test_no_message_of_the_socket_changes_anything_whatever_the_role(node: Node) -> None:
    assert set(MESSAGES) == set(get_args(said.FromConsole))
    await node.go_live()
    for role in ("owner", "read-only"):
        peer, _ = await opened(node, role=role)
        before = state_of(node)
        for message in MESSAGES.values():
            peer.receive(message)
            node.clock.advance(1)
            await node.world.errands.finish()
        assert state_of(node) == before


async def test_a_ping_is_answered_and_a_second_hello_or_a_binary_frame_refused(node: Node) -> None:
    peer, wire = await opened(node)
    peer.receive(Ping(t=7.5))
    assert wire.of_type("pong")[0]["t"] == 7.5
    peer.receive(said.ConsoleHello(protocols=[1]))
    assert not peer.receive_frame(b"x")
    peer.receive_bad("frame_too_large")
    assert [error["code"] for error in wire.of_type("error")] == ["bad_message", "bad_message", "frame_too_large"]
    assert isinstance(peer, ConsolePeer)
