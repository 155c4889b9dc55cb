"""Every situation of the watch page: how a session comes to it, and the words it shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec
from playwright.sync_api import Page
from twinpane_protocol.agent import (
    AgentWish,
    AgentWishRefused,
    Branding,
    ControlRefused,
    Notes,
    NotesWanted,
    RequestControl,
)
from twinpane_protocol.console_answers import Note
from twinpane_protocol.link import Error
from twinpane_protocol.shared import (
    Absence,
    Asking,
    Click,
    ConsoleEntry,
    ConsoleTold,
    EndReason,
    Permissions,
    Phase,
    RefusalCode,
    Tab,
)

from e2e.watch.desk import ME, OTHER, SESSION, TAB, Desk


@dataclass(frozen=True)
class Scene:
    name: str
    words: str
    prepare: Callable[[Desk], None] = lambda _: None
    """Before the window opens the page."""
    play: Callable[[Desk, Page], None] = lambda _desk, _window: None
    """After the window has been welcomed."""
    live: bool = True
    """Wait for the picture before playing."""
    seen: str = "You see Ada's page"
    """Said once there is a picture."""


def session(phase: Phase, **fields: Any) -> Callable[[Desk], None]:
    def prepare(desk: Desk) -> None:
        desk.session = msgspec.structs.replace(SESSION, phase=phase, **fields)

    return prepare


def ended_in(phase: Phase, reason: EndReason) -> Callable[[Desk, Page], None]:
    def play(desk: Desk, window: Page) -> None:
        window.locator("[data-announcer]:not(:empty)").wait_for(state="attached")
        desk.change(phase="ended", end_reason=reason)

    return play


def refused_with(code: RefusalCode) -> Callable[[Desk], None]:
    def prepare(desk: Desk) -> None:
        desk.hello_answer = Error(code=code, message="", advice="stop")

    return prepare


def without_grant(desk: Desk) -> None:
    desk.shell = {"seat": "seat1", "retry_url": "https://desk.example/again"}


def unreachable(desk: Desk) -> None:
    desk.accepts.clear()


def lose_connection(desk: Desk, _window: Page) -> None:
    desk.drop()


def two_agents(desk: Desk) -> None:
    session("live", agents=[ME, OTHER], control=OTHER.id)(desk)


def take_control(desk: Desk, window: Page) -> None:
    window.get_by_role("button", name="Take control").click()
    desk.change(control=ME.id)
    window.get_by_role("button", name="Release control").wait_for()


def ask_control(desk: Desk, window: Page) -> None:
    window.get_by_role("button", name="Take control").click()
    desk.change(asking=Asking(kind="control", agent=ME.id, agent_name=ME.name))


def be_refused_control(desk: Desk, window: Page) -> None:
    window.get_by_role("button", name="Take control").click()
    desk.tell(ControlRefused(code="control_busy", message=""))


def be_refused_wish(desk: Desk, window: Page) -> None:
    take_control(desk, window)
    window.get_by_role("application", name="Ada's page").click()
    desk.tell(AgentWishRefused(id=last_wish(desk), code="visitor_active", message=""))


def last_wish(desk: Desk) -> int:
    while True:
        made = desk.expect(AgentWish)
        if isinstance(made.wish, Click):
            return made.id


def may_read_console(desk: Desk) -> None:
    session("live", permissions=Permissions(allow_console=True))(desk)


def open_console(_desk: Desk, window: Page) -> None:
    window.keyboard.press("o")


SAID = [
    ConsoleEntry(level="log", text="cart of Ada {total: 3}"),
    ConsoleEntry(level="warn", text="The price of kettle 7 is old", count=12),
    ConsoleEntry(
        level="error", kind="uncaught", text="TypeError: no such kettle", source="https://slowpour.example/a.js:3:9"
    ),
    ConsoleEntry(level="debug", text="", withheld=True),
]


def read_console(desk: Desk, window: Page) -> None:
    open_console(desk, window)
    window.get_by_role("button", name="Ask Ada").click()
    desk.expect(AgentWish)
    desk.change(agents=[msgspec.structs.replace(ME, reads_console=True)])
    desk.tell(ConsoleTold(entries=SAID, left_out=3))


def open_notes(desk: Desk, window: Page) -> None:
    window.keyboard.press("n")
    desk.expect(NotesWanted)
    desk.tell(
        Notes(notes=[Note(id=1, author="Grace Osei", text="Wants the blue one.", written_at="2026-11-22T14:50:00Z")])
    )


def ask_end(_desk: Desk, window: Page) -> None:
    window.get_by_role("button", name="End session").click()


def look_only(desk: Desk) -> None:
    permissions = Permissions(
        allow_click=False, allow_scroll=False, allow_type=False, allow_draw=False, allow_agent_redirect=False
    )
    session("live", permissions=permissions)(desk)


def press(*names: str) -> Callable[[Desk, Page], None]:
    def play(_desk: Desk, window: Page) -> None:
        for name in names:
            window.get_by_role("button", name=name, exact=True).click()

    return play


def show_connection(_desk: Desk, window: Page) -> None:
    window.get_by_role("button", name="Connection:").click()


def show_help(_desk: Desk, window: Page) -> None:
    window.keyboard.press("?")


def end_here(desk: Desk, window: Page) -> None:
    for _ in range(2):
        window.get_by_role("button", name="End session").click()
    desk.change(phase="ended", end_reason="agent_stopped")


def leave(_desk: Desk, window: Page) -> None:
    window.get_by_role("button", name="Cancel").click()


def speaking(language: str) -> Callable[[Desk], None]:
    def prepare(desk: Desk) -> None:
        several_tabs(desk)
        desk.shell = {**desk.shell, "language": language}

    return prepare


def several_tabs(desk: Desk) -> None:
    session("live", tabs=[msgspec.structs.replace(TAB, visible=False), SECOND_TAB], follows=False)(desk)


def phone(desk: Desk) -> None:
    desk.size = (390, 760)


def branded(**fields: Any) -> Callable[[Desk], None]:
    def prepare(desk: Desk) -> None:
        desk.branding = Branding(**fields)

    return prepare


def take_control_by_key(desk: Desk, window: Page) -> None:
    window.keyboard.press("c")
    desk.expect(RequestControl)
    desk.change(control=ME.id)


def changed(**fields: Any) -> Callable[[Desk, Page], None]:
    return lambda desk, _window: desk.change(**fields)


def without_picture(desk: Desk) -> None:
    desk.shows_page = False


OFFLINE = session("waiting", tabs=[])
BEHIND = Tab(id="t1", url=TAB.url, title=TAB.title, active=True, visible=False)
SECOND_TAB = Tab(id="t2", url="https://slowpour.example/help/returns", title="Returns - Slow Pour", active=False)
GLASSES = Absence(title="I fetch my glasses", message="Back in two minutes.", returns_in_s=120)
WAYS = branded(on_end_url="https://desk.example/done", retry_url="https://desk.example/again")

SCENES = [
    Scene("no_logo", "You see Ada's page", branded(naked="true", color="#7a2f8f")),
    Scene("page_only", "You control Ada's page", branded(naked="page_only"), take_control_by_key),
    Scene("opening", "Opening the session", unreachable, live=False),
    Scene("no_seat", "This link has been used", without_grant, live=False),
    Scene("waiting", "Waiting for Ada to open the page", OFFLINE, live=False),
    Scene("asking", "Waiting for Ada to allow viewing", session("asking"), live=False),
    Scene("connecting", "Connecting", without_picture, live=False),
    Scene("live", "You see Ada's page"),
    Scene("live_phone", "You see Ada's page", phone),
    Scene("hidden", "Ada is not looking at this page", play=changed(tabs=[BEHIND])),
    Scene("tab_closed", "Ada closed the page", play=changed(phase="paused", away="tab_closed", tabs=[])),
    Scene("connection_lost", "Ada's connection is lost", play=changed(phase="paused", away="connection_lost")),
    Scene("announced", "I fetch my glasses", play=changed(phase="paused", tabs=[], absence=GLASSES)),
    Scene("reconnecting", "Reconnecting", play=lose_connection),
    Scene("two_agents", "You see Ada's page", two_agents),
    Scene("control", "Keyboard goes to Ada", play=take_control),
    Scene("control_asked", "Waiting…", play=ask_control),
    Scene("control_busy", "Grace Osei is in control", two_agents, be_refused_control),
    Scene("wish_refused", "Ada is using the page", play=be_refused_wish),
    Scene("ask_end", "End the session?", play=ask_end),
    Scene("ending", "Ending the session", play=press("End session", "End session")),
    Scene("ask_end_several", "End it for everyone?", two_agents, ask_end),
    Scene("look_only", "You see Ada's page", look_only),
    Scene("laser", "You see Ada's page", play=press("Laser pointer")),
    Scene("shapes", "You see Ada's page", play=press("Draw")),
    Scene("colors", "You see Ada's page", play=press("Laser pointer", "Your colour: #0a7d5a")),
    Scene("tabs", "Follow Ada", several_tabs, press("Tabs: 2"), seen="Ada is not looking at this page"),
    Scene("connection", "To the server and back", play=show_connection),
    Scene(
        "arabic",
        "متابعة \u2068Ada\u2069",
        speaking("ar-EG"),
        press("علامات التبويب: \u20682\u2069"),
        seen="هذه الصفحة ليست أمام \u2068Ada\u2069 الآن",
    ),
    Scene(
        "german",
        "Sitzung beenden",
        speaking("de"),
        press("Laser-Pointer"),
        seen="Ada sieht gerade nicht auf diese Seite",
    ),
    Scene("notes", "Wants the blue one", play=open_notes),
    Scene("console_ask", "Ask Ada to show the console", may_read_console, open_console),
    Scene("console", "no such kettle", may_read_console, read_console),
    Scene("help", "Keyboard shortcuts", play=show_help),
    Scene("left", "You left the session", session("asking"), leave, live=False),
    Scene("refused", "Ada did not allow viewing", session("asking"), ended_in("asking", "rejected"), live=False),
    Scene("ended_by_visitor", "Ada ended the session", play=ended_in("live", "visitor_stopped")),
    Scene("ended_by_me", "You ended the session", WAYS, end_here),
    Scene("ended_by_others", "The session was ended on your side", play=ended_in("live", "agent_stopped")),
    Scene(
        "timeout_waiting",
        "Ada did not open the page",
        session("waiting", tabs=[]),
        ended_in("waiting", "timeout"),
        live=False,
    ),
    Scene("timeout_asking", "Ada did not answer", session("asking"), ended_in("asking", "timeout"), live=False),
    Scene("timeout_live", "You did nothing in it for 10 minutes", play=ended_in("live", "timeout")),
    Scene("erased", "Ada's data was erased", play=ended_in("live", "erased")),
    Scene("broke_off", "The session broke off", play=ended_in("live", "error")),
    Scene("bad_credentials", "This link no longer works", refused_with("bad_credentials"), live=False),
    Scene("out_of_date", "This page is out of date", refused_with("unsupported_protocol"), live=False),
    Scene("wrong_address", "This address may not watch", refused_with("origin_not_allowed"), live=False),
    Scene("internal", "Something went wrong", refused_with("internal"), live=False),
]


def show(scene: Scene, desk: Desk, window: Page) -> None:
    """Bring a window to the scene and wait for its words."""
    scene.prepare(desk)
    window.goto(f"{desk.url}/watch/one-time-token")
    if scene.live:
        window.get_by_text(scene.seen).first.wait_for(state="attached")
    scene.play(desk, window)
    window.get_by_text(scene.words).first.wait_for(state="attached")
