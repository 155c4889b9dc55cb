"""Facts made by hand (protocol/ts/facts.ts), as flat lists."""

from __future__ import annotations

from typing import Any

PAGE, VIEWPORT, ROOT, EXPAND, INSERT, MOVE, REMOVE, DETACH, ATTRIBUTE, TEXT, SPLICE, STYLE = range(1, 13)
VALUE, CHECKED, SELECTED, SCROLL, FOCUS, SELECTION, FIELD_SELECTION, HOVER, POINTER, SHEET, ADOPT = range(13, 24)
RULES, RULE_INSERT, RULE_DELETE, RULE_REPLACE, SHEET_STATE, CANVAS, MEDIA, TOP_LAYER, DIGEST, UNFAITHFUL = range(24, 34)
STATE, DEVICE, VISUAL_VIEWPORT, EMBEDDED, ASSIGNED = range(34, 39)
TILES, CANDIDATE, FONT, FONT_GONE, ANIMATION, CSS_ANIMATION, ANIMATION_STATE, TRACKS = range(40, 48)

Slots = list[Any]
BASE = "https://shop.example/catalogue/"


def element(kind: int, tag: str, *children: Slots, **attributes: str) -> Slots:
    names = [name.rstrip("_").replace("_", "-") for name in attributes]
    inside = [slot for child in children for slot in child]
    return [kind, tag, len(names), *names, *attributes.values(), len(children), *inside]


def html(tag: str, *children: Slots, **attributes: str) -> Slots:
    return element(1, tag, *children, **attributes)


def svg(tag: str, *children: Slots, **attributes: str) -> Slots:
    return element(2, tag, *children, **attributes)


def mathml(tag: str, *children: Slots, **attributes: str) -> Slots:
    return element(3, tag, *children, **attributes)


def text(data: str) -> Slots:
    return [4, data]


def masked(tag: str, width: float, height: float, display: str = "block", **attributes: str) -> Slots:
    pairs = [slot for name, value in attributes.items() for slot in (name.rstrip("_"), value)]
    return [5, tag, width, height, display, len(pairs) // 2, *pairs]


DOCTYPE: Slots = [6, "html", "", ""]
COMMENT: Slots = [7]


def hidden(tag: str) -> Slots:
    return [8, tag]


def document(*body: Slots, head: list[Slots] | None = None, quirks: int = 0, base: str = BASE) -> Slots:
    """A viewport and the main document. Ids: 1 doctype, 2 html, 3 head, then what is in it, then body."""
    tree = html("html", html("head", *(head or [])), html("body", *body))
    return [VIEWPORT, 800, 600, 1, 0, 0, 1, ROOT, 0, 0, 0, quirks, base, 2, *DOCTYPE, *tree]


def root(host: int, number: int, kind: int, *children: Slots, base: str = BASE) -> Slots:
    return [ROOT, host, number, kind, 0, base, len(children), *[slot for child in children for slot in child]]


def insert(parent: int, previous: int, first: int, *nodes: Slots) -> Slots:
    return [INSERT, parent, previous, first, len(nodes), *[slot for node in nodes for slot in node]]
