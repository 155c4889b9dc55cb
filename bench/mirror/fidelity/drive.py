"""Goes through checks with a visitor's page and its mirror, however the two are joined."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from time import monotonic
from typing import Protocol

from playwright.sync_api import Error, Page

from .checks import Check, Step

LOOK_S = 4.0
HELPERS = """
const $ = (id) => d.getElementById(id);
const css = (it, property) => w.getComputedStyle(typeof it === "string" ? $(it) : it)[property];
const root = (host) => host.shadowRoot;
const above = (upper, lower) => {
  const { x, y, width, height } = lower.getBoundingClientRect();
  return upper.contains(d.elementFromPoint(x + width / 2, y + height / 2));
};
const picture = async (src) => {
  const image = new w.Image();
  image.src = src;
  await image.decode().catch(() => undefined);
  return image;
};
const loads = async (value) => (await picture(/url\\("(.*)"\\)/.exec(value)?.[1] ?? "")).naturalWidth > 0;
const green = async (id) => {
  const shown = /url\\("(.*)"\\)/.exec(w.getComputedStyle($(id)).content)?.[1];
  const pen = Object.assign(document.createElement("canvas"), { width: 20, height: 20 }).getContext("2d");
  pen.drawImage(shown ? await picture(shown) : $(id), 0, 0, 20, 20);
  const [red, green, blue, alpha] = pen.getImageData(5, 5, 1, 1).data;
  return Math.abs(red - 9) < 12 && Math.abs(green - 200) < 12 && Math.abs(blue - 9) < 12 && alpha > 200;
};
"""
TICK = "const tick = () => new Promise((done) => setTimeout(done, 60));"


class Sides(Protocol):
    """A visitor's page and what an agent sees of it."""

    visitor: Page
    agent: Page
    stage: str
    """JavaScript for the mirrored document, in the agent's page."""
    address: str
    """JavaScript for the address that the agent is told."""
    seen: str
    """JavaScript for the visible part that the agent is told, or null."""

    def begin(self) -> None:
        """Begin to mirror the visitor's page as it is now."""

    def pump(self) -> None:
        """Bring what the page told to the agent."""


@dataclass(frozen=True)
class Seen:
    """What came of a check."""

    check: Check
    ok: bool
    note: str = ""


def common_page(area: str, checks: list[Check], other: str) -> str:
    """One page with the parts of all checks."""
    parts = "\n".join(f"<section>{check.html}</section>" for check in checks if check.html)
    head = f"<!doctype html><meta charset=utf-8><title>{area}</title>"
    return f"{head}<body style='min-height:4000px'>{parts.replace('{other}', other)}</body>"


def go_through(sides: Sides, checks: list[Check]) -> Iterator[Seen]:
    """Check one after another, on the page that is open at the visitor's."""
    for check in checks:
        if check.before:
            sides.visitor.evaluate(f"async () => {{ {TICK} {check.before} }}")
    sides.begin()
    for check in checks:
        try:
            for step in check.steps:
                do(sides.visitor, step)
            note = look(sides, check)
            for step in check.after:
                do(sides.visitor, step)
        except Error as problem:
            note = f"could not be done: {problem.message.splitlines()[0]}"
        yield Seen(check, not note, note)


def look(sides: Sides, check: Check) -> str:
    """Wait until it is so on both sides; returns what is wrong, or nothing."""
    if check.at_visitor:
        here = until(sides.visitor, f"const d = document, w = window, address = location.href; {HELPERS}", check.look)
        if here is not True:
            return f"not so at the visitor's: {here}"
    begin = f"const d = {sides.stage}; if (!d) return 'no document'; const w = d.defaultView;"
    told = f"const address = {sides.address}; const seen = {sides.seen};"
    found = until(sides.agent, f"{begin} {told} {HELPERS}", check.look, sides)
    return "" if found is True else f"seen: {found}"


def until(page: Page, begin: str, look: str, sides: Sides | None = None) -> object:
    """Ask until the answer is true, or there was time enough; returns the last answer."""
    script = f"async () => {{ try {{ {begin} return ({look}) }} catch (error) {{ return String(error) }} }}"
    deadline = monotonic() + LOOK_S
    while True:
        if sides:
            sides.pump()
        try:
            answer: object = page.evaluate(script)
        except Error as problem:
            answer = problem.message
        if answer is True or monotonic() > deadline:
            return answer
        page.wait_for_timeout(60)


def do(page: Page, step: Step) -> None:
    """Carry out a step at the visitor's."""
    if isinstance(step, str):
        page.evaluate(f"async () => {{ {TICK} {step} }}")
        return
    name, *given = step
    match name:
        case "click" | "fill":
            getattr(page, name)(*given, timeout=5000)
        case "hover":
            page.hover(given[0], timeout=5000, force=True)
        case "choose":
            page.select_option(given[0], label=given[1], timeout=5000)
        case "type" | "press" | "down" | "up" | "move":
            getattr(page.mouse if name in {"down", "up", "move"} else page.keyboard, name)(*given)
        case "media":
            page.emulate_media(**given[0])
        case "size":
            page.set_viewport_size({"width": given[0], "height": given[1]})
        case "frame":
            frame = next(frame for frame in page.frames if given[0] in frame.url)
            frame.evaluate(f"() => {{ {given[1]} }}")
        case _:
            by_protocol(page, name, given[0])


def by_protocol(page: Page, name: str, value: float) -> None:
    """What only Chromium's protocol can do; its effect lasts as long as the session, so that stays open."""
    session = page.context.new_cdp_session(page)
    size = page.viewport_size or {"width": 900, "height": 700}
    if name == "zoom":
        session.send("Emulation.setPageScaleFactor", {"pageScaleFactor": value})
    elif name == "density":
        # Without another size Chromium does not look at its styles again.
        other = {"width": size["width"], "height": size["height"] + int(value) - 1}
        session.send("Emulation.setDeviceMetricsOverride", {**other, "deviceScaleFactor": value, "mobile": False})
    elif name == "touch":
        session.send("Emulation.setDeviceMetricsOverride", {**size, "deviceScaleFactor": 1, "mobile": bool(value)})
        session.send("Emulation.setTouchEmulationEnabled", {"enabled": bool(value)})
