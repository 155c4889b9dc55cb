"""`GET usage` (R10)."""

from __future__ import annotations

from datetime import timedelta

from twinpane.ports.records import VisitorChange
from twinpane.web.conftest import Site


async def test_r10_all_figures_are_integers_from_the_start(site: Site) -> None:
    _, told, _ = await site.ask("GET", "/v1.4/usage")
    assert told["usage"] == {
        "visitors": {"online_now": 0, "last_24_hrs": 0, "last_30_days": 0},
        "agents": {"today": 0, "last_30_days": 0},
        "session_counts": {"now": 0, "today": 0, "last_30_days": 0},
        "session_seconds": {"today": 0, "last_30_days": 0},
    }


async def test_r10_visitors_agents_and_sessions_are_counted(site: Site) -> None:
    three_days_ago = site.clock.now() - timedelta(days=3)
    site.store.record_visitor(VisitorChange(team_id=site.team.id, short_id="BBBB2222", at=three_days_ago, set={}))
    path = await site.watch_url()
    await site.send("GET", path)
    _, told, _ = await site.ask("GET", "/v1.4/usage")
    assert told["usage"]["visitors"] == {"online_now": 0, "last_24_hrs": 1, "last_30_days": 2}
    assert told["usage"]["agents"] == {"today": 1, "last_30_days": 1}
    assert told["usage"]["session_counts"] == {"now": 1, "today": 1, "last_30_days": 1}


async def test_r10_another_team_sees_nothing_of_it(site: Site) -> None:
    await site.watch_url()
    _, told, _ = await site.ask("GET", "/v1.4/usage", key=await site.other_team_key())
    assert told["usage"]["session_counts"]["now"] == 0
    assert told["usage"]["visitors"]["last_30_days"] == 0
