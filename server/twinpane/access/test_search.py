"""What is typed into a search box, read (R40)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twinpane.access.search import (
    Searched,
    SearchQuery,
    as_words,
    exact_tokens,
    fits,
    fold,
    parse_search,
    search_text,
    wanted_tokens,
)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("", SearchQuery()),
        ("   ", SearchQuery()),
        ("Zoë GREY", SearchQuery(words=("zoe", "grey"))),
        ("id:U-1", SearchQuery(unique_id="U-1")),
        ('id:"a b" c', SearchQuery(unique_id="a b", words=("c",))),
        ("id:a:b", SearchQuery(unique_id="a:b")),
        ("id:", SearchQuery(words=("id:",))),
        ("Zoe@Acme.example", SearchQuery(email="zoe@acme.example")),
        ("online", SearchQuery(online=True)),
        ("-online", SearchQuery(online=False)),
        ("ip:1.1.1.1", SearchQuery(ip="1.1.1.1")),
        ("4711", SearchQuery(lookup_code="4711")),
        ("47110", SearchQuery(words=("47110",))),
        ("٤٧١١", SearchQuery(words=("٤٧١١",))),
        ("#VIP #trial", SearchQuery(tags=("vip", "trial"))),
        ("#", SearchQuery(words=("#",))),
        ("integration_id:crm:42", SearchQuery(integration="crm:42")),
        ("ABCD2345", SearchQuery(short_id="ABCD2345")),
        ("abcd2345", SearchQuery(words=("abcd2345",))),
        ("ABCD1234", SearchQuery(words=("abcd1234",))),
        ("id:u online #vip zo", SearchQuery(unique_id="u", online=True, tags=("vip",), words=("zo",))),
    ],
)
def test_r40_each_term_is_read(text: str, query: SearchQuery) -> None:
    assert parse_search(text) == query


@given(st.text())
def test_r40_anything_can_be_typed(text: str) -> None:
    query = parse_search(text)
    assert all(word == fold(word) for word in query.words)


def test_r40_short_id_can_be_read_as_a_word() -> None:
    assert as_words(parse_search("HAMBURGS zoe")) == SearchQuery(words=("zoe", "hamburgs"))
    assert as_words(parse_search("zoe")) is None


def test_r40_words_are_looked_for_in_who_where_and_what() -> None:
    text = search_text("AAAA2222", "U-1", ["Zoë"], {"plan": "Pro", "seats": 3}, "https://shop.example/Cart")
    assert all(word in text for word in ("aaaa2222", "u-1", "zoe", "pro", "3", "shop.example/cart"))


def test_r40_exact_tokens_match_whole() -> None:
    tokens = exact_tokens(["zoe@acme.example"], {"mail": "z@b.example"}, ["VIP"], ["crm:42"])
    for text in ("#vip", "zoe@acme.example", "Z@b.example", "integration_id:CRM:42"):
        [token] = wanted_tokens(parse_search(text))
        assert token in tokens, text
    for text in ("#vi", "oe@acme.example", "integration_id:crm:4"):
        [token] = wanted_tokens(parse_search(text))
        assert token not in tokens, text


def test_r40_a_tag_cannot_pretend_to_be_another_token() -> None:
    tokens = exact_tokens([], {}, ["x\nemail:zoe@acme.example\n"], [])
    [token] = wanted_tokens(parse_search("zoe@acme.example"))
    assert token not in tokens


def test_r40_tag_is_the_same_with_and_without_its_sign() -> None:
    [wanted] = wanted_tokens(parse_search("#customer"))
    for tag in ("customer", "#Customer"):
        assert wanted in exact_tokens([], {}, [tag], [])


def test_r40_who_is_online_is_found_by_the_same_language() -> None:
    it = Searched(
        text=search_text(
            "K7QM2XPA", "u-1", ["Zoë Grey", "zoe@shop.example"], {"seat": "1234"}, "https://shop.example/"
        ),
        tokens=exact_tokens(["zoe@shop.example"], {}, ["#vip"], ["crm:7"]),
        unique_id="u-1",
        ip="192.0.2.7",
    )
    found = "zoe gre|K7QM2XPA|1234|id:u-1|ip:192.0.2.7|#vip|zoe@shop.example|integration_id:crm:7|online|"
    for text in found.split("|"):
        assert fits(parse_search(text), it), text
    for text in ("adam", "zoe adam", "4321", "id:u-2", "ip:192.0.2.8", "#vi", "bo@shop.example", "-online"):
        assert not fits(parse_search(text), it), text
