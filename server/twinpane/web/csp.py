"""Content Security Policies of our pages. Nothing loads from anybody else's host, but a logo (invariant 10)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from yarl import URL

_ORIGIN = re.compile(r"https://[a-z0-9.-]+(:[0-9]+)?|https://\[[0-9a-f:.]+\](:[0-9]+)?")

NOTHING = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
"""For answers that are not pages."""

PAGE = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
"""For pages of words."""


def page_in(frame_ancestors: Iterable[str]) -> str:
    """For pages of words that stand where the watch page would."""
    return PAGE.replace("frame-ancestors 'self'", f"frame-ancestors {_ancestors(frame_ancestors)}")


ASKING = PAGE.replace("form-action 'none'", "form-action 'self'")
"""For a page of words with a button that does something here."""


def stage(frame_ancestors: Iterable[str]) -> str:
    """For the player's empty page. That nothing runs in it is first of all the frame's sandbox (design, invariant 7).

    All ancestors must be allowed: the watch page, and whoever embeds that.
    """
    return (
        "default-src 'none'; img-src 'self' data: blob:; media-src 'self' data: blob:; font-src 'self' data:; "
        "style-src 'self' 'unsafe-inline'; frame-src 'self' about:; form-action 'none'; base-uri 'none'; "
        f"frame-ancestors 'self' {' '.join(frame_ancestors)}"
    )


def watch(address: str, frame_ancestors: Iterable[str], logo_url: str | None = None) -> str:
    """For the watch page at our `address` (`https://HOST`), embedded by `frame_ancestors`.

    No text becomes markup in it. The one thing that it may show of somebody else's is the logo that the integrator
    named (R15), from an https origin.
    """
    logo = _https_origin(logo_url)
    socket = address.replace("http", "ws", 1)
    return (
        f"default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:{logo}; "
        f"font-src 'self' data:; connect-src 'self' {socket}; frame-src 'self'; base-uri 'none'; form-action 'none'; "
        f"frame-ancestors {_ancestors(frame_ancestors)}; require-trusted-types-for 'script'; trusted-types 'none'"
    )


def seen() -> str:
    """For the page that plays to a visitor what agents see. Any site may frame it: it shows what that site hands it."""
    return (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; frame-src 'self'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors *; require-trusted-types-for 'script'; trusted-types 'none'"
    )


def console(address: str) -> str:
    """For the team console at our `address`. It frames our own watch pages and is framed by nobody.

    No text becomes markup in it, but for the inert document in which masks are tried (`console/team/settings`).
    """
    socket = address.replace("http", "ws", 1)
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        f"connect-src 'self' {socket}; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'; trusted-types mask-preview"
    )


def demo(shop: str, proxied: str) -> str:
    """For the demo, which frames the shop at its own address, the watch page at ours, and `proxied` hosts if any."""
    shop = f"{shop} {proxied}".strip()
    return (
        f"default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-src 'self' {shop}; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def _https_origin(url: str | None) -> str:
    """The origin of an https address as one more source, after a space; nothing for any other address."""
    try:
        origin = str(URL(url).origin()) if url else ""
    except ValueError:
        origin = ""
    return f" {origin}" if _ORIGIN.fullmatch(origin) else ""


def _ancestors(sources: Iterable[str]) -> str:
    """Whom the operator lets embed, and our own pages: the console shows watch pages."""
    others = [source for source in sources if source != "'none'"]
    return " ".join(others if "*" in others or "'self'" in others else [*others, "'self'"])
