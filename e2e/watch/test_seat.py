"""The seat of a window: kept over a reload, nowhere else, and never in the address."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from twinpane_protocol.agent import WindowChanged

from e2e.watch.desk import GRANT, Desk

pytestmark = pytest.mark.journey


def watch(desk: Desk, window: Page) -> None:
    window.goto(f"{desk.url}/watch/one-time-token")
    window.get_by_text("You see Ada's page").wait_for(state="attached")


def test_r15a_the_one_time_token_leaves_the_address_bar(desk: Desk, window: Page) -> None:
    watch(desk, window)
    assert window.url == f"{desk.url}/watch/s/seat1"
    assert GRANT not in window.url


def test_r15a_a_reload_keeps_the_seat(desk: Desk, window: Page) -> None:
    watch(desk, window)
    window.reload()
    window.get_by_text("You see Ada's page").wait_for(state="attached")
    assert [hello.grant for hello in desk.hellos] == [GRANT, GRANT]
    assert [hello.resume for hello in desk.hellos] == [None, None]


def test_r15a_another_window_has_no_seat_and_offers_the_way_back(desk: Desk, window: Page) -> None:
    desk.shell = {"seat": "seat1", "retry_url": "https://desk.example/again"}
    window.goto(f"{desk.url}/watch/one-time-token")
    window.get_by_role("heading", name="This link has been used").wait_for()
    expect(window.get_by_role("link", name="Try again")).to_have_attribute("href", "https://desk.example/again")
    assert desk.hellos == []


def test_w2_hello_tells_versions_and_window(desk: Desk, window: Page) -> None:
    watch(desk, window)
    hello = desk.hellos[0]
    assert hello.protocols == [1]
    assert hello.window is not None
    assert (hello.window.window_width, hello.window.window_height) == (1280, 800)


def test_s3_the_visitors_page_learns_of_a_resized_window(desk: Desk, window: Page) -> None:
    watch(desk, window)
    window.set_viewport_size({"width": 1000, "height": 700})
    assert desk.expect(WindowChanged).window.window_width == 1000


def test_l4_after_a_drop_the_window_comes_back_with_its_resume_token(desk: Desk, window: Page) -> None:
    watch(desk, window)
    desk.drop()
    window.get_by_role("heading", name="Reconnecting").wait_for()
    desk.accepts.set()
    window.get_by_role("heading", name="Reconnecting").wait_for(state="detached")
    assert desk.hellos[-1].resume == "resume-1"


def test_x1_after_the_end_the_window_does_not_come_back(desk: Desk, window: Page) -> None:
    watch(desk, window)
    desk.change(phase="ended", end_reason="visitor_stopped")
    window.get_by_role("heading", name="Ada ended the session").wait_for()
    assert desk.gone.wait(5)
    assert len(desk.hellos) == 1
    assert window.get_by_role("toolbar").count() == 0
