from __future__ import annotations

import pytest

from twinpane.live.origins import own_origin, visitor_origin_allowed


@pytest.mark.parametrize(
    ("origin", "domains", "allowed"),
    [
        ("https://any.example", [], True),
        (None, [], True),
        (None, ["shop.example"], False),
        ("null", ["shop.example"], False),
        ("https://shop.example", ["shop.example"], True),
        ("https://SHOP.example:8443", ["Shop.Example"], True),
        ("https://www.shop.example", ["shop.example"], False),
        ("https://www.shop.example", ["*.shop.example"], True),
        ("https://shop.example", ["*.shop.example"], False),
        ("https://evilshop.example", ["*.shop.example", "shop.example"], False),
        ("https://shop.example.evil.example", ["*.shop.example", "shop.example"], False),
        ("http://localhost:3000", ["localhost:3000"], True),
        ("http://localhost:4000", ["localhost:3000"], False),
        ("https://[bad", ["shop.example"], False),
    ],
)
def test_w8_a_visitors_origin_is_among_the_allowed_domains(
    origin: str | None, domains: list[str], allowed: bool
) -> None:
    assert visitor_origin_allowed(origin, domains) is allowed


def test_w8_an_agents_origin_is_the_servers_own() -> None:
    own = ["https://t.example", "http://127.0.0.1:8080/"]
    assert own_origin("https://T.example", own)
    assert own_origin("http://127.0.0.1:8080", own)
    assert not own_origin("http://t.example", own)
    assert not own_origin("null", own)
    assert not own_origin(None, own)
