"""What the full-text index holds and how it is asked (R40)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from twinpane.access.search import SearchQuery, exact_tokens, fold, parse_search
from twinpane.store.words import Term, all_of, asked, document, place_of, span_of, tsquery_of

NOW = datetime(2026, 11, 22, tzinfo=UTC)
text = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


def row(**given: Any) -> dict[str, Any]:
    return {"team_id": 1, "search_text": "", "exact_tokens": "", "ip_address": None, "is_online": False} | given


@settings(deadline=None)
@given(text, st.integers(0, 20), st.integers(1, 20))
def test_r40_every_part_of_a_word_asks_for_grams_that_the_index_has(written: str, begin: int, length: int) -> None:
    words = fold(written).split()
    tokens = document(row(search_text=fold(written))).split(" ")
    for word in words:
        query = SearchQuery(words=(word[begin : begin + length],))
        for term in asked(1, query) if all(query.words) else []:
            assert any(token.startswith(term.text) if term.is_beginning else token == term.text for token in tokens)


def test_r40_names_and_addresses_cannot_be_read_in_the_index() -> None:
    tokens = exact_tokens(["zoe@acme.example"], {}, ["very-important"], ["crm:42"])
    indexed = document(row(exact_tokens=tokens, search_text="zoe@acme.example", ip_address="192.0.2.77"))
    for written in ("zoe@acme", "acme.example", "important", "crm:42", "192.0.2.77"):
        assert written not in indexed


def test_r40_exact_look_ups_and_lists_need_no_full_text() -> None:
    for typed in ("", "online", "-online", "id:u1", "AAAA2222", "id:u1 zoe", "4711"):
        assert asked(1, parse_search(typed)) == []
    query = parse_search("zoe -online")
    assert all_of(asked(1, query), query) == '("zoe" AND "\ue000t1") NOT "\ue000on"'
    assert tsquery_of(asked(1, query)) == "'zoe' & '\ue000t1'"


def test_r40_terms_are_quoted_as_each_database_reads_them() -> None:
    assert Term('a"b').for_sqlite() == '"a""b"'
    assert Term("a'\\").for_postgresql() == "'a''\\\\'"
    assert (Term("zo", True).for_sqlite(), Term("zo", True).for_postgresql()) == ('"zo"*', "'zo':*")


def test_r40_long_word_is_asked_for_by_a_few_of_its_grams() -> None:
    assert len(asked(1, parse_search("x".join(map(str, range(100)))))) <= 10


def test_r11_later_spans_have_later_places() -> None:
    later = NOW + timedelta(minutes=18)
    assert span_of(later) == span_of(NOW) + 1
    assert place_of(later, 1) > place_of(NOW, 2**40 - 1)
    assert place_of(NOW, 7) & 2**40 - 1 == 7
    assert place_of(datetime(2150, 1, 1, tzinfo=UTC), 2**40 - 1) < 2**63
