"""What a check is: a piece of a page, what happens to it, and what must then be so on both sides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Step = str | tuple[Any, ...]
"""A step of the visitor's: JavaScript of an async function, or the name of something done by hand and its arguments:
`click`, `hover` a selector; `type`, `press` keys; `fill` a selector with a text; `choose` options of a select by label;
`down`, `up` the mouse button; `move` the mouse; `media` features of the device; `size` of the window; `zoom` by pinch."""


@dataclass(frozen=True)
class Check:
    """`look` is an expression over `d` and `w`, document and window of either side, `$` (find by id), `css` (computed)."""

    name: str
    html: str
    look: str
    steps: tuple[Step, ...] = ()
    """After the picture is there; with none, the picture itself is looked at."""
    before: str = ""
    """Before the mirror begins."""
    page: str = ""
    """A whole page of its own, instead of a part of the common one; `html` is not used then."""
    only: str = ""
    """Where alone it can be checked: `chromium` (what is done by hand needs its protocol) or `product` (needs the whole product)."""
    path: str = "/"
    after: tuple[Step, ...] = ()
    """Puts back what would be in the way of later checks."""
    why: str = ""
    """Why ours does not, where it does not."""
    at_visitor: bool = True
    """Whether `look` holds at the visitor's too; not where the two sides show the same by other means."""
