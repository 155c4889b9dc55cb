"""Names from a list, ourselves by name and number, ports."""

from __future__ import annotations

import socket

import pytest

from twinpane.fetch.addresses import Guard
from twinpane.fetch.connecting import ForbiddenAddressError, GuardedResolver, ListedResolver, listed_hosts
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
