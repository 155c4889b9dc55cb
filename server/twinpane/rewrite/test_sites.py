from __future__ import annotations

import pytest

from twinpane.rewrite.address import Site, site_of
from twinpane.rewrite.sites import fetch_site, is_public_suffix, registrable_domain, site_key


def site(origin: str) -> Site:
    found = site_of(origin)
    assert found
    return found


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("www.shop.example.com", "example.com"),
        ("a.b.co.uk", "b.co.uk"),
        ("me.github.io", "me.github.io"),
        ("github.io", "github.io"),
        ("localhost", "localhost"),
        ("10.0.0.7", "10.0.0.7"),
        ("[2001:db8::1]", "[2001:db8::1]"),
        ("www.example.com.", "example.com"),
    ],
)
def test_p4_the_registrable_domain_follows_the_public_suffix_list(host: str, domain: str) -> None:
    assert registrable_domain(host) == domain


@pytest.mark.parametrize(
    ("initiator", "target", "value"),
    [
        (None, "https://a.example.com", "none"),
        ("https://a.example.com", "https://a.example.com", "same-origin"),
        ("https://a.example.com:8443", "https://a.example.com", "same-site"),
        ("https://b.example.com", "https://a.example.com", "same-site"),
        ("http://a.example.com", "https://a.example.com", "cross-site"),
        ("https://one.github.io", "https://two.github.io", "cross-site"),
        ("http://10.0.0.1", "http://10.0.0.2", "cross-site"),
    ],
)
def test_p3_sec_fetch_site_is_what_a_direct_visit_would_say(initiator: str | None, target: str, value: str) -> None:
    assert fetch_site(site(initiator) if initiator else None, site(target)) == value


def test_p4_suffixes_and_keys() -> None:
    assert is_public_suffix("com")
    assert is_public_suffix("co.uk")
    assert is_public_suffix("localhost")
    assert not is_public_suffix("example.com")
    assert site_key(site("https://a.example.com:444")) == "https://example.com"
