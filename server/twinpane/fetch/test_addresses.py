from __future__ import annotations

import pytest
from yarl import URL

from twinpane.fetch.addresses import Guard


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "198.18.0.1",
        "::1",
        "::",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "4000::1",
        "64:ff9b:1::a00:1",
        "64:ff9b::7f00:1",
        "64:ff9b::a00:1",
        "2002:7f00:1::",
        "2002:a00:1::",
        "not an address",
        "",
    ],
)
def test_p5_addresses_that_are_not_public_are_refused(address: str) -> None:
    assert not Guard().allows_address(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_p5_public_addresses_are_allowed(address: str) -> None:
    assert Guard().allows_address(address)


def test_p5_the_operator_may_allow_hosts_and_networks() -> None:
    guard = Guard(["10.0.0.0/8", "127.0.0.1", "Intranet.Local."])
    assert guard.allows_address("10.9.9.9")
    assert guard.allows_address("127.0.0.1")
    assert not guard.allows_address("127.0.0.2")
    assert guard.allows_host("intranet.local")
    assert not guard.allows_host("other.local")


@pytest.mark.parametrize(
    "url",
    [
        "ftp://shop.example/",
        "file:///etc/passwd",
        "http://user:pass@shop.example/",
        "http://shop.example:22/",
        "http://shop.example:25/",
        "https:///nohost",
    ],
)
def test_p5_schemes_ports_and_credentials_are_limited(url: str) -> None:
    try:
        target = URL(url)
    except ValueError:
        return
    assert Guard().refusal_of(target) is not None


@pytest.mark.parametrize("url", ["http://a.example/", "https://a.example/", "http://a.example:8080/"])
def test_p5_usual_addresses_may_be_tried(url: str) -> None:
    assert Guard().refusal_of(URL(url)) is None
