"""`DELETE visitors/:id/session` (R16)."""

from __future__ import annotations

from twinpane.web.conftest import Site

PATH = "/v1.4/visitors/AAAA2222/session"


async def test_r16_session_ends_and_the_answer_is_plain_ok(site: Site) -> None:
    await site.watch_url()
    status, text, response = await site.ask("DELETE", PATH)
    assert (status, text, response.content_type) == (200, "ok", "text/plain")
    assert site.live.session_id_of(site.team.id, "AAAA2222") is None


async def test_r16_ended_session_tells_when_and_why(site: Site) -> None:
    await site.watch_url()
    site.clock.advance(10)
    await site.ask("DELETE", PATH)
    await site.live.drain()
    [record] = await site.store.sessions_of(site.team.id, "AAAA2222", 5)
    assert (record.ended_at, record.end_reason) == (site.clock.now(), "agent_stopped")


async def test_r16_also_ok_when_no_session_is_active(site: Site) -> None:
    site.visitor()
    for spelling in (PATH, "/v1.0/users/AAAA2222/session.json"):
        status, text, _ = await site.ask("DELETE", spelling)
        assert (status, text) == (200, "ok")


async def test_r3_unknown_visitor_is_not_found(site: Site) -> None:
    status, told, _ = await site.ask("DELETE", PATH)
    assert (status, told["error"]) == (404, "not_found")


async def test_r16_another_team_cannot_end_it(site: Site) -> None:
    await site.watch_url()
    status, _, _ = await site.ask("DELETE", PATH, key=await site.other_team_key())
    assert status == 404
    assert site.live.session_id_of(site.team.id, "AAAA2222") is not None
