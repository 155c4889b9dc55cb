"""Globs of hosts."""

from __future__ import annotations

import pytest

from twinpane.access.hosts import host_allowed


@pytest.mark.parametrize(
    ("host", "globs", "allowed"),
    [
        ("any.example", [], True),
        ("shop.example", ["shop.example"], True),
        ("SHOP.example.", ["shop.EXAMPLE"], True),
        ("www.shop.example", ["shop.example"], False),
        ("www.shop.example", ["*.shop.example"], True),
        ("shop.example", ["*.shop.example"], False),
        ("evilshop.example", ["*.shop.example"], False),
        ("a.b.shop.example", ["other.example", "*.shop.example"], True),
        ("anything.example", ["*"], True),
    ],
)
def test_p1_a_host_must_fit_a_glob_when_any_are_given(host: str, globs: list[str], allowed: bool) -> None:
    assert host_allowed(host, globs) is allowed
