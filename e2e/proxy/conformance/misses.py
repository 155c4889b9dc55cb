"""Where the proxied page sees something else, and why that stays so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Miss:
    """A known difference."""

    reason: str
    browsers: tuple[str, ...] = ("chromium", "firefox")


_NATURE: Final = "by nature: "
_DEFECT: Final = "defect: "

MISSES: Final[dict[tuple[int, str], Miss]] = {
    (18, "location by computed key"): Miss(
        _NATURE + "`location` cannot be shadowed and computed keys are not rewritten; reading gives the proxied address"
    ),
    (18, "location destructured"): Miss(_NATURE + "patterns are not rewritten; reading gives the proxied address"),
    (22, "stack traces"): Miss(_NATURE + "the browser writes the address it loaded the script from"),
    (26, "frames of this origin"): Miss(
        _DEFECT + "a message from a frame of the page's own origin names the page itself as its source"
    ),
    (26, "frames of the page's own making"): Miss(
        _DEFECT + "a message from a `srcdoc` frame names the page itself as its source"
    ),
    (26, "storage is each origin's own"): Miss(
        _DEFECT + "a message from a frame of the page's own origin names the page itself as its source"
    ),
    (28, "X-Frame-Options and frame-ancestors that let this page in"): Miss(
        _DEFECT + "a message from a frame of the page's own origin names the page itself as its source"
    ),
    (36, "SameSite"): Miss(
        _DEFECT + "a message from a frame of the page's own origin names the page itself as its source"
    ),
    (39, "Clear-Site-Data"): Miss(
        _DEFECT
        + "now and then a script's cookie is back: its write rode on the request and is flushed again after the answer"
    ),
    (42, "WebSocket"): Miss(
        "a cookie that a script sets for the whole domain reaches other hosts only after the next request to its own"
    ),
    (52, "a page is shown while it comes"): Miss(
        _DEFECT + "a message from a frame of the page's own origin names the page itself as its source"
    ),
    (55, "selectors on attributes"): Miss(_NATURE + "`[src^=…]` compares the proxied address that the markup holds"),
    (56, "strict CSP, Trusted Types, nonce, COOP and COEP"): Miss(
        _NATURE + "the page is not cross-origin isolated over plain http on localhost; everything else runs"
    ),
    (58, "modules: static, dynamic, top-level await, JSON, meta"): Miss("`import.meta.url` is not rewritten"),
    (58, "import maps"): Miss("`import.meta.url` is not rewritten"),
    (60, "the site's service worker"): Miss(
        _DEFECT + "its `fetch` handler is given proxied addresses or does not take over"
    ),
    (61, "the page's own markup, read back"): Miss("handlers read back rewritten; a style's quotes are the browser's"),
    (61, "handlers and javascript: addresses"): Miss(
        _DEFECT + "a `javascript:` address is rewritten again at each use"
    ),
    (62, "workers"): Miss(
        _DEFECT + "workers from a script address fail or see the proxied address; those from blobs work"
    ),
}
