"""Public links (S2, `getPublicLink`)."""

from __future__ import annotations

from datetime import timedelta

from twinpane.live.public_links import Invitation
from twinpane.web.conftest import Site

ZOE = "Zo\u00eb <b>"


def link(site: Site, short_id: str) -> str:
    invitation = Invitation(site.team.id, short_id, "7", ZOE)
    return "/join/" + site.live._public_links.token(invitation, site.clock.now() + timedelta(minutes=5))


async def test_s2_whoever_has_the_link_watches_without_a_log_in(site: Site) -> None:
    path = link(site, site.visitor())
    status, page, _ = await site.send("GET", path)
    assert status == 200
    assert "Zo\u00eb &lt;b&gt;" in page
    assert site.live.session_count(site.team.id) == 0
    for _ in range(2):
        status, _, response = await site.send("POST", path)
        assert status == 303
        assert (await site.send("GET", response.headers["location"]))[0] == 200
    _, told, _ = await site.ask("GET", "/v1.4/sessions")
    [session] = told["sessions"]
    assert [(agent["agent_identifier"], agent["name"]) for agent in session["agents"]] == [("7", ZOE)] * 2
    _, told, _ = await site.ask("GET", "/v1.4/audit")
    assert told["entries"][0]["who"] == f"public link ({ZOE})"


async def test_s2_a_link_that_is_old_or_wrong_or_of_nobody_says_so(site: Site) -> None:
    old = link(site, site.visitor())
    for path in (link(site, "ZZZZ9999"), old[:-1], "/join/x"):
        status, page, _ = await site.send("POST", path)
        assert (status, "no longer works" in page) == (410, True)
    site.clock.advance(301)
    for method in ("GET", "POST"):
        assert (await site.send(method, old))[0] == 410


async def test_r15c_a_full_session_says_so(site: Site) -> None:
    path = link(site, site.visitor())
    answers = [(await site.send("POST", path))[0] for _ in range(21)]
    assert answers == [303] * 20 + [409]
