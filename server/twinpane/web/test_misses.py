from __future__ import annotations

import pytest

from twinpane.web.conftest import Site
from twinpane.web.misses import PER_S


async def test_r3_wrong_keys_of_an_address_are_told_to_wait_and_right_ones_pass(site: Site) -> None:
    statuses = [(await site.ask("GET", "/v1.4/usage", key=f"wrong-{number}"))[0] for number in range(PER_S)]
    assert statuses == [401] * PER_S
    status, told, response = await site.ask("GET", "/v1.4/usage", key="wrong again")
    assert (status, told["error"], response.headers["Retry-After"]) == (429, "rate_limited", "1")
    assert (await site.ask("GET", "/v1.4/usage"))[0] == 200
    site.clock.advance(1)
    assert (await site.ask("GET", "/v1.4/usage", key="wrong again"))[0] == 401


@pytest.mark.parametrize("place", ["watch", "join"])
async def test_r15a_links_that_nobody_made_are_told_to_wait_and_real_ones_open(site: Site, place: str) -> None:
    known = await site.watch_url()
    found = [(await site.send("GET", f"/{place}/made-up-{number}"))[0] for number in range(PER_S)]
    assert 429 not in found
    assert 200 not in found
    status, _, response = await site.send("GET", f"/{place}/made-up")
    assert (status, response.headers["Retry-After"]) == (429, "1")
    assert (await site.send("GET", known))[0] == 200
    site.clock.advance(1)
    assert (await site.send("GET", f"/{place}/made-up"))[0] == found[0]
