from __future__ import annotations

from datetime import timedelta

from twinpane_protocol import visitor as said

from twinpane.live.conftest import Node, short_id_of
from twinpane.live.manual_clock import ManualClock
from twinpane.live.public_links import Invitation, PublicLinks

ADA = Invitation(1, "AAAA2222", "7", "Zoë")


def test_s2_a_public_link_names_visitor_and_agent_until_it_expires() -> None:
    now = ManualClock().now()
    links = PublicLinks(b"secret")
    token = links.token(ADA, now + timedelta(minutes=1))
    assert links.read(token, now) == ADA
    assert links.read(token, now + timedelta(minutes=1)) is None


def test_s2_a_public_link_that_somebody_made_up_or_changed_is_none() -> None:
    now = ManualClock().now()
    links = PublicLinks(b"secret")
    token = links.token(ADA, now + timedelta(minutes=1))
    foreign = PublicLinks(b"other").token(ADA, now + timedelta(minutes=1))
    for wrong in ("", "A", "\u00e9", "=" * 9, token[:-2], token[:40] + "A" + token[41:], "A" + token, foreign):
        assert links.read(wrong, now) is None


async def test_s2_a_page_gets_a_link_for_the_agent_that_it_names(node: Node) -> None:
    tab, wire = await node.tab()
    tab.receive(said.PublicLinkWanted(id=4, agent_id="7", agent_name="Zoë"))
    [told] = wire.of_type("public_link")
    assert told["id"] == 4
    assert told["url"].startswith("https://t.example/join/")
    invitation = node.live.invitation(told["url"].rpartition("/")[2])
    assert invitation == Invitation(node.team.id, short_id_of(wire), "7", "Zoë")
    node.clock.advance(3601)
    assert node.live.invitation(told["url"].rpartition("/")[2]) is None
