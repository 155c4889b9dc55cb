"""Every state of the replay page: how it comes to it, and the words it says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page

from e2e.replay.desk import LINK, broken_visit, shop_visit

TIMELINE = "input[type=range]"
SEEK = """(timeline, at_ms) => {
  timeline.value = at_ms;
  for (const type of ["input", "change"]) timeline.dispatchEvent(new Event(type, { bubbles: true }));
}"""


@dataclass(frozen=True)
class Scene:
    name: str
    words: str
    """Said aloud."""
    desk: dict[str, Any] = field(default_factory=dict)
    """Fields of the desk."""
    play: Callable[[Page], None] = lambda _: None
    link: str = LINK
    language: str = "en-GB"


def seek(window: Page, at_ms: int) -> None:
    """As by a hand on the timeline."""
    window.locator(TIMELINE).evaluate(SEEK, at_ms)


def at(at_ms: int) -> Callable[[Page], None]:
    return lambda window: seek(window, at_ms)


def press(key: str) -> Callable[[Page], None]:
    def play(window: Page) -> None:
        window.locator(TIMELINE).wait_for()
        window.keyboard.press(key)

    return play


def show_help(window: Page) -> None:
    press("?")(window)
    window.get_by_role("dialog").wait_for()


LIVE: dict[str, Any] = {"told": {"is_live": True}}
CUT: dict[str, Any] = {"told": {"is_whole": False}}
EMPTY: dict[str, Any] = {"frames": ()}

SCENES = [
    Scene("opening", "Opening the recording", {"silent": ("recording",)}),
    Scene("loading", "Loading the recording", {"silent": ("frames",)}),
    Scene("paused", "Paused", play=at(13_000)),
    Scene("phone_page", "Paused", {"frames": shop_visit((390, 760))}, at(13_000)),
    Scene("ended", "End of the recording", play=press("End")),
    Scene("help", "Paused", play=show_help),
    Scene("full_size", "Paused", play=lambda window: window.get_by_role("button", name="Show at 100%").click()),
    Scene("live", "The session still runs.", LIVE, at(5_000)),
    Scene("cut", "The recording became too large", CUT, press("End")),
    Scene("half", "The recording was not loaded to its end.", {"cut": 10}, at(5_000)),
    Scene("broken", "This part of the recording cannot be shown.", {"frames": broken_visit()}, press("End")),
    Scene("no_token", "This link opens no recording.", link=LINK.partition("#")[0]),
    Scene("bad_link", "This link opens no recording.", {"refusal": (401, "invalid_token")}),
    Scene("gone", "This link is too old.", {"refusal": (410, "link_gone")}),
    Scene("not_found", "There is no recording.", {"refusal": (404, "not_found")}),
    Scene("unreachable", "The server cannot be reached.", {"is_gone": True}),
    Scene("unreadable", "This recording cannot be read.", {"frames": [(0, b"no frame")]}),
    Scene("went_wrong", "tell your administrator this code: internal", {"refusal": (500, "internal")}),
    Scene("empty", "Nothing was recorded.", EMPTY),
    Scene("empty_live", "Nothing is recorded yet.", EMPTY | LIVE),
    Scene("arabic", "ما زالت الجلسة قائمة", LIVE, at(13_000), language="ar-EG"),
    Scene("arabic_gone", "هذا الرابط قديم جدًا", {"refusal": (410, "link_gone")}, language="ar-EG"),
    Scene("german", "Die Aufzeichnung wurde zu groß", CUT, at(13_000), language="de-DE"),
]


def show(scene: Scene, window: Page) -> None:
    """Bring a window, whose context a desk serves, to the scene and wait for its words."""
    window.goto(scene.link)
    scene.play(window)
    window.get_by_role("status").filter(has_text=scene.words).wait_for(state="attached")
