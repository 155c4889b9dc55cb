"""What happens in a session, told as dialogues."""

from __future__ import annotations

from typing import Any

import pytest
from twinpane_protocol.shared import Click, Draw, Permissions, Point, ScrollTo, Travel
from twinpane_protocol.visitor import Ceiling

from twinpane.session import commands as do
from twinpane.session import events as on

CLICK = Click(node=5, fx=0.5, fy=0.5)
POINT = Point(node=5, fx=0.5, fy=0.5)


def test_x2_an_agent_who_comes_is_asked_for_and_the_yes_starts_the_capture(talk: Any) -> None:
    talk >> talk.given("ana")
    talk >> talk.opened("t1") << do.TellState()
    assert talk.session.phase == "waiting"
    talk >> talk.joined("ana")
    talk << do.NoteJoined("ana") << do.ServeJournal("ana", "joined") << do.TellState()
    assert talk.session.phase == "asking"
    assert talk.session.state_for(None).asking.agent_name == "Ana"
    assert talk.session.source is None
    talk >> talk.allowed("ana") << do.NoteLive() << do.TellState() << do.StartCapture("t1", 1, "new_page")
    assert talk.session.source == ("t1", 1)


def test_x2_a_no_ends_the_session_rejected(talk: Any) -> None:
    talk >> talk.given("ana") >> talk.opened("t1") << do.TellState()
    talk >> talk.joined("ana")
    talk.quiet()
    talk >> talk.allowed("ana", allowed=False) << do.TellState() << do.End("rejected", ())
    talk >> talk.allowed("ana")
    talk.silent()
    assert talk.session.state_for("ana").end_reason == "rejected"


def test_x2_a_page_that_needs_no_authorization_goes_live_at_once(talk: Any) -> None:
    talk >> talk.given("ana")
    talk >> talk.opened("t1", ceiling=Ceiling(require_authorization_for_session=False)) << do.TellState()
    talk >> talk.joined("ana")
    talk << do.NoteJoined("ana") << do.ServeJournal("ana", "joined") << do.NoteLive() << do.TellState()
    talk << do.StartCapture("t1", 1, "new_page")


def test_x2_an_answer_to_another_question_is_no_consent(talk: Any) -> None:
    talk >> talk.given("ana") >> talk.opened("t1") << do.TellState()
    talk >> talk.joined("ana")
    talk.quiet()
    talk >> talk.allowed("someone")
    talk >> talk.allowed("ana", kind="control")
    talk.silent()
    assert talk.session.phase == "asking"


def test_x2_addresses_of_tabs_are_told_to_agents_only_after_consent(talk: Any) -> None:
    talk >> talk.given("ana") >> talk.opened("t1") << do.TellState()
    talk >> talk.joined("ana")
    talk.quiet()
    assert talk.session.state_for("ana").tabs == []
    assert talk.session.state_for(None).tabs[0].url == "https://shop.example/t1"
    talk >> talk.allowed("ana")
    talk.quiet()
    assert talk.session.state_for("ana").tabs[0].url == "https://shop.example/t1"


def test_x3_second_request_for_control_is_refused_while_held(talk: Any) -> None:
    talk.live("ana", "ben")
    talk >> on.ControlRequested(at_s=talk.now, seat="ana") << do.TellState()
    talk.now = 29.0
    talk >> on.ControlRequested(at_s=talk.now, seat="ben") << do.RefuseControl("ben", "control_busy")
    assert talk.session.state_for(None).control == "ana"


def test_x3_control_passes_on_when_its_holder_was_idle_for_30_s(talk: Any) -> None:
    talk.live("ana", "ben")
    talk >> on.ControlRequested(at_s=talk.now, seat="ana") << do.TellState()
    talk.now = 30.0
    talk >> on.ControlRequested(at_s=talk.now, seat="ben") << do.TellState()
    assert talk.session.state_for(None).control == "ben"


def test_x3_control_passes_on_when_its_holder_is_gone(talk: Any) -> None:
    talk.live("ana", "ben")
    talk >> on.ControlRequested(at_s=talk.now, seat="ana") << do.TellState()
    talk >> on.AgentDropped(at_s=talk.now, seat="ana") << do.TellState()
    talk >> on.ControlRequested(at_s=talk.now, seat="ben") << do.TellState()
    assert talk.session.state_for(None).control == "ben"


def test_x3_who_leaves_or_releases_holds_no_control(talk: Any) -> None:
    talk.live("ana", "ben")
    talk >> on.ControlRequested(at_s=talk.now, seat="ana") << do.TellState()
    talk >> on.ControlReleased(at_s=talk.now, seat="ben")
    assert talk.session.state_for(None).control == "ana"
    talk >> on.AgentLeft(at_s=talk.now, seat="ana") << do.NoteLeft("ana") << do.TellState()
    assert talk.session.state_for(None).control is None


def test_x4_a_wish_needs_the_live_phase_permission_and_control(talk: Any) -> None:
    talk >> talk.given("ana", Permissions(allow_scroll=False)) >> talk.opened("t1") << do.TellState()
    talk >> talk.joined("ana")
    talk.quiet()
    talk >> on.AgentWished(at_s=0, seat="ana", id=1, wish=POINT) << do.RefuseWish("ana", 1, "not_live")
    talk >> talk.allowed("ana")
    talk.quiet()
    talk >> on.AgentWished(at_s=0, seat="ana", id=2, wish=CLICK) << do.RefuseWish("ana", 2, "no_control")
    scroll = ScrollTo(node=0, x=0, y=100)
    talk >> on.AgentWished(at_s=0, seat="ana", id=3, wish=scroll) << do.RefuseWish("ana", 3, "not_allowed")
    talk >> on.AgentWished(at_s=0, seat="ana", id=4, wish=POINT)
    talk << do.PassWish("t1", "ana", 4, POINT) << do.ShowPointer("ana", POINT)
    talk >> on.ControlRequested(at_s=0, seat="ana") << do.TellState()
    talk >> on.AgentWished(at_s=0, seat="ana", id=5, wish=CLICK)
    talk << do.PassWish("t1", "ana", 5, CLICK) << do.ShowPointer("ana", CLICK)


def test_x4_a_refusal_of_the_page_reaches_the_agent_who_wished(talk: Any) -> None:
    talk.live("ana", "ben")
    refused = on.PageRefused(at_s=talk.now, tab="t1", seat="ben", id=7, code="masked")
    talk >> refused << do.RefuseWish("ben", 7, "masked")
    talk >> on.PageRefused(at_s=talk.now, tab="t1", seat="nobody", id=7, code="masked")
    talk.silent()


def test_x5_agents_who_join_later_are_named_and_not_asked_for(talk: Any) -> None:
    talk.live("ana")
    talk >> talk.given("ben")
    talk >> talk.joined("ben")
    talk << do.NoteJoined("ben") << do.ServeJournal("ben", "joined") << do.TellState()
    state = talk.session.state_for(None)
    assert state.phase == "live"
    assert state.asking is None
    assert [agent.name for agent in state.agents] == ["Ana", "Ben"]


def test_x5_a_reload_needs_no_second_consent_and_gets_a_new_epoch(talk: Any) -> None:
    talk.live("ana")
    talk >> on.TabClosed(at_s=talk.now, tab="t1") << do.TellState()
    assert talk.session.state_for("ana").away == "tab_closed"
    assert talk.session.phase == "paused"
    talk.now = 1.0
    talk >> talk.opened("t1") << do.TellState() << do.StartCapture("t1", 2, "new_page")
    assert talk.session.phase == "live"


def test_s9_a_link_that_resumes_goes_on_in_its_epoch(talk: Any) -> None:
    talk.live("ana")
    talk >> on.TabDropped(at_s=talk.now, tab="t1") << do.TellState()
    assert talk.session.state_for("ana").away == "connection_lost"
    assert talk.session.source is None
    talk.now = 20.0
    talk >> talk.opened("t1", resumed=True) << do.TellState()
    assert talk.session.source == ("t1", 1)


def test_r15b_the_session_waits_5_minutes_for_an_offline_visitor(talk: Any) -> None:
    talk >> talk.given("ana")
    talk >> talk.joined("ana")
    talk.quiet()
    talk.after(299.9)
    assert talk.session.phase == "waiting"
    talk.after(0.2)
    talk << do.TellState() << do.End("timeout", ())


def test_x6_a_question_that_nobody_answers_ends_the_session_after_2_minutes(talk: Any) -> None:
    talk >> talk.given("ana") >> talk.opened("t1") << do.TellState()
    talk >> talk.joined("ana")
    talk.quiet()
    talk.after(119.9)
    talk.silent()
    talk.after(0.2)
    talk << do.TellState() << do.End("timeout", ())


def test_x6_ten_minutes_without_agent_activity_end_the_session(talk: Any) -> None:
    talk.live("ana")
    talk.after(500)
    talk >> on.AgentWished(at_s=talk.now, seat="ana", id=1, wish=POINT)
    talk.quiet()
    talk.after(599)
    assert talk.session.phase == "live"
    talk.after(2)
    talk << do.TellState() << do.StopCapture("t1") << do.End("timeout", ())


def test_x6_60_s_without_any_tab_end_the_session(talk: Any) -> None:
    talk.live("ana")
    talk >> on.TabClosed(at_s=talk.now, tab="t1") << do.TellState()
    talk.after(59)
    assert talk.session.phase == "paused"
    talk.after(2)
    talk << do.TellState() << do.End("timeout", ())


def test_x7_agents_follow_the_focused_tab_into_a_new_epoch(talk: Any) -> None:
    talk.live("ana")
    talk >> talk.opened("t2", focused=False) << do.TellState()
    talk >> talk.changed("t2", focused=True)
    talk << do.TellState() << do.StopCapture("t1") << do.StartCapture("t2", 2, "new_page")
    assert [tab.active for tab in talk.session.state_for("ana").tabs] == [False, True]


def test_x7_an_agent_chooses_the_tab_for_all_and_follows_the_visitor_again(talk: Any) -> None:
    talk.live("ana")
    talk >> talk.opened("t2", focused=True)
    talk.quiet()
    talk >> on.TabChosen(at_s=talk.now, seat="ana", tab="t1")
    talk << do.TellState() << do.StopCapture("t2") << do.StartCapture("t1", 3, "new_page")
    talk >> talk.changed("t2", focused=True)
    assert not talk.session.state_for("ana").follows
    talk >> on.TabChosen(at_s=talk.now, seat="ana", tab="t9") << do.RefuseAgent("ana", "not_live")
    talk >> on.TabChosen(at_s=talk.now, seat="ana", tab=None)
    talk << do.TellState() << do.StopCapture("t1") << do.StartCapture("t2", 4, "new_page")


def test_x7_another_open_tab_is_shown_when_the_active_one_stays_away_for_3_s(talk: Any) -> None:
    talk.live("ana")
    talk >> talk.opened("t2", focused=False) << do.TellState()
    talk >> on.TabClosed(at_s=talk.now, tab="t1") << do.TellState()
    assert talk.session.phase == "paused"
    talk.after(3)
    talk << do.TellState() << do.StartCapture("t2", 2, "new_page")


def test_x8_an_agent_that_joins_late_is_served_without_the_page(talk: Any) -> None:
    talk.live("ana")
    talk >> talk.given("ben")
    talk >> talk.joined("ben")
    said = list(talk.waiting)
    talk.quiet()
    assert do.ServeJournal("ben", "joined") in said
    assert not any(isinstance(command, do.StartCapture) for command in said)


def test_x8_a_journal_over_its_bound_asks_the_page_for_a_new_snapshot(talk: Any) -> None:
    talk.live("ana")
    talk.now = 10.0
    talk >> on.PageBroke(at_s=talk.now, tab="t1") << do.StartCapture("t1", 2, "resync")


def test_w6_a_page_that_keeps_breaking_is_asked_once_a_second(talk: Any) -> None:
    talk.live("ana")
    talk.now = 10.0
    talk >> on.PageBroke(at_s=talk.now, tab="t1") << do.StartCapture("t1", 2, "resync")
    talk >> on.PageBroke(at_s=talk.now, tab="t1")
    talk.silent()
    talk.after(1.0)
    talk << do.StartCapture("t1", 3, "resync")


def test_x8_a_player_that_breaks_gets_the_journal_and_the_second_time_a_snapshot(talk: Any) -> None:
    talk.live("ana")
    talk.now = 10.0
    talk >> on.SnapshotRequested(at_s=10, seat="ana") << do.ServeJournal("ana", "resync")
    talk >> on.SnapshotRequested(at_s=10, seat="ana") << do.StartCapture("t1", 2, "resync")


def test_f20_a_receipt_is_asked_of_the_page_that_is_shown(talk: Any) -> None:
    talk.live("ana")
    talk >> on.ReceiptRequested(at_s=1, seat="ana") << do.AskReceipt("t1")
    talk >> on.ReceiptRequested(at_s=1, seat="nobody")
    talk.silent()


def test_x10_the_visitor_is_asked_before_control_is_given(talk: Any) -> None:
    talk.live("ana", "ben", ceiling=Ceiling(require_control_request=True))
    talk >> on.ControlRequested(at_s=0, seat="ana") << do.TellState()
    assert talk.session.state_for(None).control is None
    assert talk.session.state_for(None).asking.kind == "control"
    talk >> on.ControlRequested(at_s=0, seat="ben") << do.RefuseControl("ben", "control_busy")
    talk >> talk.allowed("ana", kind="control") << do.TellState()
    assert talk.session.state_for(None).control == "ana"


@pytest.mark.parametrize("how", ["no", "silence"])
def test_x10_without_a_yes_there_is_no_control(talk: Any, how: str) -> None:
    talk.live("ana", ceiling=Ceiling(require_control_request=True))
    talk >> on.ControlRequested(at_s=0, seat="ana") << do.TellState()
    if how == "no":
        talk >> talk.allowed("ana", kind="control", allowed=False)
    else:
        talk.after(120)
    talk << do.RefuseControl("ana", "control_refused") << do.TellState()
    assert talk.session.phase == "live"
    assert talk.session.state_for(None).control is None


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        (on.VisitorStopped(at_s=5), "visitor_stopped"),
        (on.EndAsked(at_s=5, seat="ana"), "agent_stopped"),
        (on.AgentLeft(at_s=5, seat="ana"), "agent_stopped"),
        (on.EndOrdered(at_s=5, reason="erased"), "erased"),
    ],
)
def test_s10_each_end_has_its_reason_and_comes_last(talk: Any, event: Any, reason: Any) -> None:
    talk.live("ana")
    talk >> event
    said = list(talk.waiting)
    talk.quiet()
    assert said[-1] == do.End(reason, ())
    assert do.StopCapture("t1") in said
    assert talk.session.state_for("ana").end_reason == reason


def test_s10_an_agent_whose_connection_stays_lost_for_60_s_is_gone(talk: Any) -> None:
    talk.live("ana")
    talk >> on.AgentDropped(at_s=talk.now, seat="ana") << do.TellState()
    talk.after(59)
    assert talk.session.phase == "live"
    talk.after(2)
    talk << do.NoteLeft("ana") << do.TellState() << do.StopCapture("t1") << do.End("agent_stopped", ())


def test_r15c_two_agents_share_a_session_and_one_may_leave(talk: Any) -> None:
    talk.live("ana", "ben")
    talk >> on.AgentLeft(at_s=talk.now, seat="ana") << do.NoteLeft("ana") << do.TellState()
    assert talk.session.phase == "live"
    assert [agent.id for agent in talk.session.state_for(None).agents] == ["ben"]


def test_r15c_a_session_has_at_most_20_agents(talk: Any) -> None:
    for number in range(25):
        talk >> talk.given(f"agent{number}")
    assert talk.session.is_full
    assert not talk.session.has_seat("agent20")


def test_x2_custom_messages_pass_while_live_only(talk: Any) -> None:
    talk >> talk.given("ana") >> talk.opened("t1") << do.TellState()
    talk >> talk.joined("ana")
    talk.quiet()
    talk >> on.AgentMessaged(at_s=0, seat="ana", message=1) << do.RefuseAgent("ana", "not_live")
    talk >> on.PageMessaged(at_s=0, tab="t1", message=1) << do.RefuseTab("t1", "not_live")
    talk >> talk.allowed("ana")
    talk.quiet()
    talk >> on.AgentMessaged(at_s=0, seat="ana", message=1) << do.PassToPage("t1", "ana", 1)
    talk >> on.PageMessaged(at_s=0, tab="t1", message=2) << do.PassToAgents(2)


def test_x2_when_the_asked_agent_leaves_another_is_named_or_the_session_waits(talk: Any) -> None:
    talk >> talk.given("ana") >> talk.given("ben") >> talk.opened("t1") << do.TellState()
    for seat in ("ana", "ben"):
        talk >> talk.joined(seat)
        talk.quiet()
    talk >> on.AgentLeft(at_s=0, seat="ana") << do.NoteLeft("ana") << do.TellState()
    assert talk.session.state_for(None).asking.agent == "ben"
    talk >> on.AgentDropped(at_s=0, seat="ben") << do.TellState()
    assert talk.session.state_for(None).asking.agent == "ben"


def test_d2_a_drawing_passes_without_control_and_not_without_the_permission(talk: Any) -> None:
    mark = Draw(mark=1, node=5, shape="outline")
    talk >> talk.given("ana", Permissions(allow_draw=False)) >> talk.given("ben") >> talk.opened("t1")
    talk.quiet()
    for seat in ("ana", "ben"):
        talk >> talk.joined(seat)
        talk.quiet()
    talk >> talk.allowed("ana")
    talk.quiet()
    talk >> on.AgentWished(at_s=0, seat="ana", id=1, wish=mark) << do.RefuseWish("ana", 1, "not_allowed")
    talk >> on.AgentWished(at_s=0, seat="ben", id=1, wish=mark) << do.PassWish("t1", "ben", 1, mark)
    talk << do.ShowPointer("ben", mark)
    talk >> on.EndAsked(at_s=0, seat="ben") << do.TellState() << do.StopCapture("t1")
    talk << do.End("agent_stopped", ("draw",))


def test_x11_an_agent_travels_while_nobody_else_has_control(talk: Any) -> None:
    back = Travel(to="back")
    talk.live("ana", "ben")
    talk >> on.AgentWished(at_s=0, seat="ben", id=1, wish=back) << do.PassWish("t1", "ben", 1, back)
    talk << do.ShowPointer("ben", back)
    talk >> on.ControlRequested(at_s=0, seat="ana") << do.TellState()
    talk >> on.AgentWished(at_s=0, seat="ben", id=2, wish=back) << do.RefuseWish("ben", 2, "no_control")


def test_x11_a_page_that_wants_to_be_asked_for_control_is_asked_before_agents_travel(talk: Any) -> None:
    talk.live("ana", ceiling=Ceiling(require_control_request=True))
    talk >> on.AgentWished(at_s=0, seat="ana", id=1, wish=Travel(to="reload"))
    talk << do.RefuseWish("ana", 1, "no_control")


def test_x1_an_agent_has_the_colour_that_they_chose_and_everyone_is_told(talk: Any) -> None:
    talk.live("ana")
    talk >> on.ColorChosen(at_s=0, seat="ana", color="#123456") << do.TellState()
    assert talk.session.state_for(None).agents[0].color == "#123456"
    talk >> on.ColorChosen(at_s=0, seat="ana", color="#123456")
    talk >> on.ColorChosen(at_s=0, seat="nobody", color="#654321")
    talk.silent()
