"""Limits that change while a session runs (X14)."""

from __future__ import annotations

from typing import Any

from twinpane_protocol.visitor import Ceiling

from twinpane.session import commands as do
from twinpane.session import events as on


def test_x14_limits_that_change_hold_at_once(talk: Any) -> None:
    talk.live("ana", ceiling=Ceiling(require_authorization_for_session=False))
    talk >> on.LimitsChanged(at_s=0, tab="t1", ceiling=Ceiling(require_control_request=True)) << do.TellState()
    talk >> on.ControlRequested(at_s=0, seat="ana") << do.TellState()
    assert talk.session.state_for(None).asking.kind == "control"
    talk >> on.LimitsChanged(at_s=0, tab="t1", ceiling=Ceiling(allow_remote_click=False)) << do.TellState()
    assert not talk.session.state_for("ana").permissions.allow_click
    talk >> on.LimitsChanged(at_s=0, tab="never seen", ceiling=Ceiling())
    talk.silent()


def test_x14_consent_that_is_wanted_now_is_asked_for(talk: Any) -> None:
    for event in (
        talk.given("ana"),
        talk.opened("t1", ceiling=Ceiling(require_authorization_for_session=False)),
        on.LimitsChanged(at_s=0, tab="t1", ceiling=Ceiling(require_authorization_for_session=True)),
        talk.joined("ana"),
    ):
        talk >> event
        talk.quiet()
    assert talk.session.phase == "asking"
