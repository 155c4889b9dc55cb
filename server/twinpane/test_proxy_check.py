"""What an operator is told about the proxy's domain."""

from __future__ import annotations

import pytest

from twinpane.main import proxy_base
from twinpane.proxy_check import check_proxy
from twinpane.rewrite.address import ProxyBase
from twinpane.settings import Settings


@pytest.mark.parametrize(
    ("base", "public_url", "problem"),
    [
        (ProxyBase("http", "px.localhost", 8080), None, None),
        (ProxyBase("http", "localhost", 8080), None, "public suffix"),
        (ProxyBase("https", "github.io", 443), "https://help.example.com", "public suffix"),
        (ProxyBase("https", "px.example.com", 443), "https://help.example.com", "one site"),
        (ProxyBase("http", "px.example.net", 80), None, "Plain http"),
        (ProxyBase("https", "px.nowhere.invalid", 443), "https://help.example.com", "has no address"),
    ],
)
def test_a_domain_that_cannot_work_is_told(base: ProxyBase, public_url: str | None, problem: str | None) -> None:
    bad = [finding.words for finding in check_proxy(base, public_url) if not finding.is_fine]
    assert (problem is None and not bad) or any(problem is not None and problem in words for words in bad)


@pytest.mark.parametrize(
    ("public_url", "domain", "base"),
    [
        (None, None, ProxyBase("http", "px.localhost", 4711)),
        ("http://localhost:9000", None, ProxyBase("http", "px.localhost", 9000)),
        ("https://help.example.com", None, None),
        ("https://help.example.com", "px.example.net", ProxyBase("https", "px.example.net", 443)),
        ("https://help.example.com", "px.example.net:8443", ProxyBase("https", "px.example.net", 8443)),
        (None, "px.localhost:5000", ProxyBase("http", "px.localhost", 5000)),
    ],
)
def test_where_proxied_sites_live_follows_from_the_settings(
    public_url: str | None, domain: str | None, base: ProxyBase | None
) -> None:
    assert proxy_base(Settings(public_url=public_url, proxy_domain=domain), 4711) == base
