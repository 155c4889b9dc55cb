from __future__ import annotations

from twinpane_protocol.visitor import Ceiling

from twinpane.session.tabs import Tab, Tabs, strictest


def tab(tab_id: str, ceiling: Ceiling | None = None) -> Tab:
    return Tab(tab_id, f"https://shop.example/{tab_id}", tab_id, ceiling or Ceiling())


def test_x7_the_tab_focused_last_is_active() -> None:
    tabs = Tabs()
    tabs.open(tab("a"), focused=False)
    tabs.open(tab("b"), focused=False)
    assert tabs.active == "a"
    assert tabs.change("b", "https://shop.example/b", "b", focused=True)
    assert tabs.active == "b"
    assert not tabs.change("b", "https://shop.example/b", "b", focused=True)


def test_x6_time_without_a_tab_counts_from_the_last_one_that_went() -> None:
    tabs = Tabs()
    assert tabs.last_gone_at_s is None
    tabs.open(tab("a"), focused=True)
    tabs.open(tab("b"), focused=False)
    tabs.leave("a", 5.0, closed=True)
    assert tabs.last_gone_at_s is None
    assert tabs.grace_ends_at_s == 8.0
    tabs.leave("b", 9.0, closed=False)
    assert tabs.last_gone_at_s == 9.0
    assert not tabs.leave("b", 10.0, closed=True)


def test_s5_the_strictest_settings_of_the_open_tabs_count() -> None:
    open_hearted = Ceiling(require_authorization_for_session=False)
    assert not strictest([open_hearted]).require_authorization_for_session
    assert strictest([open_hearted, Ceiling()]).require_authorization_for_session
    tabs = Tabs()
    tabs.open(tab("a", Ceiling(allow_remote_click=False)), focused=True)
    tabs.open(tab("b"), focused=True)
    assert not tabs.ceiling.allow_remote_click
    tabs.leave("a", 1.0, closed=True)
    assert tabs.ceiling.allow_remote_click


def test_a1_agents_learn_whether_the_visitor_sees_the_tab() -> None:
    tabs = Tabs()
    tabs.open(tab("a"), focused=True)
    assert tabs.change("a", "https://shop.example/a", "a", focused=False, visible=False)
    assert [picture.visible for picture in tabs.pictures()] == [False]
    assert not tabs.change("a", "https://shop.example/a", "a", focused=False, visible=False)


def test_x7_a_chosen_tab_stays_shown_wherever_the_visitor_goes() -> None:
    tabs = Tabs()
    tabs.open(tab("a"), focused=True)
    tabs.open(tab("b"), focused=True)
    assert tabs.choose("a")
    assert (tabs.active, tabs.follows) == ("a", False)
    tabs.open(tab("c"), focused=True)
    tabs.change("b", "https://shop.example/b", "b", focused=True)
    tabs.leave("a", 1.0, closed=True)
    tabs.open(tab("a"), focused=False)
    assert (tabs.active, tabs.follows) == ("a", False)
    assert not tabs.choose("none of them")
    assert tabs.choose(None)
    assert (tabs.active, tabs.follows) == ("b", True)


def test_x7_when_the_chosen_tab_is_gone_the_visitor_is_followed_again() -> None:
    tabs = Tabs()
    for name in "ab":
        tabs.open(tab(name), focused=True)
    tabs.choose("a")
    tabs.leave("a", 1.0, closed=True)
    tabs.show_another()
    assert (tabs.active, tabs.follows) == ("b", True)
    tabs.open(tab("c"), focused=True)
    assert tabs.active == "c"
