"""What every store promises of searches and lists (R11, R40)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from twinpane.access.search import SearchQuery, as_words, parse_search
from twinpane.errors import InvalidRequestError
from twinpane.ports.records import Team
from twinpane.ports.store import Store
from twinpane.store.conftest import NOW, found, note


@pytest.mark.parametrize(
    "text",
    [
        "id:u-1",
        "AAAA2222",
        "aaaa2222",
        "zoe",
        "ZOË grey",
        "grey zo",
        "hop.example",
        "plat",
        "zoe@acme.example",
        "online",
        "ip:1.1.1.1",
        "#VIP",
        "integration_id:crm:42",
        "#vip zoe online id:u-1",
        "100%",
        "",
    ],
)
async def test_r40_each_term_finds_the_visitor(store: Store, team: Team, text: str) -> None:
    note(
        store,
        team,
        "AAAA2222",
        unique_id="u-1",
        identities=["Zoë Grey", "Zoe@Acme.example"],
        metadata={"plan": "Platinum", "discount": "100%"},
        last_url="https://shop.example/cart",
        ip_address="1.1.1.1",
        is_online=True,
        tags=["VIP", "trial"],
        integration_ids=["crm:42"],
    )
    assert await found(store, team, text) == ["AAAA2222"]


@pytest.mark.parametrize(
    "text",
    [
        *("id:U-1", "id:u", "AAAA3333", "zoe brown", "a@b.example", "-online", "ip:1.1.1.2"),
        *("#vi", "10_%", "\\", "4711", "integration_id:crm:4"),
    ],
)
async def test_r40_one_term_that_does_not_match_hides_the_visitor(store: Store, team: Team, text: str) -> None:
    note(
        store,
        team,
        "AAAA2222",
        unique_id="u-1",
        identities=["Zoë Grey"],
        metadata={"discount": "100%"},
        is_online=True,
        tags=["vip"],
        integration_ids=["crm:42"],
    )
    assert await found(store, team, text) == []


async def test_r40_word_of_eight_letters_is_looked_for_as_a_word_too(store: Store, team: Team) -> None:
    note(store, team, "AAAA2222", identities=["HAMBURGS"])
    query = as_words(parse_search("HAMBURGS"))
    assert query is not None
    page = await store.search_visitors(team.id, query, 50, None)
    assert [visitor.short_id for visitor in page.visitors] == ["AAAA2222"]


async def test_r40_search_sees_later_changes(store: Store, team: Team) -> None:
    note(store, team, "AAAA2222", identities=["Zoë"], last_url="https://shop.example/cart")
    assert await found(store, team, "cart") == ["AAAA2222"]
    note(store, team, "AAAA2222", last_url="https://shop.example/thanks")
    assert await found(store, team, "cart") == []
    assert await found(store, team, "zoe thanks") == ["AAAA2222"]


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("z", "32"),
        ("zo", "32"),
        ("oe", "2"),
        ("ö", "32"),
        ("grey zoe", "2"),
        ("y", "2"),
        ("ey-2", ""),
        ("https://shop.example/cart", "32"),
        ("#vip", "42"),
        ("#vip online", "4"),
        ("#vip -online", "2"),
        ("#vip #trial", "2"),
        ("shop -online", "32"),
        ("ip:10.0.0.4", "4"),
        ("ip:10.0.0", ""),
        ("crm", ""),
        ("integration_id:crm:4 online", "4"),
        ("мир", "4"),
        ("и", "4"),
        ("日本", "4"),
        ("👨‍👩", "4"),
        ("a'b", "4"),
    ],
)
async def test_r40_parts_of_words_and_exact_terms_find_theirs(store: Store, team: Team, text: str, hits: str) -> None:
    url = "https://shop.example/cart"
    note(store, team, "AAAA2222", identities=["Zoë Grey"], tags=["vip", "trial"], last_url=url)
    note(store, team, "AAAA2223", NOW + timedelta(seconds=1), identities=["Zölestin"], last_url=url, tags=["vips"])
    note(
        store,
        team,
        "AAAA2224",
        NOW + timedelta(seconds=2),
        identities=["мир 日本語", "👨‍👩", "a'b"],
        tags=["vip"],
        ip_address="10.0.0.4",
        integration_ids=["crm:4"],
        is_online=True,
    )
    assert "".join(short_id[-1] for short_id in await found(store, team, text)) == hits


async def test_r40_search_goes_on_from_its_cursor_through_hours_and_days(store: Store, team: Team) -> None:
    times = [0, 1, 2, 500, 1000, 1001, 2000, 90_000, 90_001, 200_000]
    for number, seconds in enumerate(times):
        note(store, team, f"AAAA22{number + 20}", NOW + timedelta(seconds=seconds), identities=["Zoë"])
    note(store, team, "BBBB2222", NOW, identities=["Adam"])
    await store.flush()
    note(store, team, "AAAA2220", NOW + timedelta(seconds=300_000))
    seen: list[str] = []
    cursor: str | None = None
    for _ in range(4):
        page = await store.search_visitors(team.id, parse_search("zo"), 3, cursor)
        seen += [visitor.short_id for visitor in page.visitors]
        cursor = page.next_cursor
    assert cursor is None
    assert seen == [f"AAAA22{number}" for number in (20, *range(29, 20, -1))]


async def test_r40_search_of_one_team_finds_nobody_of_another(store: Store, team: Team) -> None:
    other = await store.add_team("Other", "zyxwvu9876")
    note(store, team, "AAAA2222", identities=["Zoë"])
    note(store, other, "AAAA2222", identities=["Zoë"], tags=["vip"])
    assert await found(store, team, "zoe #vip") == []
    assert await found(store, other, "zoe #vip") == ["AAAA2222"]


@pytest.mark.parametrize(
    "text", ["\x00", "a\x00b", "\ue000on", "\u200d", "* OR a", "NEAR(a b)", "-", '"', "\ud7ff\uffff", "x" * 500]
)
async def test_r40_odd_searches_are_words_like_others(store: Store, team: Team, text: str) -> None:
    note(store, team, "AAAA2222", identities=["Zoë"], is_online=True)
    note(store, team, "AAAA2223", identities=[text])
    assert await found(store, team, text) == ["AAAA2223"] if parse_search(text).words else ["AAAA2223", "AAAA2222"]


async def test_r11_list_is_newest_first_and_goes_on_from_its_cursor(store: Store, team: Team) -> None:
    for number in range(2, 9):
        note(store, team, f"AAAA222{number}", NOW + timedelta(seconds=number // 2))
    seen: list[str] = []
    cursor: str | None = None
    for _ in range(4):
        page = await store.search_visitors(team.id, SearchQuery(), 2, cursor)
        seen += [visitor.short_id for visitor in page.visitors]
        cursor = page.next_cursor
    assert cursor is None
    assert seen == [f"AAAA222{number}" for number in (8, 7, 6, 5, 4, 3, 2)]


async def test_r11_page_that_is_just_full_has_no_cursor(store: Store, team: Team) -> None:
    note(store, team, "AAAA2222")
    assert (await store.search_visitors(team.id, SearchQuery(), 1, None)).next_cursor is None


@pytest.mark.parametrize("cursor", ["", "x", "!!!", "MTIz", "é", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OS5BQUFBMjIyMg"])
async def test_r11_foreign_cursor_is_refused(store: Store, team: Team, cursor: str) -> None:
    with pytest.raises(InvalidRequestError) as caught:
        await store.search_visitors(team.id, SearchQuery(), 1, cursor)
    assert caught.value.fields is not None
    assert "cursor" in caught.value.fields


async def test_some_visitors_are_read_at_once_also_just_noted_ones(store: Store, team: Team) -> None:
    for short_id in ("AAAA2222", "BBBB2222", "CCCC2222"):
        note(store, team, short_id, identities=[short_id])
    found = await store.visitors_among(team.id, ["CCCC2222", "AAAA2222", "ZZZZ2222"])
    assert sorted(each.short_id for each in found) == ["AAAA2222", "CCCC2222"]
    assert await store.visitors_among(team.id + 1, ["AAAA2222"]) == []
