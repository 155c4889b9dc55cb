"""What is rewritten: a page of about 100 kB, a style sheet, and the scripts of real packages."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PAGE_BYTES = 100_000
SHEET_BYTES = 200_000
SCRIPT_BYTES_MIN = 50_000
SCRIPT_BYTES_MAX = 1_000_000
SCRIPTS_BYTES = 8_000_000

_HEAD = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Shop</title>
<link rel="stylesheet" href="https://cdn.shop.example/main.css" integrity="sha384-x">
<script src="https://cdn.shop.example/vendor.js" defer></script>
<script>window.dataLayer=window.dataLayer||[];if(top!==self){top.location=self.location}</script></head><body>
"""
_ITEM = """<article class="card card--wide" id="item-{n}" data-price="{n}.90" aria-label="Chair &amp; table {n}">
<a class="card__link" href="https://www.shop.example/items/{n}?ref=list&amp;page=2"><img class="card__picture" alt=""
 src="https://img.shop.example/{n}.jpg" srcset="https://img.shop.example/{n}-2x.jpg 2x, /local/{n}.jpg 1x">
<h2>Chair number {n}</h2><p>A chair for the kitchen, the garden and the office. It comes in <b>four</b> colours.</p></a>
<button onclick="add({n}, 1)" style="--i:{n};color:#123">Add</button></article>
"""
_RULE = """.card-{n} > .card__picture:hover {{ margin: {n}px; background: #fff url(https://img.shop.example/{n}.png) }}
@media (min-width: {n}px) {{ .grid {{ display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)) }} }}
"""


def page() -> str:
    """Return a list of goods, as shops have them."""
    count = (PAGE_BYTES - len(_HEAD)) // len(_ITEM)
    return _HEAD + "".join(_ITEM.format(n=number) for number in range(count)) + "</body></html>"


def sheet() -> str:
    """Return a style sheet with many pictures."""
    return "".join(_RULE.format(n=number) for number in range(SHEET_BYTES // len(_RULE)))


def plain_sheet() -> str:
    """Return a real style sheet: most of its addresses are relative or `data:`."""
    return (ROOT / "bench/node_modules/bootstrap/dist/css/bootstrap.css").read_text()


def scripts() -> dict[str, str]:
    """Return real scripts by name, in a fixed order."""
    found: dict[str, str] = {}
    left = SCRIPTS_BYTES
    for path in sorted((ROOT / "node_modules").rglob("*.*js"), key=lambda path: (path.name, str(path))):
        if path.suffix not in (".js", ".mjs", ".cjs") or not path.is_file():
            continue
        size = path.stat().st_size
        if SCRIPT_BYTES_MIN <= size <= min(left, SCRIPT_BYTES_MAX):
            found[str(path.relative_to(ROOT))] = path.read_text(errors="replace")
            left -= size
    return found
