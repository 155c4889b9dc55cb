"""Pages of known size, the same at each run: cards as shops and dashboards have them, about 30 nodes each."""

from __future__ import annotations

import random

WORDS = (
    "account balance transfer invoice payment support session order delivery address premium policy claim renewal "
    "document upload verify review summary total amount monthly annual contract coverage network provider member"
).split()
CLASSES = (
    "flex grid items-center justify-between gap-2 gap-4 p-2 p-4 px-3 py-1 mt-2 mb-4 text-sm text-gray-700 font-medium "
    "rounded-lg shadow-md border border-gray-200 bg-white w-full max-w-md truncate cursor-pointer transition"
).split()
STYLE = (
    "body{font:14px/1.4 sans-serif;margin:0}main{display:flex;flex-wrap:wrap}.card{padding:8px;margin:6px}"
    ".card:hover{background:#f4f8ff}.row{display:flex;gap:8px}.tag{background:#eef;padding:1px 6px}"
)


def card(chance: random.Random, number: int) -> str:
    """Return one card's HTML."""

    def some(words: list[str], count: int) -> str:
        return " ".join(chance.choice(words) for _ in range(count))

    rows = "".join(f"<li>{some(WORDS, 3)}</li>" for _ in range(3))
    return (
        f'<article class="card {some(CLASSES, 4)}" data-id="{number}"><h3>{some(WORDS, 4)} {number}</h3>'
        f'<p class="{some(CLASSES, 3)}">{some(WORDS, 14)}</p>'
        f'<div class="row"><span class="tag">{some(WORDS, 1)}</span><span class="tag">{some(WORDS, 1)}</span>'
        f'<a class="{some(CLASSES, 2)}" href="/item/{number}">{some(WORDS, 2)}</a>'
        '<svg width="16" height="16" viewBox="0 0 24 24"><path d="M4 6h16M4 12h16" stroke="currentColor"></path>'
        f'<circle cx="12" cy="12" r="3"></circle></svg></div><ul>{rows}</ul>'
        f'<div class="row"><button class="{some(CLASSES, 2)}" aria-label="open {number}">Open</button>'
        "<button disabled>Pay</button></div></article>"
    )


def cards(nodes: int) -> str:
    """Return a page of about that many nodes."""
    chance = random.Random(42)
    body = "".join(card(chance, number) for number in range(nodes // 31))
    return f"<!doctype html><meta charset=utf-8><title>Cards</title><style>{STYLE}</style><main>{body}</main>"


def table(rows: int, columns: int) -> str:
    """Return a page of one large table."""
    chance = random.Random(7)
    head = "".join(f"<th>{chance.choice(WORDS)}</th>" for _ in range(columns))
    body = "".join(
        f"<tr data-row={row}>"
        + "".join(f"<td class='p-2 text-sm'>{chance.randrange(100_000)}</td>" for _ in range(columns))
        for row in range(rows)
    )
    return (
        f"<!doctype html><meta charset=utf-8><title>Table</title><style>{STYLE}</style>"
        f"<table><thead><tr>{head}<tbody>{body}</table>"
    )


def work() -> str:
    """Return the page on which `work.js` makes its changes: about 23,000 nodes."""
    spans = "".join(f"<span class='tag s{number % 50}'>item {number}</span>" for number in range(10_000))
    rows = "".join(f"<li class=row data-key={number}><b>{number}</b> item</li>" for number in range(1000))
    return (
        f"<!doctype html><meta charset=utf-8><title>Work</title><style>{STYLE}</style>"
        f"<table><tbody id=rows></table><ul id=keyed>{rows}</ul><div id=spans>{spans}</div>"
    )
