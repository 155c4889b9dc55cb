"""Log-ins end, passwords are not guessed at once, the cookie is not read on the way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from twinpane.access.log_ins import cookie_name, fold_email, is_local, log_in_holds, require_good_password
from twinpane.errors import ForbiddenError, InvalidRequestError

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def test_a_log_in_ends_when_it_expires_or_a_day_after_its_last_use() -> None:
    later = NOW + timedelta(days=14)
    assert log_in_holds(NOW, later, NOW + timedelta(hours=23))
    assert not log_in_holds(NOW, later, NOW + timedelta(days=1))
    assert not log_in_holds(later, later, later)


@pytest.mark.parametrize("password", ["aaaaaaaaaaaaaaa", "zoe@shop.example", "Zoe Grey Zoe Grey", "twinpane1231"])
def test_a_password_made_of_ones_own_name_or_few_characters_is_refused(password: str) -> None:
    with pytest.raises(InvalidRequestError) as caught:
        require_good_password(password, "zoe@shop.example", "Zoe Grey")
    assert caught.value.fields is not None
    assert "password" in caught.value.fields


def test_any_other_password_is_taken_as_it_is() -> None:
    require_good_password("correct horse battery", "zoe@shop.example", "Zoe Grey")
    require_good_password("пароль из слов", "zoe@shop.example", "Jo")


def test_the_cookie_is_bound_to_the_host_on_https_and_taken_elsewhere_on_localhost_only() -> None:
    assert cookie_name("https://help.example") == "__Host-twinpane"
    for address in ("http://localhost:8080", "http://127.0.0.1:9", "http://[::1]:8080", "http://a.localhost"):
        assert cookie_name(address) == "twinpane-console"
    for address in ("http://help.example", "http://192.168.1.7:8080", "http://localhost.example"):
        with pytest.raises(ForbiddenError):
            cookie_name(address)


def test_addresses_are_the_same_in_capitals() -> None:
    assert fold_email(" Zoe@Shop.example ") == "zoe@shop.example"
    assert is_local("localhost")
