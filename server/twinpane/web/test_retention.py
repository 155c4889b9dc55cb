"""Visitors go when they were not seen for so long (settings, `retention_days`)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest_asyncio
import structlog

from twinpane.access.search import SearchQuery
from twinpane.actions.count_usage import count_usage
from twinpane.actions.expire_visitors import AT_ONCE, Kept, Retention
from twinpane.live.assets import owner_name
from twinpane.ports.records import PageView, SessionRecord, Team, VisitorChange
from twinpane.store.sql import SqlStore
from twinpane.web.conftest import OpenSite, Site
from twinpane.web.test_api_erase import everything_in
from twinpane.web.test_api_recording import recorded

DAY_S = 86_400.0


@pytest_asyncio.fixture
async def site(open_site: OpenSite, tmp_path: Path) -> AsyncIterator[Site]:
    async with open_site(SqlStore.in_file(tmp_path / "twinpane.db")) as opened:
        yield opened


@pytest_asyncio.fixture
async def retention(site: Site) -> AsyncIterator[Retention]:
    made = Retention(site.store, site.live, site.clock, Kept(visitors=timedelta(days=30), recordings=timedelta(days=7)))
    made.start()
    yield made
    await made.stop()


def note(site: Site, team: Team, short_id: str) -> None:
    site.store.record_visitor(
        VisitorChange(
            team_id=team.id, short_id=short_id, at=site.clock.now(), set={"identities": [f"zebra-{short_id}"]}
        )
    )


async def left(site: Site, team: Team) -> list[str]:
    visitors = (await site.store.search_visitors(team.id, SearchQuery(), 500, None)).visitors
    return sorted(visitor.short_id for visitor in visitors)


async def test_visitors_of_all_teams_go_with_all_about_them_and_no_byte_is_left(
    site: Site, retention: Retention, tmp_path: Path
) -> None:
    other = await site.store.add_team("Other", "zyxwvu9876")
    for team in (site.team, other):
        for number in range(AT_ONCE + 20):
            note(site, team, f"OLD2{number:04}")
    old = SessionRecord(id="s-old", team_id=other.id, short_id="OLD20000", started_at=site.clock.now())
    await site.store.flush()
    await site.store.add_session(old)
    await site.store.update_session("s-old", ended_at=site.clock.now(), end_reason="timeout")
    view = PageView(url="https://shop.example/zebra", title="", viewed_at=site.clock.now())
    await site.store.add_page_views(other.id, "OLD20000", [view])
    digest = await site.live._world.blobs.put(b"x", "image/png", owner_name(other.id, "OLD20000"))
    site.clock.advance(29 * DAY_S)
    await retention.idle()
    assert len(await left(site, other)) == AT_ONCE + 20
    note(site, other, "NEW22222")
    with structlog.testing.capture_logs() as logs:
        site.clock.advance(DAY_S + 3600)
        await retention.idle()
    assert await left(site, site.team) == []
    assert await left(site, other) == ["NEW22222"]
    assert await site.store.session(other.id, "s-old") is None
    assert await site.live._world.blobs.get(digest, owner_name(other.id, "OLD20000")) is None
    assert [log["visitors"] for log in logs if log["event"] == "retention"] == [2 * AT_ONCE + 40]
    assert site.live.metrics().visitors_expired == 2 * AT_ONCE + 40
    everything = everything_in(tmp_path)
    assert b"zebra-OLD" not in everything
    assert b"shop.example/zebra" not in everything
    assert b"zebra-NEW22222" in everything


async def test_r10_who_had_a_session_since_stays_and_the_figures_with_them(site: Site, retention: Retention) -> None:
    for short_id in ("GONE2222", "HELD2222", "RANG2222"):
        note(site, site.team, short_id)
    site.clock.advance(20 * DAY_S)
    await retention.idle()
    started = {"team_id": site.team.id, "started_at": site.clock.now()}
    await site.store.add_session(SessionRecord(id="s1", short_id="RANG2222", **started))  # type: ignore[arg-type]
    await site.store.update_session("s1", ended_at=site.clock.now(), end_reason="timeout")
    await site.ask("POST", "/v1.4/visitors/HELD2222/watch_url", json={"agent": {"id": "7", "name": "Zoë"}})
    before = await count_usage(site.store, site.live, site.team, site.clock.now())
    await site.live._world.errands.finish()
    site.clock.advance(10.5 * DAY_S)
    await retention.idle()
    assert await left(site, site.team) == ["HELD2222", "RANG2222"]
    after = await count_usage(site.store, site.live, site.team, site.clock.now())
    assert after["session_counts"]["last_30_days"] == before["session_counts"]["last_30_days"] == 2


async def test_who_came_back_a_moment_ago_is_not_erased(site: Site) -> None:
    visitor = site.live._presence.arrive(site.team, "BACK2222")
    note(site, site.team, "BACK2222")
    note(site, site.team, "GONE2222")
    await site.store.flush()
    assert await site.live.expire_visitors(site.team.id, ["BACK2222", "GONE2222"]) == 1
    assert visitor.is_online
    assert await left(site, site.team) == ["BACK2222"]


async def test_r20_recordings_go_by_their_own_age(site: Site, retention: Retention) -> None:
    path = await recorded(site)
    site.clock.advance(6 * DAY_S)
    await retention.idle()
    assert (await site.ask("GET", path))[0] == 200
    site.clock.advance(1.1 * DAY_S)
    await retention.idle()
    assert (await site.ask("GET", path))[0] == 404
    assert await site.live.recordings.measure(owner_name(site.team.id, "AAAA2222"), "s1") is None
    assert (await site.ask("GET", "/v1.4/sessions/s1"))[0] == 200
