"""`GET list` (R11, R40)."""

from __future__ import annotations

import pytest

from twinpane.web.conftest import Site


async def listed(site: Site, **query: str) -> list[str]:
    status, told, _ = await site.ask("GET", "/v1.4/list", params=query)
    assert status == 200, told
    return [visitor["short_id"] for visitor in told["visitors"]]


async def test_r11_newest_come_first_and_the_cursor_goes_on(site: Site) -> None:
    for number in range(2, 9):
        site.visitor(f"AAAA222{number}")
        site.clock.advance(1)
    _, first, _ = await site.ask("GET", "/v1.4/list", params={"max_results": "4"})
    assert [visitor["short_id"][-1] for visitor in first["visitors"]] == ["8", "7", "6", "5"]
    query = {"max_results": "4", "cursor": first["next_cursor"]}
    _, rest, _ = await site.ask("GET", "/v1.4/list", params=query)
    assert [visitor["short_id"][-1] for visitor in rest["visitors"]] == ["4", "3", "2"]
    assert "next_cursor" not in rest


async def test_r11_fifty_by_default_and_at_most_500(site: Site) -> None:
    for number in range(60):
        site.visitor(f"A{number:07}")
    assert len(await listed(site)) == 50
    assert len(await listed(site, max_results="500")) == 60
    for wrong in ("0", "501", "-1", "many", "1.5", "9" * 400):
        status, told, _ = await site.ask("GET", "/v1.4/list", params={"max_results": wrong})
        assert (status, told["error"], list(told["fields"])) == (422, "invalid_request", ["max_results"])


async def test_r11_cursor_that_is_not_ours_is_bad_input(site: Site) -> None:
    status, told, _ = await site.ask("GET", "/v1.4/list", params={"cursor": "x"})
    assert (status, list(told["fields"])) == (422, ["cursor"])


async def test_r40_own_unique_id_leads_to_the_short_id(site: Site) -> None:
    site.visitor("AAAA2222", unique_id="customer 42")
    site.visitor("BBBB2222", unique_id="customer-43")
    assert await listed(site, search="id:customer-43") == ["BBBB2222"]
    assert await listed(site, search='id:"customer 42"') == ["AAAA2222"]
    assert await listed(site, search="id:customer-44") == []


async def test_r40_words_in_capitals_that_look_like_a_short_id_are_still_found(site: Site) -> None:
    site.visitor("AAAA2222", identities=["HAMBURGS"])
    assert await listed(site, search="HAMBURGS") == ["AAAA2222"]
    assert await listed(site, search="AAAA2222") == ["AAAA2222"]


@pytest.mark.parametrize("search", ["%00", "\u0000", "%", "_", "'; DROP TABLE visitors; --", "😀", "id:", "#"])
async def test_r40_anything_may_be_typed(site: Site, search: str) -> None:
    site.visitor("AAAA2222", identities=["Zoë"])
    assert await listed(site, search=search) == []


async def test_r40_too_long_a_search_is_bad_input(site: Site) -> None:
    status, told, _ = await site.ask("GET", "/v1.4/list", params={"search": "x" * 501})
    assert (status, list(told["fields"])) == (422, ["search"])


async def test_s6_wrong_lookup_codes_lock_the_key_out(site: Site) -> None:
    other = await site.key_with("read")
    for guess in range(10):
        assert await listed(site, search=f"{guess:04}") == []
    status, told, response = await site.ask("GET", "/v1.4/list", params={"search": "0010"})
    assert (status, told["error"]) == (429, "rate_limited")
    assert int(response.headers["Retry-After"]) > 200
    assert await listed(site, search="zoe") == []
    status, _, _ = await site.ask("GET", "/v1.4/list", params={"search": "0010"}, key=other)
    assert status == 200
    site.clock.advance(400)
    assert await listed(site, search="0010") == []


async def test_r11_another_team_lists_nothing_of_it(site: Site) -> None:
    site.visitor("AAAA2222", unique_id="u1")
    other = await site.other_team_key()
    for search in ("", "id:u1", "AAAA2222"):
        _, told, _ = await site.ask("GET", "/v1.4/list", params={"search": search}, key=other)
        assert told["visitors"] == []
