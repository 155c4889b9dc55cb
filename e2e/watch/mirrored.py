"""A small page as facts (protocol/ts/facts.ts), to have something to look at on the watch page."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from twinpane_protocol.envelope import Envelope, Flag, Kind, encode_header

VERSION = 2
PAGE, VIEWPORT, ROOT, POINTER = 1, 2, 3, 21
HTML, TEXT = 1, 4
Slots = list[str | int | None]


@dataclass(frozen=True)
class Element:
    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: tuple[Element | str, ...] = ()


def element(tag: str, *children: Element | str, **attributes: str) -> Element:
    return Element(tag, {name.rstrip("_"): value for name, value in attributes.items()}, children)


def slots_of(node: Element | str) -> Slots:
    if isinstance(node, str):
        return [TEXT, node]
    names, values = list(node.attributes), list(node.attributes.values())
    slots: Slots = [HTML, node.tag, len(names), *names, *values, len(node.children)]
    for child in node.children:
        slots += slots_of(child)
    return slots


STYLE = """
body { margin: 0; font: 16px/1.5 Georgia, serif; color: #2b2118; background: #fbf7f1; }
header { display: flex; justify-content: space-between; padding: 20px 48px; background: #fff;
  border-bottom: 1px solid #e8ddcc; }
nav span { margin-left: 28px; } main { padding: 40px 48px; } h1 { font-size: 40px; margin: 0 0 8px; font-weight: 500; }
.row { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 24px; margin-top: 28px; }
.item { background: #fff; border: 1px solid #e8ddcc; border-radius: 6px; padding: 18px; }
.item div { height: 150px; border-radius: 4px; margin-bottom: 12px; } button { padding: 8px 16px; font: inherit;
background: #7a4b21; color: #fff; border: 0; border-radius: 4px; } input { padding: 8px; font: inherit; width: 260px; }
"""


def item(name: str, price: str, color: str) -> Element:
    picture = element("div", style=f"background:{color}")
    return element(
        "section", picture, element("strong", name), element("p", price), element("button", "Add"), class_="item"
    )


SHOP = element(
    "html",
    element("head", element("style", STYLE)),
    element(
        "body",
        element(
            "header",
            element("strong", "Slow Pour"),
            element("nav", element("span", "Kettles"), element("span", "Grinders"), element("span", "Basket (1)")),
        ),
        element(
            "main",
            element("h1", "Kettles that pour slowly"),
            element("p", "Four of them, each made to be kept."),
            element("input", type="text", placeholder="Search the shop"),
            element(
                "div",
                item("Heron", "64 €", "#d9c3a5"),
                item("Gooseneck", "58 €", "#b9c7b4"),
                item("Enamel", "41 €", "#c9b6c4"),
                item("Copper", "96 €", "#d8a98a"),
                class_="row",
            ),
        ),
    ),
)


def snapshot(epoch: int, size: tuple[int, int] = (1280, 720)) -> bytes:
    """The whole shop in one frame."""
    url, title = "https://slowpour.example/kettles?sort=price", "Kettles - Slow Pour"
    slots: Slots = [VERSION, PAGE, url, title, VIEWPORT, *size, 1, 0, 0, 1]
    slots += [ROOT, 0, 0, 0, 0, url, 1, *slots_of(SHOP)]
    return frame(epoch, 0, Flag.SNAPSHOT_START | Flag.SNAPSHOT_END, slots)


def pointer(epoch: int, x: int, y: int) -> bytes:
    return frame(epoch, 0, Flag.VOLATILE, [VERSION, POINTER, x, y, 0])


def frame(epoch: int, seq: int, flags: Flag, slots: Slots) -> bytes:
    payload = json.dumps(slots, ensure_ascii=False).encode()
    return encode_header(Envelope(Kind.FACTS, flags, epoch, seq, 0)) + payload
