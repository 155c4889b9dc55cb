"""Keys are made, read and hashed (R2)."""

from __future__ import annotations

import pytest

from twinpane.access.keys import hash_secret, is_public_key, key_in_headers, make_public_key, make_rest_key


def test_r2_rest_key_carries_the_whole_token() -> None:
    assert make_rest_key("t" * 43) == "tp_" + "t" * 43


def test_public_key_is_ten_letters_and_digits() -> None:
    made = make_public_key("-_a1-b2_c3d4-e5f6")
    assert made == "a1b2c3d4e5"
    assert is_public_key(made)
    assert make_public_key("-_-_abc") is None


@pytest.mark.parametrize("text", ["", "short", "abcdefghijk", "abcde-ghij", "abcdeéghij", "../../etc."])
def test_other_text_is_no_public_key(text: str) -> None:
    assert not is_public_key(text)


@pytest.mark.parametrize(
    ("headers", "key"),
    [
        ({"x-api-key": "s"}, "s"),
        ({"x-api-key": " s "}, "s"),
        ({"authorization": "Bearer s"}, "s"),
        ({"authorization": "bearer  s"}, "s"),
        ({"x-api-key": "a", "authorization": "Bearer b"}, "a"),
        ({"x-api-key": "", "authorization": "Bearer b"}, "b"),
        ({"authorization": "Basic s"}, None),
        ({"authorization": "Bearer"}, None),
        ({"authorization": "s"}, None),
        ({}, None),
    ],
)
def test_r2_key_is_read_from_either_header(headers: dict[str, str], key: str | None) -> None:
    assert key_in_headers(headers) == key


def test_r15a_hash_is_sha_256_and_takes_any_text() -> None:
    assert hash_secret("abc").hex().startswith("ba7816bf")
    assert len(hash_secret("\ud800")) == 32
