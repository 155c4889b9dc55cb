"""Names from a list, ourselves by name and number, ports."""

from __future__ import annotations

import socket
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from twinpane.fetch.addresses import Guard
from twinpane.fetch.connecting import (
    Connecting,
    ForbiddenAddressError,
    GuardedResolver,
    ListedResolver,
    is_forbidden,
    listed_hosts,
)
from twinpane.fetch.upstream import GuardedUpstream


async def test_f11_listed_names_have_their_listed_addresses() -> None:
    resolver = ListedResolver(listed_hosts(["www.shop.test=127.0.0.2", "*.cdn.test=127.0.0.3"]))
    for name, address in (("WWW.shop.test", "127.0.0.2"), ("a.cdn.test", "127.0.0.3")):
        found = await resolver.resolve(name, 443, socket.AF_INET)
        assert {each["host"] for each in found} == {address}
    guarded = GuardedResolver(Guard(), resolver)
    with pytest.raises(ForbiddenAddressError):
        await guarded.resolve("www.shop.test", 443, socket.AF_INET)
    await guarded.close()


async def test_p5_the_address_really_connected_to_is_looked_at_again() -> None:
    """As if a name had another address by then: what the resolver let pass is no matter at the socket."""
    asked = []

    async def secret(request: web.Request) -> web.Response:
        asked.append(request.path)
        return web.Response(text="secret")

    app = web.Application()
    app.router.add_get("/", secret)
    async with TestServer(app, host="127.0.0.1") as site:
        late = Connecting(Guard())
        timeout = aiohttp.ClientTimeout(total=5)
        async with late.session(named=False, timeout=timeout) as session:
            connector: Any = session.connector
            connector._resolver = ListedResolver({"www.shop.test": "127.0.0.1"})
            with pytest.raises(aiohttp.ClientError) as refused:
                await session.get(f"http://www.shop.test:{site.port}/")
    assert is_forbidden(refused.value)
    assert asked == []


def test_p5_we_are_never_fetched_whatever_is_allowed() -> None:
    guard = Guard(["127.0.0.0/8", "help.example.com"], ["help.example.com", "px.example.net"], 8080)
    assert guard.is_own_host("HELP.example.com.")
    assert guard.is_own_host("a-b.px.example.net")
    assert not guard.is_own_host("nothelp.example.com")
    assert guard.is_own_address("127.0.0.1", 8080)
    assert guard.is_own_address("127.0.0.9", 8080)
    assert not guard.is_own_address("127.0.0.1", 8081)
    assert not guard.is_own_address("192.0.2.1", 8080)


@pytest.mark.parametrize(
    ("url", "refused"),
    [
        ("https://www.example.com/", False),
        ("http://93.184.215.14:8080/", False),
        ("ftp://www.example.com/", True),
        ("file:///etc/passwd", True),
        ("http://127.1/", True),
        ("http://0x7f000001/", True),
        ("http://[::1]/", True),
        ("http://metadata.google.internal/", True),
        ("http://a.localhost/", True),
        ("http://www.example.com:25/", True),
        ("http://www.example.com:6000/", True),
        ("http://u:p@www.example.com/", True),
        ("http://[bad/", True),
    ],
)
def test_p5_what_must_not_be_tried_is_known_without_asking(url: str, refused: bool) -> None:
    assert (GuardedUpstream(Guard()).refusal_of(url) is not None) is refused
