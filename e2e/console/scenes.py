"""Every page of the console, and the states that it has."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import msgspec
from playwright.sync_api import Page, expect
from twinpane_protocol import console_answers as told

from e2e.console import people
from e2e.console.desk import Desk


@dataclass(frozen=True)
class Scene:
    """A page with the words by which it is known to be there."""

    name: str
    path: str
    words: str
    prepare: Callable[[Desk], None] = lambda _: None
    play: Callable[[Page], None] = lambda _: None


def logged_out(desk: Desk) -> None:
    desk.answers["GET /me"] = (401, "not_logged_in")


def link_gone(desk: Desk) -> None:
    desk.answers["POST /invitation"] = (410, "link_gone")


def nobody(desk: Desk) -> None:
    desk.rows, desk.running = [], []


def read_only(desk: Desk) -> None:
    desk.answers["GET /me"] = msgspec.structs.replace(people.ME, member=people.MEMBERS[3])


def no_sessions(desk: Desk) -> None:
    desk.answers["GET /sessions"] = told.SessionsAnswer(sessions=[])


def broken(desk: Desk) -> None:
    desk.answers["GET /audit"] = (500, "internal_error")


def press(*names: str) -> Callable[[Page], None]:
    def play(page: Page) -> None:
        for name in names:
            page.get_by_role("button", name=name, exact=True).first.click()

    return play


def search(text: str) -> Callable[[Page], None]:
    def play(page: Page) -> None:
        page.get_by_role("searchbox").fill(text)
        expect(page.get_by_text("240 visitors online")).to_be_hidden()

    return play


def choose(page: Page) -> None:
    page.get_by_role("grid").focus()
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    expect(page.locator("[aria-selected=true]")).to_have_count(1)


def wrong_code(page: Page) -> None:
    page.keyboard.type("4711")
    page.get_by_text("Nobody online has this code").wait_for()


def wrong_password(page: Page) -> None:
    page.get_by_label("E-mail address").fill("zoe@slowpour.example")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Log in", exact=True).click()
    page.get_by_role("alert").wait_for()


def change_settings(page: Page) -> None:
    page.get_by_label("Masked elements", exact=True).fill(".total\n[name=email]")
    page.get_by_text("1 change").wait_for()


def everyone(page: Page) -> None:
    page.get_by_role("radio", name="Everyone").check()
    page.get_by_text("Seen", exact=True).wait_for(state="attached")  # Phones have no such column.


def no_domain(desk: Desk) -> None:
    desk.answers["POST /proxy_sessions"] = (503, "unavailable")


def ask_for_link(page: Page) -> None:
    page.get_by_label("Address of the page").fill("docs.slowpour.example/start")
    page.get_by_role("button", name="Make the link").click()
    page.get_by_role("alert").wait_for()


def renewing(desk: Desk) -> None:
    found = desk.answers["POST /invitation"]
    assert isinstance(found, told.InvitationLook)
    desk.answers["POST /invitation"] = msgspec.structs.replace(found, renews_password=True)


def wrong_old_password(desk: Desk) -> None:
    desk.answers["POST /me/password"] = (400, "invalid_request", {"current": "is wrong"})


def change_password(page: Page) -> None:
    page.get_by_label("Password now").fill("wrong horse battery staple")
    page.get_by_label("New password").fill("correct horse battery staple")
    page.get_by_role("button", name="Change password").click()
    page.get_by_role("alert").wait_for()


def running(desk: Desk) -> None:
    desk.answers["GET /sessions/{session_id}"] = told.SessionAnswer(session=people.SESSIONS[0])


def edit(of: str, label: str, text: str) -> Callable[[Page], None]:
    def play(page: Page) -> None:
        page.get_by_role("button", name=of, exact=True).first.click()
        page.get_by_role("dialog").get_by_label(label).fill(text)

    return play


def make_link(page: Page) -> None:
    page.get_by_label("Address of the page").fill("docs.slowpour.example/start")
    page.get_by_role("button", name="Make the link").click()
    expect(page.get_by_role("dialog").get_by_label("Link for the visitor")).to_have_value(
        re.compile(r"/__tp/start\?t=")
    )


VISITOR = f"visitors/{people.ROWS[0].short_id}"
SCENES: tuple[Scene, ...] = (
    Scene("log_in", "", "Log in with Slow Pour ID", logged_out),
    Scene("log_in_wrong", "", "Log in with Slow Pour ID", logged_out, wrong_password),
    Scene("join", "join#mS0t9c2v", "Join Slow Pour"),
    Scene("join_gone", "join#mS0t9c2v", "This link cannot be used", link_gone),
    Scene("join_renew", "join#mS0t9c2v", "Choose a new password", renewing),
    Scene("oidc_failed", "oidc?state=x&code=y", "You could not be logged in", logged_out),
    Scene("visitors", "", "240 visitors online", play=choose),
    Scene("visitors_search", "", "240 visitors online", play=search("zoë")),
    Scene("visitors_no_match", "", "240 visitors online", play=search("nobody of that name")),
    Scene("visitors_nobody", "", "Nobody is online", nobody),
    Scene("visitors_everyone", "", "240 visitors online", play=everyone),
    Scene("visitors_help", "", "240 visitors online", play=press("How to search")),
    Scene("visitors_read_only", "", "240 visitors online", read_only, choose),
    Scene("code", "code", "Support code"),
    Scene("code_unknown", "code", "Support code", play=wrong_code),
    Scene("site_form", "site", "Address of the page"),
    Scene("site_refused", "site", "Address of the page", no_domain, ask_for_link),
    Scene("site", "site", "Address of the page", play=make_link),
    Scene("visitor", VISITOR, "Looks at"),
    Scene("visitor_erase", VISITOR, "Looks at", play=press("Erase visitor")),
    Scene("live", "live", "5 sessions run"),
    Scene("live_none", "live", "No session runs", nobody),
    Scene("sessions", "sessions", "Every session of your team"),
    Scene("sessions_none", "sessions", "No sessions yet", no_sessions),
    Scene("session", "sessions/s4", "payment went through"),
    Scene("session_ending", "sessions/s0", "Session", running, press("End session")),
    Scene("members", "members", "jun@slowpour.example"),
    Scene(
        "members_invite",
        "members",
        "jun@slowpour.example",
        play=edit("Invite", "E-mail address", "wren@slowpour.example"),
    ),
    Scene("members_link", "members", "jun@slowpour.example", play=press("New password link")),
    Scene("members_remove", "members", "jun@slowpour.example", play=press("Remove Grace Osei")),
    Scene("keys", "keys", "Night export"),
    Scene("keys_make", "keys", "Night export", play=edit("Make a key", "Name", "Night export")),
    Scene("webhooks", "webhooks", "desk.slowpour.example"),
    Scene("webhooks_add", "webhooks", "desk.slowpour.example", play=press("Add a webhook")),
    Scene("audit", "audit", "revoked key Old help desk"),
    Scene("audit_broken", "audit", "This could not be loaded", broken),
    Scene("data", "data", "Visitors not seen for 30 days"),
    Scene("settings", "settings", "Hidden from agents", play=change_settings),
    Scene("account", "account", "Change password"),
    Scene("account_wrong", "account", "Change password", wrong_old_password, change_password),
    Scene("nowhere", "nowhere", "There is no such page"),
)


def show(scene: Scene, desk: Desk, page: Page) -> None:
    """Open a scene and play it to its end."""
    scene.prepare(desk)
    page.goto(f"{desk.url}/console/{scene.path}".rstrip("/"))
    page.get_by_text(scene.words).first.wait_for()
    scene.play(page)
