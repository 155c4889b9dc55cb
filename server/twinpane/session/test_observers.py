"""What the visitor's page hears of its observers (S3)."""

from __future__ import annotations

from typing import Any

from twinpane_protocol.shared import Window

from twinpane.session import commands as do
from twinpane.session import events as on


def test_s3_the_visitors_page_hears_of_agents_windows_and_other_agents_do_not(talk: Any) -> None:
    talk.live("ana", "ben")
    talk >> on.WindowChanged(at_s=talk.now, seat="ana", window=window(has_focus=True)) << do.TellState()
    talk >> on.WindowChanged(at_s=talk.now, seat="ana", window=window(has_focus=True))
    talk.silent()
    assert [agent.window for agent in talk.session.state_for(None).agents] == [window(has_focus=True), None]
    assert [agent.window for agent in talk.session.state_for("ben").agents] == [None, None]
    talk >> on.AgentJoined(at_s=talk.now, seat="ana", window=window(has_focus=False))
    assert talk.session.state_for(None).agents[0].window == window(has_focus=False)


def test_s3_that_an_agent_sees_the_page_is_told_once_until_their_window_comes_anew(talk: Any) -> None:
    talk.live("ana")
    assert [agent.sees_page for agent in talk.session.state_for(None).agents] == [False]
    talk >> on.PictureShown(at_s=talk.now, seat="ana") << do.TellState()
    talk >> on.PictureShown(at_s=talk.now, seat="ana")
    talk.silent()
    assert [agent.sees_page for agent in talk.session.state_for(None).agents] == [True]
    talk >> on.AgentJoined(at_s=talk.now, seat="ana", resumed=True)
    talk.silent()
    talk >> talk.joined("ana")
    assert [agent.sees_page for agent in talk.session.state_for(None).agents] == [False]


def window(has_focus: bool) -> Window:
    return Window(screen_width=1920, screen_height=1080, window_width=800, window_height=600, has_focus=has_focus)
