"""What a visitor looked at, in every store (R12)."""

from __future__ import annotations

from datetime import timedelta

from twinpane.ports.records import PageView, Team
from twinpane.ports.store import Store
from twinpane.store.conftest import NOW, note
from twinpane.store.page_views import KEPT


def views(count: int, start: int = 0) -> list[PageView]:
    return [
        PageView(url=f"https://shop.example/{n}", title=f"Page {n}", viewed_at=NOW + timedelta(seconds=n))
        for n in range(start, start + count)
    ]


async def test_r12_the_newest_views_come_first_and_others_have_their_own(store: Store, team: Team) -> None:
    for short_id in ("AAAA2222", "BBBB3333"):
        note(store, team, short_id)
    await store.flush()
    await store.add_page_views(team.id, "AAAA2222", views(3))
    await store.add_page_views(team.id, "AAAA2222", views(1, start=3))
    await store.add_page_views(team.id, "AAAA2222", [])
    assert await store.page_views(team.id, "AAAA2222", 2) == [views(1, start=3)[0], views(1, start=2)[0]]
    assert await store.page_views(team.id, "BBBB3333", 9) == []


async def test_r12_views_of_a_visitor_who_came_this_moment_are_kept(store: Store, team: Team) -> None:
    note(store, team, "AAAA2222")
    await store.add_page_views(team.id, "AAAA2222", views(1))
    assert await store.page_views(team.id, "AAAA2222", 10) == views(1)


async def test_r12_of_one_visitors_views_the_newest_200_are_kept(store: Store, team: Team) -> None:
    note(store, team, "AAAA2222")
    await store.flush()
    for start in range(0, 260, 65):
        await store.add_page_views(team.id, "AAAA2222", views(65, start))
    kept = await store.page_views(team.id, "AAAA2222", 1000)
    assert (len(kept), kept[0].title, kept[-1].title) == (KEPT, "Page 259", "Page 60")


async def test_r13_views_go_with_their_visitor_and_none_are_kept_of_the_unknown(store: Store, team: Team) -> None:
    note(store, team, "AAAA2222")
    await store.flush()
    await store.add_page_views(team.id, "AAAA2222", views(2))
    await store.erase_visitors(team.id, ["AAAA2222"])
    await store.add_page_views(team.id, "AAAA2222", views(2))
    assert await store.page_views(team.id, "AAAA2222", 10) == []
