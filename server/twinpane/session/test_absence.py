"""A page that says it will be gone for a while (S9)."""

from __future__ import annotations

from typing import Any

from twinpane_protocol.shared import Absence

from twinpane.session import commands as do
from twinpane.session import events as on


def test_s9_an_announced_absence_is_told_in_the_pages_words_and_waited_for(talk: Any) -> None:
    """X12: however long it is, and however long no agent does anything meanwhile."""
    talk.live("ana")
    talk >> announced(talk, return_s=900)
    talk.silent()
    assert talk.session.state_for("ana").absence is None
    talk >> on.TabClosed(at_s=talk.now, tab="t1") << do.TellState()
    assert talk.session.state_for("ana").absence == Absence(title="At the bank", message="Paying", returns_in_s=900)
    talk.after(300)
    talk >> talk.joined("ana")
    talk.quiet()
    assert talk.session.state_for("ana").absence.returns_in_s == 600
    talk.after(599)
    assert talk.session.phase == "paused"
    talk.after(1)
    assert talk.session.state_for("ana").end_reason == "timeout"


def test_x12_an_absence_is_over_when_a_page_comes_and_agents_have_their_time_again(talk: Any) -> None:
    talk.live("ana")
    talk >> announced(talk, return_s=900) >> on.TabClosed(at_s=talk.now, tab="t1") << do.TellState()
    talk.after(800)
    talk >> talk.opened("t2") << do.TellState() << do.StartCapture("t2", 2, "new_page")
    talk.after(599)
    assert talk.session.phase == "live"
    talk >> on.TabClosed(at_s=talk.now, tab="t2") << do.TellState()
    assert talk.session.state_for("ana").absence is None


def test_x12_a_short_announced_absence_does_not_shorten_the_60_s(talk: Any) -> None:
    talk.live("ana")
    talk >> announced(talk, return_s=5) >> on.TabClosed(at_s=talk.now, tab="t1") << do.TellState()
    talk.after(59)
    assert talk.session.phase == "paused"
    talk >> talk.joined("ana")
    assert talk.session.state_for("ana").absence.returns_in_s == 0


def test_x13_what_a_page_said_as_it_went_may_come_shortly_after(talk: Any) -> None:
    talk.live("ana")
    talk >> on.TabClosed(at_s=talk.now, tab="t1") << do.TellState()
    talk.after(4)
    talk >> announced(talk, return_s=900) << do.TellState()
    assert talk.session.state_for("ana").absence == Absence(title="At the bank", message="Paying", returns_in_s=896)


def test_x13_what_comes_when_another_page_is_there_is_too_late(talk: Any) -> None:
    talk.live("ana")
    talk >> on.TabClosed(at_s=talk.now, tab="t1") << do.TellState()
    talk >> talk.opened("t2") << do.TellState() << do.StartCapture("t2", 2, "new_page")
    talk >> announced(talk, return_s=900)
    talk.silent()
    talk >> on.TabClosed(at_s=talk.now, tab="t2") << do.TellState()
    assert talk.session.state_for("ana").absence is None


def test_x12_a_tab_that_is_gone_announces_nothing(talk: Any) -> None:
    talk.live("ana")
    talk >> on.TabClosed(at_s=talk.now, tab="t1") << do.TellState()
    talk.after(6)
    talk >> announced(talk, return_s=900)
    assert talk.session.state_for("ana").absence is None


def announced(talk: Any, return_s: float) -> on.AbsenceAnnounced:
    return on.AbsenceAnnounced(at_s=talk.now, tab="t1", return_s=return_s, title="At the bank", message="Paying")
