"""The visitor's link over real sockets that break: L2 to L5."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page
from twinpane_protocol.visitor import CustomMessageReceived, CustomMessageSent, Identified

from e2e.flow import short_id, until
from e2e.sdk.door import Door

Visit = Callable[..., Page]


def told(door: Door) -> list[object]:
    return [message.message for message in door.peer.of(CustomMessageSent)]


def test_l4_after_a_drop_both_sides_get_what_they_missed(visit: Visit, door: Door) -> None:
    tab = visit(
        html="<script>window.heard = []; Upscope('init');Upscope('on', 'customMessage', (m) => heard.push(m))</script>"
    )
    short_id(tab)
    tab.evaluate("() => Upscope('customMessage', 1)")
    until(lambda: told(door) == [1], what="the first message", page=tab)
    peer = door.peer
    door.is_shut = True
    peer.cut()
    for number in (2, 3):
        tab.evaluate("(n) => Upscope('customMessage', n)", number)
        peer.send(CustomMessageReceived(agent="a", message=number))
    door.is_shut = False
    until(lambda: told(door) == [1, 2, 3], what="the messages", page=tab)
    tab.wait_for_function("() => heard.length === 2")
    assert tab.evaluate("() => heard") == [2, 3]
    assert door.peers == [peer]
    assert len(peer.hellos) == 2


def test_l4_a_server_that_forgot_is_told_afresh(visit: Visit, door: Door) -> None:
    tab = visit(html="<script>Upscope('init')</script>")
    first = short_id(tab)
    door.forgets = door.is_shut = True
    door.peer.cut()
    tab.evaluate("() => Upscope('updateConnection', {uniqueId: 'ada'})")
    door.is_shut = False
    until(lambda: len(door.peers) == 2, what="the visitor", page=tab)
    assert short_id(tab) == first
    until(lambda: door.peer.hellos[0].identity or door.peer.of(Identified), what="the identity", page=tab)


def test_l5_keeps_trying_until_the_server_is_there(visit: Visit, door: Door) -> None:
    door.is_shut = True
    tab = visit()
    tab.wait_for_function("() => window.Upscope && !Upscope.q")
    door.is_shut = False
    until(door.has_peers(1), what="the visitor", page=tab)
