"""Proxy sessions: their tokens, cookie, places and end (P1, P4)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from twinpane_protocol.visitor import Credentials

from twinpane.errors import ConflictError, RateLimitedError
from twinpane.live.browsing import Browsing, BrowsingLimits, Browsings, Wanted
from twinpane.live.clock import RealChance
from twinpane.live.manual_clock import ManualClock
from twinpane.rewrite.address import Site


def started(clock: ManualClock, limits: BrowsingLimits | None = None) -> tuple[Browsings, Browsing, str]:
    browsings = Browsings(clock, RealChance(), limits)
    return browsings, *browsings.start(wanted(clock))


def wanted(clock: ManualClock, team_id: int = 1) -> Wanted:
    return Wanted(
        team_id=team_id,
        public_key="abcdefghij",
        visitor=Credentials(short_id="AAAA2222", secret="s"),
        unique_id=None,
        api="http://localhost:8080",
        allowed_hosts=(),
        expires_at=clock.now() + timedelta(hours=1),
    )


def test_p1_a_token_opens_once_and_not_too_late() -> None:
    clock = ManualClock()
    browsings, browsing, token = started(clock)
    assert browsings.open(browsing, "other") is None
    secret = browsings.open(browsing, token)
    assert secret is not None
    assert browsings.open(browsing, token) is None
    assert browsing.knows_cookie("wrong", secret)
    assert not browsing.knows_cookie("wrong")
    assert not browsing.knows_cookie()
    late = browsings.new_start_token(browsing)
    clock.advance(300)
    assert browsings.open(browsing, late) is None


def test_y4_a_script_s_write_counts_once_for_each_host() -> None:
    _, browsing, _ = started(ManualClock())
    one, other = (Site("https", host, 443) for host in ("a.example", "b.example"))
    assert browsing.is_first(one, "tpw_1")
    assert not browsing.is_first(one, "tpw_1")
    assert browsing.is_first(other, "tpw_1")
    for number in range(3_000):
        assert browsing.is_first(one, f"tpw_more_{number}")
    assert browsing.is_first(one, "tpw_1")


def test_p1_the_end_wipes_everything_and_is_remembered() -> None:
    clock = ManualClock()
    browsings, browsing, token = started(clock)
    secret = browsings.open(browsing, token) or ""
    browsing.aliases["a"] = Site("https", "long.example", 443)
    hung_up: list[bool] = []
    with browsing.hanging_up(lambda: hung_up.append(True)):
        clock.advance(3600)
    assert hung_up == [True]
    assert browsings.get(browsing.sid) is None
    assert browsings.has_ended(browsing.sid)
    assert not browsing.knows_cookie(secret)
    assert not browsing.aliases
    assert len(browsing.jar) == 0


def test_p5_a_team_and_a_session_have_so_many_places() -> None:
    clock = ManualClock()
    limits = BrowsingLimits(requests_at_once=1, sockets_at_once=1, requests_without_cookie_per_s=1, sessions_of_team=1)
    browsings, browsing, _ = started(clock, limits)
    with pytest.raises(ConflictError):
        browsings.start(wanted(clock))
    browsings.start(wanted(clock, team_id=2))
    with browsings.request(browsing), browsings.socket(browsing):
        for place in (browsings.request, browsings.socket):
            with pytest.raises(RateLimitedError), place(browsing):
                pass
    with browsings.request(browsing), browsings.socket(browsing):
        pass
    browsings.take_without_cookie(browsing)
    with pytest.raises(RateLimitedError):
        browsings.take_without_cookie(browsing)


def test_p4_session_ids_are_random_and_fit_a_label() -> None:
    clock = ManualClock()
    browsings = Browsings(clock, RealChance())
    sids = {browsings.start(wanted(clock))[0].sid for _ in range(50)}
    assert len(sids) == 50
    assert all(len(sid) == 12 and set(sid) <= set("abcdefghijklmnopqrstuvwxyz234567") for sid in sids)


def test_p5_aliases_are_bounded() -> None:
    _, browsing, _ = started(ManualClock())
    for number in range(20_010):
        browsing.aliases[str(number)] = Site("https", f"{number}.example", 443)
    assert len(browsing.aliases) == 20_000
    assert "0" not in browsing.aliases
