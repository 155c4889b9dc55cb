"""Who may read the page's console (C1, C2)."""

from __future__ import annotations

from typing import Any

import pytest
from twinpane_protocol.shared import ConsoleEntry, ConsoleTold, Permissions, ReadConsole
from twinpane_protocol.visitor import Ceiling

from twinpane.session import commands as do
from twinpane.session import events as on
from twinpane.session.machine import Session

OPEN = Ceiling(allow_remote_console=True, require_control_request=True)
MAY = Permissions(allow_console=True)
TOLD = ConsoleTold(entries=[ConsoleEntry(level="log", text="hello")])


def wish(seat: str, number: int = 7) -> on.AgentWished:
    return on.AgentWished(at_s=0, seat=seat, id=number, wish=ReadConsole())


def agreed(seat: str, number: int = 7, tab: str = "t1") -> on.ConsentWanted:
    return on.ConsentWanted(at_s=0, tab=tab, seat=seat, id=number)


def readers(talk: Any) -> list[str]:
    return [agent.id for agent in talk.session.state_for(None).agents if agent.reads_console]


@pytest.fixture
def two(talk: Any) -> Any:
    """Ana may read the console, and Ben as well; the page lets them."""
    for seat in ("ana", "ben"):
        talk >> talk.given(seat, MAY)
    return talk.live("ana", "ben", ceiling=OPEN)


def asked(talk: Any, seat: str = "ana") -> Any:
    talk >> wish(seat)
    talk.quiet()
    talk >> agreed(seat)
    talk.quiet()
    return talk


def read_by(talk: Any, *seats: str) -> Any:
    for seat in seats:
        asked(talk, seat) >> talk.allowed(seat, kind="console")
        talk.quiet()
    assert readers(talk) == list(seats)
    return talk


def test_c1_the_visitor_is_asked_once_the_pages_gate_has_agreed(two: Any) -> None:
    two >> wish("ana") << do.PassWish("t1", "ana", 7, ReadConsole()) << do.ShowPointer("ana", ReadConsole())
    assert two.session.state_for(None).asking is None
    two >> agreed("ana") << do.TellState()
    assert two.session.state_for(None).asking.kind == "console"
    two >> two.allowed("ana", kind="console") << do.TellState()
    assert readers(two) == ["ana"]


@pytest.mark.parametrize(
    ("permissions", "ceiling"), [(Permissions(), OPEN), (MAY, Ceiling())], ids=["the agent's right", "the page's limit"]
)
def test_c1_who_may_not_is_refused_and_nobody_is_asked(talk: Any, permissions: Permissions, ceiling: Ceiling) -> None:
    talk >> talk.given("ana", permissions)
    talk.live("ana", ceiling=ceiling) >> wish("ana") << do.RefuseWish("ana", 7, "not_allowed")
    talk >> agreed("ana")
    talk.silent()


@pytest.mark.parametrize("how", ["no", "silence"])
def test_c1_without_a_yes_nothing_is_read(two: Any, how: str) -> None:
    asked(two)
    if how == "no":
        two >> two.allowed("ana", kind="console", allowed=False)
    else:
        two.after(120)
    two << do.RefuseWish("ana", 7, "console_refused") << do.TellState()
    assert readers(two) == []


def test_c1_a_question_waits_until_another_is_answered(two: Any) -> None:
    two >> on.ControlRequested(at_s=0, seat="ben") << do.TellState()
    asked(two)
    assert two.session.state_for(None).asking.kind == "control"
    two >> two.allowed("ben", kind="control", allowed=False)
    two << do.RefuseControl("ben", "control_refused") << do.TellState()
    asking = two.session.state_for(None).asking
    assert (asking.kind, asking.agent) == ("console", "ana")


@pytest.mark.parametrize("event", [agreed("ana", 8), agreed("ben"), agreed("ana", tab="t2")])
def test_c1_a_page_cannot_ask_for_what_nobody_wished(two: Any, event: on.ConsentWanted) -> None:
    two >> wish("ana")
    two.quiet()
    two >> event
    two.silent()


def test_c2_what_the_console_says_goes_to_its_readers_alone(two: Any) -> None:
    read_by(two, "ben") >> on.ConsoleTold(at_s=0, tab="t1", told=TOLD) << do.TellConsole(("ben",), TOLD)
    two >> on.ConsoleTold(at_s=0, tab="not shown", told=TOLD)
    two.silent()


@pytest.mark.parametrize(
    ("event", "left"),
    [
        (on.ConsoleClosed(at_s=0), []),
        (on.ConsoleReleased(at_s=0, seat="ana"), ["ben"]),
        (on.LimitsChanged(at_s=0, tab="t1", ceiling=Ceiling()), []),
    ],
    ids=["the visitor takes it back", "the agent gives it up", "the page no longer lets them"],
)
def test_c2_it_ends_at_once(two: Any, event: on.Event, left: list[str]) -> None:
    read_by(two, "ana", "ben") >> event << do.TellState()
    assert readers(two) == left
    two >> on.ConsoleTold(at_s=0, tab="t1", told=TOLD) << do.TellConsole(tuple(left), TOLD)


def test_c1_the_question_can_be_taken_back(two: Any) -> None:
    asked(two) >> on.ConsoleReleased(at_s=0, seat="ana") << do.TellState()
    assert two.session.state_for(None).asking is None


def test_k1_who_reads_the_console_goes_on_after_a_restart(two: Any) -> None:
    kept = read_by(two, "ben").session.kept
    after = Session("s1", Permissions(), 0.0)
    given = [two.given(seat, MAY) for seat in ("ana", "ben")]
    after.restore(kept, given, frozenset({"ana", "ben"}), consented=True)
    after.handle(two.opened("t1", ceiling=OPEN))
    assert [agent.id for agent in after.state_for(None).agents if agent.reads_console] == ["ben"]
