"""A session recorded by the real server is shown again, in its order, to whoever has its link. (R20.)"""

from __future__ import annotations

import struct
import urllib.request
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from twinpane_protocol.envelope import HEADER_BYTES, Flag, decode_header

from e2e import axe, flow
from e2e.flow import Server
from e2e.replay.scenes import TIMELINE, seek

pytestmark = pytest.mark.journey

CARD = "4000123412341234"
PASSWORD = "correct-horse-battery"
SAYS = "(words) => { document.querySelector('#week').textContent = words; }"
SHOWN = f"""() => {{
  const page = {flow.STAGE}?.contentDocument;
  return page?.querySelector("#week")?.textContent ?? page?.title ?? null;
}}"""
# All that is on the stage: what is written there, what stands in fields.
EVERYTHING = f"""() => {{
  const page = {flow.STAGE}.contentDocument;
  const fields = [...page.querySelectorAll("input, textarea")];
  return page.documentElement.outerHTML + fields.map((one) => one.value).join(" ");
}}"""


@dataclass(frozen=True)
class Frame:
    at_ms: int
    flags: Flag
    told: bytes
    """Decompressed."""


@dataclass(frozen=True)
class Recording:
    url: str
    frames: tuple[Frame, ...]

    def when(self, words: str) -> int:
        """The time at which they were told first."""
        return next(frame.at_ms for frame in self.frames if words.encode() in frame.told)

    def starts(self) -> list[int]:
        """When the pages began."""
        return [frame.at_ms for frame in self.frames if frame.flags & Flag.SNAPSHOT_START]


def say(visitor: Page, agent: Page, words: str) -> None:
    """Write words into the visitor's page, and wait until the agent has seen them."""
    visitor.evaluate(SAYS, words)
    agent.wait_for_function(f"(words) => ({SHOWN})() === words", arg=words)


def play_session(server: Server, browser: Browser, shop: str) -> str:
    """A short session: words that change, secrets, another page, the first one again. Returns its id."""
    context = flow.visitor_context(browser)
    visitor = context.new_page()
    visitor.goto(f"{shop}/visitor?id=replayed&name=Ada")
    agent = flow.begin(server, browser, visitor)
    say(visitor, agent, "Early words")
    visitor.fill("[name=card]", CARD)
    visitor.fill("[name=password]", PASSWORD)
    visitor.fill("[name=message]", "Please grind it fine")
    flow.until_same(visitor, agent)
    visitor.mouse.move(200, 300, steps=10)
    visitor.click("#to-cart")
    visitor.wait_for_load_state()
    flow.until_same(visitor, agent)
    visitor.go_back()
    flow.until_same(visitor, agent)
    say(visitor, agent, "Late words")
    short_id = flow.short_id(visitor)
    flow.press_card(visitor, "End session")
    agent.get_by_text("ended the session").first.wait_for()
    agent.context.close()
    context.close()
    [session] = server.rest("GET", f"visitors/{short_id}")[1]["visitor"]["sessions"]
    return str(session["id"])


def link_of(server: Server, session: str) -> str:
    def told() -> Any:
        status, answer = server.rest("GET", f"sessions/{session}/recording")
        return answer if status == 200 else None

    return str(flow.until(told, what="the recording")["recording"]["replay_url"])


def frames_of(server: Server, url: str) -> Iterator[Frame]:
    """All frames of a recording, as its page gets them."""
    headers = {"Authorization": f"Bearer {url.partition('#')[2]}"}
    with urllib.request.urlopen(urllib.request.Request(f"{server.url}/replay/frames", headers=headers)) as answer:
        stream = answer.read()
    while stream:
        at_ms, length = struct.unpack_from("<II", stream)
        frame, stream = stream[8 : 8 + length], stream[8 + length :]
        flags, payload = Flag(decode_header(frame).flags), frame[HEADER_BYTES:]
        yield Frame(at_ms, flags, zlib.decompress(payload, -15) if flags & Flag.DEFLATED else payload)


@pytest.fixture(scope="module")
def recording(server: Server, integrator: str, chromium: Browser) -> Iterator[Recording]:
    assert server.rest("PATCH", "settings", {"settings": {"recordSessions": True}})[0] == 200
    session = play_session(server, chromium, integrator)
    url = link_of(server, session)
    yield Recording(url, tuple(frames_of(server, url)))
    assert server.rest("PATCH", "settings", {"settings": {"recordSessions": None}})[0] == 200


@pytest.fixture
def still(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser whose person wants nothing to move by itself."""
    context = chromium.new_context(viewport={"width": 1100, "height": 900}, reduced_motion="reduce")
    yield context
    context.close()


def opened(context: BrowserContext, url: str) -> Page:
    """The replay page, standing at its first picture."""
    window = context.new_page()
    window.goto(url)
    window.locator(TIMELINE).wait_for()
    # Playwright's Firefox cannot be told that nothing may move by itself.
    if window.evaluate("() => !matchMedia('(prefers-reduced-motion: reduce)').matches"):
        window.keyboard.press("k")
        window.keyboard.press("Home")
    window.get_by_role("button", name="Play", exact=True).wait_for()
    return window


def until_shown(window: Page, words: str) -> None:
    window.wait_for_function(f"(words) => ({SHOWN})() === words", arg=words)


def length_ms(window: Page) -> int:
    return int(window.locator(TIMELINE).get_attribute("max") or 0)


def test_r20_a_session_is_shown_again_in_its_order(recording: Recording, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 1100, "height": 900}, reduced_motion="reduce")
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    window = opened(context, recording.url)
    assert "Ada" in window.get_by_role("banner").inner_text()
    assert "with Zoë" in window.get_by_role("banner").inner_text()
    first = window.evaluate(SHOWN)
    window.keyboard.press("End")
    until_shown(window, "Late words")
    window.get_by_role("status").filter(has_text="End of the recording").wait_for(state="attached")
    window.keyboard.press("Home")
    until_shown(window, first)
    window.get_by_label("Speed").select_option("8")
    window.get_by_role("button", name="Play", exact=True).click()
    until_shown(window, "Early words")
    until_shown(window, "Late words")
    window.get_by_role("button", name="Play again").wait_for()
    early_ms, late_ms, back_ms = recording.when("Early words"), recording.when("Late words"), recording.starts()[2]
    for at_ms, words in (
        (late_ms, "Late words"),
        (early_ms, "Early words"),
        (early_ms - 1, first),
        (back_ms - 1, "Cart · Tidepool"),
        (late_ms - 1, first),
        (early_ms, "Early words"),
        (late_ms, "Late words"),
    ):
        seek(window, at_ms)
        until_shown(window, words)
    address = recording.url.partition("/replay")[0]
    assert not [url for url in asked if not url.removeprefix("blob:").startswith((address, "data:"))], (
        "asks nobody else"
    )
    context.close()


def test_r20_what_is_masked_is_nowhere_in_a_recording(recording: Recording, still: BrowserContext) -> None:
    told = b"".join(frame.told for frame in recording.frames)
    assert b"Please grind it fine" in told
    for secret in (CARD, PASSWORD):
        assert secret.encode() not in told
    window = opened(still, recording.url)
    for frame in recording.frames:
        seek(window, frame.at_ms)
        shown = window.evaluate(EVERYTHING)
        assert CARD not in shown
        assert PASSWORD not in shown
    until_shown(window, "Late words")


def test_r20_keys_play_go_to_and_fro_and_change_the_speed(recording: Recording, still: BrowserContext) -> None:
    window = opened(still, recording.url)
    timeline = window.locator(TIMELINE)
    assert (timeline.get_attribute("aria-valuetext") or "").startswith("0 seconds of ")
    window.keyboard.press("k")
    window.get_by_role("button", name="Pause").wait_for()
    window.keyboard.press(" ")
    window.get_by_role("button", name="Play", exact=True).wait_for()
    window.keyboard.press("End")
    until_shown(window, "Late words")
    window.keyboard.press("ArrowLeft")
    end_ms = length_ms(window)
    window.wait_for_function(
        "([timeline, at_ms]) => Math.abs(timeline.value - at_ms) < 200",
        arg=[timeline.element_handle(), max(0, end_ms - 5000)],
    )
    window.keyboard.press("ArrowRight")
    window.get_by_role("button", name="Play again").wait_for()
    for key in (">", ">", "<"):
        window.keyboard.press(key)
    assert window.get_by_label("Speed").input_value() == "2"
    timeline.focus()
    window.keyboard.press("Home")
    window.wait_for_function("(timeline) => timeline.value === '0'", arg=timeline.element_handle())
    window.keyboard.press("?")
    window.get_by_role("dialog").wait_for()
    window.keyboard.press("Escape")
    window.get_by_role("dialog").wait_for(state="hidden")
    window.keyboard.press("f")
    window.wait_for_function("() => document.fullscreenElement !== null")
    window.keyboard.press("f")
    window.wait_for_function("() => document.fullscreenElement === null")


def test_r20_what_is_missing_is_said_in_words(recording: Recording, server: Server, still: BrowserContext) -> None:
    window = still.new_page()
    for url, words in (
        (f"{server.url}/replay", "This link opens no recording"),
        (f"{server.url}/replay#of-nobody", "This link opens no recording"),
        (recording.url[:-3], "This link opens no recording"),
    ):
        window.goto(url)
        window.get_by_role("heading", name=words).wait_for()
        assert not axe.found(window)


def test_r20_what_was_deleted_is_not_shown_and_another_is(
    recording: Recording, server: Server, integrator: str, chromium: Browser, still: BrowserContext
) -> None:
    session = play_session(server, chromium, integrator)
    url = link_of(server, session)
    opened(still, url)
    assert server.rest("DELETE", f"sessions/{session}/recording")[0] == 200
    window = still.new_page()
    window.goto(url)
    window.get_by_role("heading", name="There is no recording").wait_for()
    opened(still, recording.url)
