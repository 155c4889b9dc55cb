"""The loader and its link against the real server."""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from e2e.flow import WAIT_S, Server, short_id, until, visitor_context, watch_url
from e2e.sdk.cutter import Cable, laid
from e2e.sdk.door import opened

Visit = Callable[..., Page]
HTML = """<!DOCTYPE html><title>A shop</title><script>
window.events = [];
window.Upscope = function () { Upscope.q.push(arguments); };
Upscope.q = [];
for (const name of ["connection", "error"]) Upscope("on", name, (...args) => events.push([name, ...args]));
Upscope("init", CONFIG);
</script><script async src="BASE/KEY.js"></script>"""


@pytest.fixture
def cable(server: Server) -> Iterator[Cable]:
    with laid(server.url) as cable:
        yield cable


@pytest.fixture
def visit(chromium: Browser, server: Server, cable: Cable) -> Iterator[Visit]:
    """Open a page of a shop, whose SDK comes over the cable."""
    context = visitor_context(chromium)
    html = HTML.replace("BASE", cable.url).replace("KEY", server.public_key)
    with opened({}) as shop:

        def visit(config: str = "{}") -> Page:
            shop.files["/"] = ("text/html", html.replace("CONFIG", config).encode())
            tab = context.new_page()
            tab.goto(shop.url)
            return tab

        yield visit
        context.close()


def visitor(server: Server, short: str) -> Any:
    status, answer = server.rest("GET", f"visitors/{short}")
    return answer["visitor"] if status == 200 else None


def is_so(server: Server, short: str, **expected: object) -> Callable[[], bool]:
    def matches() -> bool:
        found = visitor(server, short)
        return found is not None and {name: found[name] for name in expected} == expected

    return matches


def test_s4_the_server_knows_what_the_page_told(visit: Visit, server: Server) -> None:
    tab = visit("{uniqueId: 'ada', tags: ['vip'], metadata: {plan: 'pro', seats: 3}}")
    short = short_id(tab)
    known = {"unique_id": "ada", "tags": ["vip"], "metadata": {"plan": "pro", "seats": 3}, "last_title": "A shop"}
    until(is_so(server, short, **known, is_online=True), what="the visitor", page=tab)
    tab.evaluate("() => Upscope('updateConnection', {uniqueId: null, metadata: {plan: null}})")
    until(is_so(server, short, unique_id=None, metadata={"seats": 3}), what="the change", page=tab)


def test_s9_a_reload_keeps_the_short_id(visit: Visit) -> None:
    tab = visit()
    first = short_id(tab)
    tab.reload()
    assert short_id(tab) == first


def test_s6_a_lookup_code_finds_the_visitor(visit: Visit, server: Server) -> None:
    tab = visit()
    short, code = short_id(tab), tab.evaluate("() => Upscope('getLookupCode')")
    assert len(code) == 4
    until(is_so(server, short, lookup_code=code), what="the code", page=tab)
    status, answer = server.rest("GET", f"list?search={code}")
    assert (status, [found["short_id"] for found in answer["visitors"]]) == (200, [short])
    assert tab.evaluate("() => Upscope('newLookupCode')") != code


def test_s1_a_wrong_key_is_told_as_error(visit: Visit) -> None:
    tab = visit("{apiKey: 'WrongKey01'}")
    tab.wait_for_function("() => events.length")
    assert [event[:2] for event in tab.evaluate("() => events")] == [["error", "unknown_key"]]


def test_l4_the_link_is_taken_up_again_after_a_cut(visit: Visit, server: Server, cable: Cable) -> None:
    tab = visit()
    short = short_id(tab)
    connection = tab.evaluate("() => Upscope('getConnectionId')")
    cable.cut()
    tab.evaluate("() => Upscope('updateConnection', {uniqueId: 'while away'})")
    cable.mend()
    until(is_so(server, short, unique_id="while away"), what="the change", page=tab)
    # Resumed, so nothing begins anew for the page: one connection, one event.
    assert tab.evaluate("() => events.map(([name]) => name)") == ["connection"]
    assert tab.evaluate("() => Upscope('getConnectionId')") != connection


@contextmanager
def agent_socket(server: Server, short: str) -> Iterator[ClientConnection]:
    """Open a watch URL and its socket, as the watch page does; gives the socket after the welcome."""
    with urllib.request.urlopen(watch_url(server, short)) as page:
        found = re.search(r'<script[^>]*id="seat"[^>]*>(.*?)</script>', page.read().decode(), re.DOTALL)
    assert found is not None
    hello = {"type": "hello", "role": "agent", "protocols": [1], "grant": json.loads(found[1])["grant"]}
    with connect(server.url.replace("http", "ws") + "/ws", origin=Origin(server.url)) as agent:
        agent.send(json.dumps(hello))
        assert json.loads(agent.recv(timeout=WAIT_S))["type"] == "welcome"
        yield agent


def read_on(agent: ClientConnection, heard: list[object], refused: list[str]) -> int:
    """Read what has arrived: what the page said, and what the server refused; returns how much the page said by now."""
    with suppress(TimeoutError):
        while True:
            data = agent.recv(timeout=0.01)
            message = json.loads(data) if isinstance(data, str) else {"type": "frame"}
            if message["type"] == "custom_message_received":
                heard.append(message["message"])
            elif message["type"] == "error":
                refused.append(message["code"])
    return len(heard)


def test_l4_through_many_cuts_nothing_is_lost_doubled_or_disordered(visit: Visit, server: Server, cable: Cable) -> None:
    tab = visit("{requireAuthorizationForSession: false}")
    tab.evaluate("() => { window.heard = []; Upscope('on', 'customMessage', (message) => heard.push(message)); }")
    numbers, heard, refused = list(range(40)), list[object](), list[str]()
    with agent_socket(server, short_id(tab)) as agent:
        tab.wait_for_selector("twinpane-cards", state="attached")
        for number in numbers:
            tab.evaluate("(number) => Upscope('customMessage', number)", number)
            agent.send(json.dumps({"type": "custom_message_sent", "message": number}))
            if number % 5 == 2:
                cable.cut()
            if number % 5 == 4:
                cable.mend()
            read_on(agent, heard, refused)
        until(lambda: read_on(agent, heard, refused) >= 40, what="the page's messages", page=tab)
        assert heard == numbers
        # While the page is away the server refuses, and says so; all else arrives once.
        tab.wait_for_function("(count) => heard.length >= count", arg=40 - len(refused))
        told = tab.evaluate("() => heard")
        assert told == sorted(set(told))
        assert (len(told), set(refused)) == (40 - len(refused), {"not_live"})
        assert tab.evaluate("() => events.map(([name]) => name)") == ["connection"]


def test_r30_a_visitor_who_leaves_is_offline(visit: Visit, server: Server) -> None:
    tab = visit()
    short = short_id(tab)
    until(is_so(server, short, is_online=True), what="online", page=tab)
    tab.close()
    until(is_so(server, short, is_online=False), what="offline")
