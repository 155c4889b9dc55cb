"""A repeated POST is answered as the first time (R3, `Idempotency-Key`)."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from twinpane.store.sql import SqlStore
from twinpane.web.conftest import AGENT, OpenSite, Site
from twinpane.web.repeats import KEPT_S

PATH = "/v1.4/visitors/AAAA2222/watch_url"


async def post(
    site: Site, name: str = "k1", body: Any = AGENT, path: str = PATH, **options: Any
) -> tuple[int, Any, Any]:
    return await site.ask("POST", path, json=body, headers={"Idempotency-Key": name}, **options)


async def test_r3_same_key_gives_the_same_answer_and_one_seat(site: Site) -> None:
    site.visitor()
    status, first, response = await post(site)
    assert (status, response.headers.get("Idempotency-Replayed")) == (200, None)
    status, second, response = await post(site)
    assert (status, response.headers["Idempotency-Replayed"]) == (200, "true")
    assert second == first
    assert response.headers.getall("RateLimit-Limit") == ["100"]
    [record] = await site.store.sessions_of(site.team.id, "AAAA2222", 5)
    assert len(record.agents) == 1
    assert (await post(site, "k2"))[1] != first


async def test_r3_same_key_with_another_body_or_path_is_a_conflict(site: Site) -> None:
    site.visitor()
    site.visitor("BBBB3333")
    await post(site)
    for body, path in (({"agent": {"id": "8", "name": "Bo"}}, PATH), (AGENT, PATH.replace("AAAA2222", "BBBB3333"))):
        status, told, _ = await post(site, body=body, path=path)
        assert (status, told["error"]) == (409, "conflict")


async def test_r3_answer_is_kept_for_a_day(site: Site) -> None:
    site.visitor()
    _, first, _ = await post(site)
    site.clock.advance(KEPT_S - 1)
    assert (await post(site))[1] == first
    site.clock.advance(2)
    assert (await post(site))[1] != first


async def test_r3_failure_is_not_kept(site: Site) -> None:
    assert (await post(site))[0] == 404
    site.visitor()
    assert (await post(site))[0] == 200


async def test_r3_keys_of_teams_are_apart(site: Site) -> None:
    site.visitor()
    await post(site)
    assert (await post(site, key=await site.other_team_key()))[0] == 404


async def test_r3_of_requests_at_once_one_is_done(site: Site) -> None:
    site.visitor()
    answers = await asyncio.gather(*(post(site) for _ in range(5)))
    urls = {told["watch_url"] for status, told, _ in answers if status == 200}
    assert len(urls) == 1
    assert all(told["error"] == "conflict" for status, told, _ in answers if status != 200)
    [record] = await site.store.sessions_of(site.team.id, "AAAA2222", 5)
    assert len(record.agents) == 1


@pytest.mark.parametrize("name", ["x" * 256, "a\tb"])
async def test_r3_key_that_cannot_be_used_is_named(site: Site, name: str) -> None:
    status, told, _ = await post(site, name)
    assert (status, list(told["fields"])) == (422, ["Idempotency-Key"])


async def test_r3_body_over_the_limit_is_too_large_also_with_a_key(site: Site) -> None:
    status, told, _ = await site.ask("POST", PATH, data=b" " * 70_000, headers={"Idempotency-Key": "k"})
    assert (status, told["error"]) == (413, "too_large")


async def test_n7_repeat_at_another_node_gets_the_same_answer(open_site: OpenSite) -> None:
    async with open_site() as first, open_site(first.store) as second:
        first.visitor()
        _, told, _ = await post(first)
        status, again, response = await post(second, key=first.secret)
        assert (status, again, response.headers["Idempotency-Replayed"]) == (200, told, "true")
        [record] = await first.store.sessions_of(first.team.id, "AAAA2222", 5)
        assert len(record.agents) == 1


async def test_n7_answer_outlives_a_restart_and_its_link_is_not_in_the_database(
    open_site: OpenSite, tmp_path: Path
) -> None:
    file = tmp_path / "one.db"
    async with open_site(SqlStore.in_file(file)) as site:
        site.visitor()
        await site.store.flush()
        _, told, _ = await post(site)
    token = told["watch_url"].rpartition("/")[2].encode()
    assert token not in await asyncio.to_thread(file.read_bytes)
    async with open_site(SqlStore.in_file(file)) as site:
        assert (await post(site))[1] == told
