from __future__ import annotations

from twinpane_protocol.shared import Permissions

from twinpane.session.seats import Seats


def seats(*names: str) -> Seats:
    given = Seats()
    for name in names:
        given.give(name, name.title(), Permissions(), 0.0)
    return given


def test_x3_control_is_free_when_nobody_or_an_absent_or_idle_agent_holds_it() -> None:
    two = seats("ana", "ben")
    assert two.control_is_free_for("ana", 0)
    two.control = "ana"
    assert two.control_is_free_for("ben", 1)
    ana = two.get("ana")
    assert ana is not None
    ana.gone_at_s = None
    assert not two.control_is_free_for("ben", 29.9)
    assert two.control_is_free_for("ben", 30)


def test_x1_only_agents_who_came_are_told_and_each_has_a_colour() -> None:
    two = seats("ana", "ben")
    assert two.pictures() == []
    for name in ("ana", "ben"):
        seat = two.get(name)
        assert seat is not None
        seat.joined = True
    assert len({agent.color for agent in two.pictures()}) == 2


def test_x5_all_seats_of_one_agent_have_one_colour() -> None:
    three = Seats()
    for seat_id, agent_id in (("first", "7"), ("ben", "8"), ("second", "7"), ("nameless", ""), ("other", "")):
        three.give(seat_id, "Ana", Permissions(), 0.0, agent_id)
    found = {seat_id: three.get(seat_id) for seat_id in ("first", "second", "ben", "nameless", "other")}
    colors = {seat_id: seat.color for seat_id, seat in found.items() if seat is not None}
    assert colors["first"] == colors["second"]
    assert len(set(colors.values())) == 4
    assert found["second"] is not None
    three.paint(found["second"], "#123456")
    assert [seat_id for seat_id, seat in found.items() if seat is not None and seat.color == "#123456"] == [
        "first",
        "second",
    ]


def test_x4_the_page_is_told_what_each_agent_may_do() -> None:
    one = Seats()
    one.give("ana", "Ana", Permissions(allow_draw=False), 0.0)
    ana = one.get("ana")
    assert ana is not None
    ana.joined = True
    assert not one.pictures()[0].permissions.allow_draw


def test_r15a_a_seat_nobody_comes_for_is_given_up_after_the_watch_url_died() -> None:
    one = seats("ana").get("ana")
    assert one is not None
    assert one.leaves_at_s == 90.0
    one.joined, one.gone_at_s = True, 100.0
    assert one.leaves_at_s == 160.0
